"""Workbooks and tables that were made to exhaust memory or patience.

``tools/bench.py`` measures what they cost.
"""

import random
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from planner.workbook.limits import MOST_ROWS
from tests.workbook.files import book, raw_book, sheet_xml, strings_xml

_LOT = random.Random(7)  # noqa: S311 -- numbers that cannot be packed away


def _numbers(count: int, written: str) -> str:
    return "".join(written.format(row=row, lot=_LOT.randrange(10**6)) for row in range(1, count))


def _archive(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _of_23_megabytes() -> bytes:
    """164 kB and less that unpack to 23 MB, which a parser reads for ten seconds."""
    return raw_book(sheet_xml("<row><c><v>1</v></c></row>" * 900_000))


def _with_lying_directory() -> bytes:
    """A bomb whose directory says that it is small."""
    content = _of_23_megabytes()
    size = len(sheet_xml("<row><c><v>1</v></c></row>" * 900_000)).to_bytes(4, "little")
    return content.replace(size, (1000).to_bytes(4, "little"))


def _behind_cells(kind: str, elements: str) -> bytes:
    """A sheet without a cell, and what else it holds."""
    others = f"</sheetData><{kind}>{elements}</{kind}>"
    return raw_book(sheet_xml("").replace("</sheetData>", others))


def _laughing() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY a0 "ha">{entities}]>'
    return raw_book(sheet_xml("<row><c><v>&a9;</v></c></row>").replace("?>", f"?>{doctype}", 1))


def _in_another_encoding() -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(_laughing())) as original, ZipFile(stream, "w") as changed:
        for name in original.namelist():
            content = original.read(name)
            if name.endswith("sheet1.xml"):
                content = content.decode().encode("utf-16")
            changed.writestr(name, content)
    return stream.getvalue()


#: What is refused, by what is wrong with it.
REFUSED: dict[str, Callable[[], bytes]] = {
    "23 MB of XML in few kB": _of_23_megabytes,
    "a directory that lies": _with_lying_directory,
    "a million rows": lambda: raw_book(
        sheet_xml(_numbers(300_000, '<row r="{row}"><c><v>{lot}</v></c></row>'))
    ),
    "more rows than anybody has": lambda: raw_book(
        sheet_xml(_numbers(MOST_ROWS + 3, '<row r="{row}"><c r="A{row}"><v>{lot}</v></c></row>'))
    ),
    "something far below": lambda: raw_book(
        sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    ),
    "a row without an end": lambda: raw_book(
        sheet_xml(f"<row>{_numbers(200_000, '<c><v>{lot}</v></c>')}</row>")
    ),
    "hundreds of thousands of strings": lambda: raw_book(
        sheet_xml(""), strings=strings_xml(_numbers(250_000, "<si>{lot}</si>"))
    ),
    "attributes without an end": lambda: raw_book(
        sheet_xml("<row " + _numbers(200_000, 'a{row}="{lot}" ') + "/>")
    ),
    "tags in tags": lambda: raw_book(
        sheet_xml(_numbers(200_000, '<a b="{lot}">') + "</a>" * 199_999)
    ),
    "styles without an end": lambda: raw_book(
        sheet_xml(""),
        more={"xl/theme/x.xml": "<a>" + _numbers(90_000, '<xf c="{lot}"/>') + "</a>"},
    ),
    "merged ranges without an end": lambda: _behind_cells(
        "mergeCells", _numbers(200_000, '<mergeCell ref="A{row}:B{row}"/>')
    ),
    "links without an end": lambda: _behind_cells(
        "hyperlinks", _numbers(70_000, '<hyperlink ref="A{row}" location="{lot}"/>')
    ),
    "billions of laughs": _laughing,
    "billions of laughs in UTF-16": _in_another_encoding,
    "five thousand parts": lambda: raw_book(
        sheet_xml(""), more={f"xl/{number}.xml": "<a/>" for number in range(5000)}
    ),
    "half a file": lambda: book({"Sessions": [["title_ar"]]})[:-200],
    "no workbook": lambda: _archive({"a.txt": b"water"}),
    "a table of OpenDocument": lambda: _archive({"mimetype": b"x", "content.xml": b"<a/>"}),
    "a binary workbook": lambda: _archive({"xl/workbook.bin": b"x"}),
    "an old Excel file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    "a workbook without its sheets": lambda: _archive(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    ),
    "XML that is broken": lambda: raw_book(sheet_xml("<row><c><v>1</c></row>")),
    "a number without an end": lambda: raw_book(
        sheet_xml(f"<row><c><v>{_numbers(2000, '{lot}')}</v></c></row>")
    ),
    "a file that is too large": lambda: _archive({"a": bytes(11 * 1024**2)}, ZIP_STORED),
    "nothing": lambda: b"",
    "nothing but a mark": lambda: b"\xef\xbb\xbf\r\n",
    "a PDF": lambda: b"%PDF-1.7 ...",
    "a page": lambda: b"<!doctype html><p>title_ar",
}
#: Tables that are taken or refused row by row, with cells that go on and on.
ENDLESS: dict[str, bytes] = {
    "hours": b"start,title_en\n" + b"\n".join([b"9:00" * 8000 + b",x"] * 100),
    "days": b"date,title_en\n" + b"\n".join([b"9 " * 16_000 + b",x"] * 100),
    "roles": b"speakers,title_en\n" + b"\n".join([b"(" * 30_000 + b" a),x"] * 100),
    "people": b"speakers,title_en\n" + b"\n".join([b"a;" * 2000 + b",x"] * 500),
    "rooms": b"room,title_en\n" + b"\n".join(b"room %d,x" % number for number in range(4000)),
    "lengths": b"minutes,title_en\n" + b"\n".join([b" " * 30_000 + b"1,x"] * 100),
    "columns": b"title_en" + b",x" * 500_000 + b"\nx\n",
    "heading": b"a " * 60_000 + b",title_en\nx,y\n",
}
