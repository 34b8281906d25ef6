"""Reading a workbook (Office Open XML) as rows of cells, within limits."""

import re
import warnings
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from planner.i18n.labels import N_
from planner.workbook.grids import File, Grid, Value, column_of
from planner.workbook.limits import (
    LAST_ROW,
    MOST_COLUMNS,
    MOST_ROWS,
    checked_archive,
    part_of,
    something_far_below,
    too_many_rows,
)
from planner.workbook.telling import UnreadableWorkbookError

#: A cell with a formula: where it is, and the formula, which cells that share one do not repeat.
_FORMULA = re.compile(
    rb"<c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>([^<]*)<)"
)
_MERGED = re.compile(rb"<mergeCell\b[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_FAR_ROW = re.compile(rb"<row\b[^>]*?\br=\"(\d{5,7})\"")
_MOST_MERGED = 5000
#: Excel writes characters so that XML cannot hold, and what looks as if it were one.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def open_workbook(content: bytes) -> File:
    """Return what a workbook holds.

    :raises UnreadableWorkbookError: when it cannot be read, or holds too much.
    """
    import openpyxl

    archive = checked_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what it leaves out, which we need not
            book = openpyxl.load_workbook(
                BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            try:
                return File([_grid(archive, sheet) for sheet in book.worksheets])
            finally:
                book.close()
    except UnreadableWorkbookError:
        raise
    except Exception as error:  # the library raises whatever a broken file makes happen in it
        raise UnreadableWorkbookError(
            N_("The workbook cannot be read; open it in a spreadsheet program and save it anew.")
        ) from error


def _grid(archive: ZipFile, sheet: Any) -> Grid:
    # The path is known to the library only.
    source = part_of(archive, sheet._worksheet_path)
    _check_end(source, sheet.title)
    formulas = dict(_formulas(source))
    rows = list(_rows(sheet))
    return Grid(
        name=sheet.title,
        rows=rows,
        formulas=formulas,
        merged=dict(_merged(source, dict(rows))),
        is_hidden=sheet.sheet_state != "visible",
    )


def _check_end(source: bytes, name: str) -> None:
    """Refuse a sheet in which something stands far below; rows without content may be there."""
    for found in _FAR_ROW.finditer(source):
        if int(found[1]) > LAST_ROW:
            if source.find(b"<v", found.end()) >= 0 or source.find(b"<is", found.end()) >= 0:
                raise something_far_below(name)
            return


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Yield the rows that hold something, without the empty cells at their ends."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    found = 0
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(rows, start=1):
        length = len(cells)
        while length and cells[length - 1] is None:
            length -= 1
        if not length:
            continue
        found += 1
        if found > MOST_ROWS:
            raise too_many_rows(sheet.title)
        yield number, tuple(map(_value, cells[:length]))


def _value(cell: Any) -> Value:
    if isinstance(cell, str):
        return _ESCAPED.sub(_unescaped, cell) if "_x" in cell else cell
    value: Value = cell
    return value


def _unescaped(escaped: re.Match[str]) -> str:
    character = chr(int(escaped[1], 16))
    # Anything else stands for itself: the library has taken one layer off already.
    return character if character < " " or character == "_" else escaped[0]


def _formulas(source: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b"<f" not in source:
        return
    for found in _FORMULA.finditer(source):
        formula = unescape((found[3] or b"").decode("utf-8", "replace"))
        yield (int(found[2]), column_of(found[1].decode())), f"={formula}"


def _merged(
    source: bytes, rows: dict[int, tuple[Value, ...]]
) -> Iterator[tuple[tuple[int, int], Value]]:
    """Yield the cells below the first one of each range: what stands there holds for all rows."""
    left = _MOST_MERGED
    for found in _MERGED.finditer(source):
        column, first, last = column_of(found[1].decode()), int(found[2]), int(found[4])
        cells = rows.get(first, ())
        if column >= len(cells) or column >= MOST_COLUMNS:
            continue
        for row in range(first + 1, min(last, first + MOST_ROWS) + 1):
            left -= 1
            if left < 0:
                return
            yield (row, column), cells[column]
