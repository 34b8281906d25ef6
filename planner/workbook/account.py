"""The account of an import: what becomes of every row, and why of what cannot be taken."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from planner.i18n.labels import N_
from planner.imports.report import LineKind
from planner.workbook.columns import SheetKind
from planner.workbook.telling import Told, told


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Shown:
    """What a cell says, and the language that it is in, where it is in one."""

    text: str
    lang: str | None = None


@dataclass(frozen=True)
class Change:
    """What a cell changes in the plan."""

    column: str
    old: Shown
    new: Shown


@dataclass(frozen=True)
class Remark:
    """Something to be said of a cell, or of the whole row when the column is empty."""

    column: str
    told: Told


@dataclass
class RowAccount:
    """What becomes of one row of a sheet. In files that have no sheets theirs is empty."""

    kind: SheetKind
    sheet: str
    number: int
    label: Shown = Shown("")
    is_new: bool = False
    changes: list[Change] = field(default_factory=list)
    guesses: list[Remark] = field(default_factory=list)
    refusals: list[Remark] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """What becomes of it; a row of which one cell is refused is refused."""
        if self.refusals:
            return Outcome.REFUSED
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.SAME

    def place(self, column: str = "") -> Told:
        """Return where in the file it stands."""
        return place_of(self.sheet, self.number, column)

    def change(self, column: str, old: Shown, new: Shown) -> None:
        """Tell what a cell changes."""
        self.changes.append(Change(column, old, new))

    def guess(self, column: str, words: str, /, **facts: object) -> None:
        """Tell what was assumed; ``words`` is a msgid."""
        self.guesses.append(Remark(column, told(words, **facts)))

    def refuse(self, column: str, reason: Told) -> None:
        """Tell why a cell, or the row, cannot be taken."""
        self.refusals.append(Remark(column, reason))


@dataclass(frozen=True)
class Line:
    """One line of the account, as a report holds it."""

    kind: LineKind
    place: Told
    said: Told
    row: RowAccount | None = None
    column: str = ""
    change: Change | None = None

    @property
    def where(self) -> str:
        """Where in the file it stands, in the language spoken now."""
        return str(self.place)

    @property
    def what(self) -> str:
        """What is to be said, in the language spoken now."""
        return str(self.said)

    @property
    def is_of_new_row(self) -> bool:
        """Whether it is about something that is not in the plan yet."""
        return self.row is not None and self.row.outcome is Outcome.NEW

    def as_json(self) -> dict[str, Any]:
        """Return the line as a report holds it."""
        line: dict[str, Any] = {"kind": self.kind.value, "where": self.where, "what": self.what}
        if self.row is not None:
            line |= {"sheet": self.row.sheet, "row": self.row.number, "column": self.column}
        if self.change is not None:
            line |= {"old": self.change.old.text, "new": self.change.new.text}
        return line


class Account:
    """The account of one import."""

    def __init__(self) -> None:
        self.rows: list[RowAccount] = []
        #: What is to be said of the file as a whole: where, and what.
        self.notes: list[tuple[Told, Told]] = []
        #: Why the file as a whole cannot be taken, though all that can be said of it was said.
        self.faults: list[tuple[Told, Told]] = []

    def row(self, kind: SheetKind, sheet: str, number: int) -> RowAccount:
        """Begin the account of a row."""
        row = RowAccount(kind, sheet, number)
        self.rows.append(row)
        return row

    def note(self, sheet: str, words: str, /, **facts: object) -> None:
        """Say something of a sheet, or of the file when the sheet is empty."""
        self.notes.append((place_of(sheet), told(words, **facts)))

    def of(self, outcome: Outcome) -> list[RowAccount]:
        """Return the rows of which that becomes."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def guesses(self) -> list[tuple[RowAccount, Remark]]:
        """What was assumed of rows that could be taken, in the order of the file."""
        return [
            (row, remark)
            for row in self.rows
            if row.outcome is not Outcome.REFUSED
            for remark in row.guesses
        ]

    @property
    def is_refused(self) -> bool:
        """Whether anything is refused: then nothing at all is taken."""
        return bool(self.faults) or any(row.refusals for row in self.rows)

    @property
    def changes_something(self) -> bool:
        """Whether the plan would be another one afterwards."""
        return any(row.outcome in {Outcome.NEW, Outcome.CHANGED} for row in self.rows)

    @property
    def in_file(self) -> int:
        """How many sessions are in the file."""
        return len(self._sessions())

    @property
    def refused(self) -> int:
        """How many sessions are refused."""
        return sum(row.outcome is Outcome.REFUSED for row in self._sessions())

    @property
    def taken(self) -> int:
        """How many sessions are taken, or could be if none were refused."""
        return self.in_file - self.refused

    @property
    def lines(self) -> list[Line]:
        """All lines in the order of the file; of one row, what becomes of it comes first."""
        notes = [Line(LineKind.GUESSED, place, said) for place, said in self.notes]
        faults = [Line(LineKind.REFUSED, place, said) for place, said in self.faults]
        return [*faults, *notes, *(line for row in self.rows for line in _lines_of(row))]

    @property
    def digest(self) -> str:
        """What names all that is said here: another plan, or another file, has another one."""
        said = [
            [
                row.sheet,
                row.number,
                row.outcome.value,
                [[change.column, change.old.text, change.new.text] for change in row.changes],
                [[remark.column, remark.told.as_plain()] for remark in row.guesses],
                [[remark.column, remark.told.as_plain()] for remark in row.refusals],
            ]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Return the report in the shape that ``--report`` writes."""
        return {
            "sessions": {"in_file": self.in_file, "taken": self.taken, "refused": self.refused},
            "lines": [line.as_json() for line in self.lines],
        }

    def _sessions(self) -> list[RowAccount]:
        return [row for row in self.rows if row.kind is SheetKind.SESSIONS]


def place_of(sheet: str, row: int | None = None, column: str = "") -> Told:
    """Return how one calls a place in the file; CSV has no sheets."""
    if row is None:
        return told(N_("sheet %(sheet)s"), sheet=sheet) if sheet else told(N_("the file"))
    if column and sheet:
        words = N_("%(sheet)s, row %(row)s, column %(column)s")
        return told(words, sheet=sheet, row=row, column=column)
    if column:
        return told(N_("row %(row)s, column %(column)s"), row=row, column=column)
    if sheet:
        return told(N_("%(sheet)s, row %(row)s"), sheet=sheet, row=row)
    return told(N_("row %(row)s"), row=row)


def _lines_of(row: RowAccount) -> Iterator[Line]:
    def line(kind: LineKind, said: Told, column: str = "", change: Change | None = None) -> Line:
        return Line(kind, row.place(column), said, row, column, change)

    match row.outcome:
        case Outcome.NEW:
            yield line(LineKind.TAKEN, _with_label(N_("new: %(label)s"), N_("new"), row))
        case Outcome.SAME:
            yield line(LineKind.TAKEN, told(N_("as it was")))
        case Outcome.CHANGED:
            columns = list(dict.fromkeys(change.column for change in row.changes))
            yield line(LineKind.TAKEN, told(N_("updated: %(columns)s"), columns=columns))
            for change in row.changes:
                yield line(LineKind.CHANGED, _change_told(change), change.column, change)
        case Outcome.REFUSED:
            for remark in row.refusals:
                yield line(LineKind.REFUSED, remark.told, remark.column)
    for remark in row.guesses:
        yield line(LineKind.GUESSED, remark.told, remark.column)


def _with_label(words: str, without: str, row: RowAccount) -> Told:
    return told(words, label=row.label.text) if row.label.text else told(without)


def _change_told(change: Change) -> Told:
    if not change.old.text:
        return told(N_("now “%(new)s”"), new=change.new.text)
    if not change.new.text:
        return told(N_("“%(old)s” is taken out"), old=change.old.text)
    return told(N_("“%(old)s” becomes “%(new)s”"), old=change.old.text, new=change.new.text)
