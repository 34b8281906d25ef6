"""The conflicts that stand in a plan: those that nobody has accepted."""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from planner.timetable.conflicts import (
    Conflict,
    Severity,
    by_session,
    conflicts,
    conflicts_of,
    described,
)
from planner.timetable.plan import Plan


@dataclass(frozen=True)
class Told:
    """A conflict in words."""

    severity: str
    words: Markup


class Standing:
    """Tells of the conflicts of a plan; what was accepted with a reason is not told of."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def _accepted(self) -> set[tuple[str, str]]:
        return set()

    def of(self, code: str) -> list[Conflict]:
        """Return the conflicts that a session has a part in, the worst first."""
        return [conflict for conflict in conflicts_of(self.plan, code) if self._stands(conflict)]

    def counts(self, code: str) -> tuple[int, int]:
        """Return how many errors and how many warnings a session has a part in."""
        found = [conflict.severity for conflict in self.of(code)]
        return found.count(Severity.ERROR), found.count(Severity.WARNING)

    def troubled(self) -> frozenset[str]:
        """Return the codes of all sessions with errors or warnings."""
        found = (
            conflict
            for conflict in conflicts(self.plan)
            if conflict.severity is not Severity.INFORMATION and self._stands(conflict)
        )
        return frozenset(by_session(found))

    def told(self, code: str, reader: str, *, sees_names: bool) -> list[Told]:
        """Return the conflicts of a session in words, the worst first."""
        return [
            Told(
                conflict.severity.word,
                described(conflict, self.plan, reader, sees_names=sees_names),
            )
            for conflict in self.of(code)
        ]

    def _stands(self, conflict: Conflict) -> bool:
        return (conflict.key, conflict.digest) not in self._accepted
