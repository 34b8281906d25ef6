"""Workbooks and tables as people bring them, and what becomes of them."""

import csv
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from planner.imports.report import LineKind
from planner.speakers.models import Visibility
from planner.workbook.account import Account
from planner.workbook.operations import proposal
from planner.workbook.operations import take as take_file
from planner.workbook.reading import read_file
from planner.workbook.scene import Options
from tests.plans import SLUG

Rows = Iterable[Iterable[Any]]
_OF_STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def table(*rows: Iterable[object], separator: str = ",") -> bytes:
    """Return rows as CSV."""
    stream = StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue().encode()


def table_of(*records: Mapping[str, object]) -> bytes:
    """Return records as CSV, with a column for each of their keys."""
    heads = list(dict.fromkeys(head for record in records for head in record))
    return table(heads, *([record.get(head, "") for head in heads] for record in records))


def book(sheets: Mapping[str, Rows], change: Callable[[Any], None] | None = None) -> bytes:
    """Return a workbook with these sheets, changed before it is saved."""
    made = openpyxl.Workbook()
    del made[made.sheetnames[0]]
    for name, rows in sheets.items():
        sheet: Any = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(made)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def raw_book(sheet: str, *, strings: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook whose one sheet, and its shared strings, are written out as XML."""
    made = book({"Sessions": [["title_en"]]})
    stream = BytesIO()
    with ZipFile(BytesIO(made)) as original, ZipFile(stream, "w", ZIP_DEFLATED) as changed:
        for name in original.namelist():
            content = original.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = sheet.encode()
            elif name == "[Content_Types].xml" and strings:
                content = content.replace(b"</Types>", _OF_STRINGS + b"</Types>")
            if name != "xl/sharedStrings.xml":
                changed.writestr(name, content)
        own = {"xl/sharedStrings.xml": strings} if strings else {}
        for name, text in {**own, **(more or {})}.items():
            changed.writestr(name, text)
    return stream.getvalue()


def sheet_xml(rows: str) -> str:
    """Return the XML of a sheet with these rows."""
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{_NAMESPACE}"><sheetData>{rows}</sheetData>'
        "</worksheet>"
    )


def strings_xml(strings: str) -> str:
    """Return the XML of shared strings."""
    return f'<?xml version="1.0"?><sst xmlns="{_NAMESPACE}">{strings}</sst>'


def options(*, sees_names: bool = True, names: Visibility = Visibility.WITHHELD) -> Options:
    """Return how a file is taken."""
    return Options(names, sees_names=sees_names)


def take(content: bytes, slug: str = SLUG, *, sees_names: bool = True) -> Account:
    """Take a file into the small event."""
    return take_file(read_file(content), slug, options(sees_names=sees_names), user_id=None)


def propose(content: bytes, slug: str = SLUG, *, sees_names: bool = True) -> Account:
    """Return what a file would change in the small event."""
    return proposal(read_file(content), slug, options(sees_names=sees_names))


def said(account: Account, kind: LineKind) -> list[str]:
    """Return the lines of one kind, each with its place."""
    return [f"{line.where}: {line.what}" for line in account.lines if line.kind is kind]


def refused(account: Account) -> list[str]:
    """Return what is refused, and why."""
    return said(account, LineKind.REFUSED)


def changed(account: Account) -> list[str]:
    """Return what is changed, and into what."""
    return said(account, LineKind.CHANGED)


def guessed(account: Account) -> list[str]:
    """Return what was assumed."""
    return said(account, LineKind.GUESSED)


def writing(sent: Iterable[str]) -> list[str]:
    """Return the statements that write, of those that were sent."""
    return [line for line in sent if not line.lstrip().startswith(("SELECT", "BEGIN"))]
