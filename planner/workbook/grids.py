"""A file as rows of cells, whichever format it was in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from planner.workbook.telling import Told

#: What a cell holds: Excel knows numbers, days and hours, CSV only text.
Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Grid:
    """A sheet: rows by their numbers, which begin with 1, and in them columns from 0."""

    #: What the sheet is called; empty in CSV.
    name: str
    rows: list[tuple[int, tuple[Value, ...]]]
    #: Cells that hold a formula, by row and column, and the formula.
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    #: Cells that are empty because one above is spread over them, and what it holds.
    merged: Mapping[tuple[int, int], Value] = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(frozen=True)
class File:
    """All sheets of a file, and what is to be said of how it was read."""

    grids: list[Grid]
    notes: list[Told] = field(default_factory=list)


def letter_of(column: int) -> str:
    """Return what spreadsheet programs call a column, counted from 0: A, B, … AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """Return the place of a column, counted from 0, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
