"""Telling whether a file is a workbook or a table, and reading it."""

from pathlib import PurePath

from planner.i18n.labels import N_
from planner.workbook.grids import File
from planner.workbook.limits import LARGEST_FILE
from planner.workbook.opening import open_workbook
from planner.workbook.separated import read_separated
from planner.workbook.telling import UnreadableWorkbookError

_ZIP = b"PK\x03\x04"
#: How files of other formats begin that people take for a workbook.
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"%PDF", b"\x1f\x8b", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")
_MARKUP = (b"<", b"{", b"[")
#: Extensions of tables; everything that is none of them and no ZIP is left to other readers.
_TABLES = {".csv", ".tsv", ".tab", ".txt"}


def is_spreadsheet(content: bytes, name: str) -> bool:
    """Tell whether a file of that name is to be read as a workbook or table."""
    if content.startswith((_ZIP, _OLD_EXCEL)):
        return True
    return PurePath(name).suffix.lower() in {*_TABLES, ".xlsx", ".xlsm", ".xls", ".ods"}


def read_file(content: bytes) -> File:
    """Return what a workbook (.xlsx) or a table (.csv) holds.

    :raises UnreadableWorkbookError: when the file as a whole cannot be taken.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableWorkbookError(
            N_("The file is larger than %(most)s MB."), most=LARGEST_FILE // 1024**2
        )
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise UnreadableWorkbookError(N_("The file is empty."))
    if content.startswith(_ZIP):
        return open_workbook(content)
    if content.startswith(_OLD_EXCEL):
        raise UnreadableWorkbookError(
            N_("The file is an old Excel file (.xls), or has a password. Save it as .xlsx.")
        )
    if content.startswith(_OTHERS) or content.lstrip().startswith(_MARKUP):
        raise UnreadableWorkbookError(
            N_("The file is neither an Excel workbook (.xlsx) nor a table (.csv).")
        )
    return read_separated(content)
