"""The account of an import: one line for each thing taken, changed, guessed or refused."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class LineKind(StrEnum):
    """What became of the thing that a line is about."""

    TAKEN = "taken"
    CHANGED = "changed"
    GUESSED = "guessed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """One line: what became of it, where in the file it stands, and what is to be said."""

    kind: LineKind
    where: str
    what: str


#: Places of lines that are about no event: the conference comes before all of them, what the
#: file no longer holds after them.
BEFORE_EVENTS = 0
AFTER_EVENTS = 10**9


class Report:
    """The account of one import. Lines stand in the order of the file, whenever they are added."""

    def __init__(self, in_file: int) -> None:
        self.in_file = in_file
        self.taken = 0
        self.refused = 0
        self._lines: list[tuple[int, int, Line]] = []

    @property
    def lines(self) -> list[Line]:
        """All lines in the order of the file; of one event, what became of it comes first."""
        return [line for *_, line in sorted(self._lines, key=lambda entry: entry[:2])]

    def take(self, number: int, where: str, what: str) -> None:
        """Count an event, the ``number``-th of the file, as taken."""
        self.taken += 1
        self._lines.append((number, 0, Line(LineKind.TAKEN, where, what)))

    def refuse(self, number: int, where: str, what: str) -> None:
        """Count an event as refused, for the reason ``what``."""
        self.refused += 1
        self._lines.append((number, 0, Line(LineKind.REFUSED, where, what)))

    def change(self, number: int, where: str, what: str) -> None:
        """Tell that something is not in the plan as it is in the file."""
        self._lines.append((number, 1, Line(LineKind.CHANGED, where, what)))

    def guess(self, number: int, where: str, what: str) -> None:
        """Tell that something was assumed that the file does not say."""
        self._lines.append((number, 1, Line(LineKind.GUESSED, where, what)))

    def as_json(self) -> dict[str, Any]:
        """Return the report in the shape that ``--report`` writes."""
        return {
            "sessions": {"in_file": self.in_file, "taken": self.taken, "refused": self.refused},
            "lines": [
                {"kind": line.kind.value, "where": line.where, "what": line.what}
                for line in self.lines
            ],
        }
