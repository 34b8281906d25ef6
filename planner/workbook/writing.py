"""Writing tables of the plan to a file: a workbook of Excel's format, or one table as CSV."""

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from planner.i18n.interface import speaking
from planner.i18n.languages import language
from planner.workbook import separated
from planner.workbook.columns import Cells, Heading, SheetKind
from planner.workbook.fields import shown
from planner.workbook.grids import Value, letter_of
from planner.workbook.guide import LISTS, READ_ME, explanations
from planner.workbook.tables import Table, Tables

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

#: A cell of Excel holds 32,767 characters; what is longer is cut here, and told by its last sign.
LONGEST_CELL = 32_000
CUT = "…"
#: Rows below the last one in which drop-downs still work.
_SPARE_ROWS = 300
_FORMATS = {Cells.TEXT: "@", Cells.NUMBER: "0", Cells.DATE: "yyyy-mm-dd", Cells.TIME: "hh:mm"}
_GUIDE_WIDTHS = (12, 30, 70, 60)
_EARTH, _PAPER = "FF5B4636", "FFF3EDE3"


def separated_table(table: Table) -> bytes:
    """Return one table as CSV, which :func:`planner.workbook.reading.read_file` reads again."""
    heads = [heading.name for heading in table.headings]
    return separated.written([heads, *([shown(value) for value in row] for row in table.rows)])


def workbook(tables: Tables, lang: str) -> bytes:
    """Return all tables as a workbook (.xlsx), explained in a language of the interface.

    No cell is a formula. Needs an application context.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "Barnama"
    with speaking(lang):
        for table in tables:
            _write(book, table, tables, lang)
        _write_guide(book, tables, lang)
    _write_lists(book, tables)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def cut(text: str) -> str:
    """Return text that a cell has room for."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + CUT


def _write(book: "Workbook", table: Table, tables: Tables, lang: str) -> None:
    sheet = _sheet(book, table.kind.value, lang)
    sheet.freeze_panes = "B2"
    styles = [_Style(heading) for heading in table.headings]
    for place, (heading, style) in enumerate(zip(table.headings, styles, strict=True)):
        dimension = sheet.column_dimensions[letter_of(place)]
        dimension.width = heading.column.width
        # What one writes into rows that are empty yet is text as well, and no formula.
        dimension.number_format = style.number_format
    _offer_words(sheet, table, tables)
    sheet.append([_head(sheet, heading.name) for heading in table.headings])
    for row in table.rows:
        sheet.append([style.cell(sheet, value) for style, value in zip(styles, row, strict=True)])


class _Style:
    """How the cells of a column look."""

    def __init__(self, heading: Heading) -> None:
        from openpyxl.styles import Alignment

        self.number_format = _FORMATS[heading.column.cells]
        direction = language(heading.lang).direction if heading.lang else None
        # In Excel 1 reads from the left and 2 from the right, whatever the sheet does.
        order = {"ltr": 1, "rtl": 2, None: 0}[direction]
        self.alignment = Alignment(vertical="top", readingOrder=order)

    def cell(self, sheet: Any, value: Value) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if value is None:
            return None
        if isinstance(value, str):
            cell = _text(sheet, value)
            cell.number_format = _FORMATS[Cells.TEXT]
        else:
            held: Any = value  # the library's types do not know that it takes days and hours
            cell = WriteOnlyCell(sheet, held)
            cell.number_format = self.number_format
        cell.alignment = self.alignment
        return cell


def _text(sheet: Any, text: str) -> Any:
    """Return a cell that holds text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _escaped(cut(text)))
    cell.data_type = "s"
    return cell


def _escaped(text: str) -> str:
    """Return text in which nothing looks like a character that Excel has escaped."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text) if "_x" in text else text


def _head(sheet: Any, name: str) -> Any:
    from openpyxl.styles import Font, PatternFill

    cell = _text(sheet, name)
    cell.font = Font(bold=True, color=_EARTH)
    cell.fill = PatternFill("solid", fgColor=_PAPER)
    return cell


def _sheet(book: "Workbook", name: str, lang: str) -> Any:
    sheet: Any = book.create_sheet(name)
    sheet.sheet_view.rightToLeft = language(lang).direction == "rtl"
    return sheet


def _offer_words(sheet: Any, table: Table, tables: Tables) -> None:
    """Give the columns of closed words, rooms and themes their drop-downs."""
    from openpyxl.worksheet.datavalidation import DataValidation

    last = len(table.rows) + 1 + _SPARE_ROWS
    for place, heading in enumerate(table.headings):
        source = _source(table.kind, heading, tables)
        if source is None:
            continue
        validation = DataValidation(type="list", formula1=source, allow_blank=True)
        # Other words are understood as well, in three languages; one is only asked.
        validation.errorStyle = "warning"
        validation.showErrorMessage = bool(heading.column.words)
        validation.errorTitle = heading.name
        validation.error = gettext("This word is not in the list.")
        letter = letter_of(place)
        validation.add(f"{letter}2:{letter}{last}")
        sheet.data_validations.append(validation)


def _source(kind: SheetKind, heading: Heading, tables: Tables) -> str | None:
    """Return where a drop-down finds its words."""
    column = heading.column
    if column.words:
        return '"' + ",".join(column.words) + '"'
    if kind is SheetKind.SESSIONS and column.name in {"room", "theme"}:
        words = tables.rooms if column.name == "room" else tables.themes
        letter = "A" if column.name == "room" else "B"
        return f"{LISTS}!${letter}$1:${letter}${len(words)}" if words else None
    return None


def _write_lists(book: "Workbook", tables: Tables) -> None:
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    rooms, themes = tables.rooms, tables.themes
    for row in range(max(len(rooms), len(themes))):
        sheet.append(
            [_text(sheet, words[row]) if row < len(words) else None for words in (rooms, themes)]
        )


def _write_guide(book: "Workbook", tables: Tables, lang: str) -> None:
    from openpyxl.styles import Alignment

    sheet = _sheet(book, READ_ME, lang)
    for place, width in enumerate(_GUIDE_WIDTHS):
        sheet.column_dimensions[letter_of(place)].width = width
    wrapped = Alignment(vertical="top", wrap_text=True)
    for row in explanations(tables.languages):
        cells = [_text(sheet, text) if text else None for text in row]
        for cell in filter(None, cells):
            cell.alignment = wrapped
        sheet.append(cells)
