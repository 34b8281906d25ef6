"""What a workbook may cost: looked at before any of it is parsed.

A file of 164 kB can hold XML of 23 MB, on which a parser works for ten seconds. So the directory
of the archive is read first, and then the octets of its parts are counted, which is quick.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from planner.i18n.labels import N_
from planner.workbook.telling import UnreadableWorkbookError

_MEGABYTE = 1024 * 1024
#: Of the file itself, and of all its parts together when they are unpacked.
LARGEST_FILE = 10 * _MEGABYTE
_LARGEST_UNPACKED = 20 * _MEGABYTE
#: XML of spreadsheets is packed to a tenth; nothing that people write is packed to a hundredth.
_HIGHEST_RATIO = 100
#: Small parts may be packed better: an empty sheet is nothing but repetition.
_SMALL = 64 * 1024
_MOST_PARTS = 1000
#: How many rows that hold something a sheet may have, and how many columns are looked at.
MOST_ROWS = 5000
#: Below this row nothing may stand: the empty ones above it would have to be counted.
LAST_ROW = 20_000
MOST_COLUMNS = 200
#: How many signs of markup the parts may hold: parsing costs by the element, not by the octet.
_MOST_IN_SHEETS = 300_000
_MOST_TOGETHER = 450_000
#: Of them, those that are neither cells nor texts: merged ranges, styles, names, rules, links. One
#: costs as much as ten cells, and people have a few thousand.
_MOST_OTHERS = 60_000
_OF_CELLS = re.compile(
    rb"</?(?:\w+:)?(?:row|c|v|f|is|t|si|r|rPr|rFont|sz|color|family|scheme|charset|[biu])[\s/>]"
)
#: A tag with so many attributes that it is longer costs more than all the others together.
_LONG_TAG = re.compile(rb"<[^<>]{16384}")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_XML = re.compile(r".*\.(?:xml|rels|vml)\Z", re.I)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z", re.I)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def checked_archive(content: bytes) -> ZipFile:
    """Return the archive that a workbook is, when nothing in it is out of proportion.

    :raises UnreadableWorkbookError: when it is none, or too much to be looked at.
    """
    if content.count(_DIRECTORY_ENTRY) > _MOST_PARTS:
        raise UnreadableWorkbookError(N_("The file holds too many parts to be a workbook."))
    try:
        archive = ZipFile(BytesIO(content))
        parts = archive.infolist()
    # The last is what zipfile raises of an archive whose version or method it does not know.
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableWorkbookError(
            N_("The file is damaged: it cannot be opened as a workbook.")
        ) from None
    _check_directory(parts)
    _check_format({part.filename for part in parts})
    _check_parts(archive, parts)
    return archive


def _check_directory(parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _LARGEST_UNPACKED:
        raise UnreadableWorkbookError(
            N_("The workbook would unpack to %(size)s MB; %(most)s MB are the most."),
            size=-(-unpacked // _MEGABYTE),
            most=_LARGEST_UNPACKED // _MEGABYTE,
        )
    for part in parts:
        if part.flag_bits & 1:
            raise UnreadableWorkbookError(
                N_("The workbook is protected by a password. Save it without one.")
            )
        packed = max(part.compress_size, 1)
        if part.file_size > _SMALL and part.file_size / packed > _HIGHEST_RATIO:
            raise UnreadableWorkbookError(
                N_("The workbook holds a part that unpacks to more than a hundredfold.")
            )


def _check_format(names: set[str]) -> None:
    if {"mimetype", "content.xml"} <= names:
        raise UnreadableWorkbookError(
            N_("The file is an OpenDocument table. Save it as Excel workbook (.xlsx) or CSV.")
        )
    if "xl/workbook.bin" in names:
        raise UnreadableWorkbookError(
            N_("The file is a binary workbook (.xlsb). Save it as .xlsx or CSV.")
        )
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise UnreadableWorkbookError(
            N_("The file is a ZIP archive, but no Excel workbook (.xlsx).")
        )


def _check_parts(archive: ZipFile, parts: list[ZipInfo]) -> None:
    in_sheets = together = others = 0
    for part in parts:
        if not _XML.match(part.filename):
            continue
        content = part_of(archive, part.filename)
        _check_xml(content)
        tags = content.count(b"<")
        attributes = content.count(b'="') + content.count(b"='")
        markup = max(tags, attributes // 2)
        together += markup
        in_sheets += markup if _SHEET.match(part.filename) else 0
        if in_sheets > _MOST_IN_SHEETS or together > _MOST_TOGETHER:
            raise _too_much()
        others += tags - len(_OF_CELLS.findall(content))
        if others > _MOST_OTHERS:
            raise _too_much()


def part_of(archive: ZipFile, name: str) -> bytes:
    """Return the octets of a part of the archive.

    :raises UnreadableWorkbookError: when it is damaged.
    """
    try:
        return archive.read(name)
    except Exception as error:  # zlib and lzma have errors of their own besides zipfile's
        raise UnreadableWorkbookError(
            N_("The file is damaged: it cannot be opened as a workbook.")
        ) from error


def _check_xml(content: bytes) -> None:
    """Refuse declarations of entities, and encodings in which they could hide."""
    beginning = content.removeprefix(_BYTE_ORDER_MARK)[:300]
    declared = _DECLARATION.match(beginning)
    if (
        not beginning.lstrip().startswith(b"<")
        or b"\0" in beginning
        or (declared and declared[1].lower() not in _ENCODINGS)
        or _DECLARES.search(content)
        or _LONG_TAG.search(content)
    ):
        raise UnreadableWorkbookError(
            N_("The workbook holds XML that no spreadsheet program writes, so it is not opened.")
        )


def _too_much() -> UnreadableWorkbookError:
    return UnreadableWorkbookError(
        N_("The workbook holds far more cells than a conference needs, so it is not opened.")
    )


def something_far_below(sheet: str) -> UnreadableWorkbookError:
    """Return what is said of a sheet in which something stands far from all the rest."""
    return UnreadableWorkbookError(
        N_("In the sheet %(sheet)s something stands below row %(last)s. Delete those rows."),
        sheet=sheet,
        last=LAST_ROW,
    )


def too_many_rows(sheet: str) -> UnreadableWorkbookError:
    """Return what is said of a sheet that goes on and on; CSV has no sheets."""
    if not sheet:
        return UnreadableWorkbookError(N_("The file has more than %(most)s rows."), most=MOST_ROWS)
    return UnreadableWorkbookError(
        N_("The sheet %(sheet)s has more than %(most)s rows."), sheet=sheet, most=MOST_ROWS
    )
