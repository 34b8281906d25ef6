"""Which conflicts stand open, and which somebody accepted with a reason.

An acceptance holds as long as the facts are those that were accepted. It stays on record when
they change, or when the conflict is gone; if the same one comes back, it holds again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.accounts.models import User
from planner.extensions import db
from planner.timetable.conflicts import conflicts
from planner.timetable.models import Acknowledgement
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Severity


@dataclass(frozen=True)
class Acceptance:
    """That somebody accepted a conflict, why, and on which facts."""

    conflict: str
    digest: str
    reason: str
    #: Who did it, by the name that other organizers know; None when the account is gone.
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Standing:
    """The conflicts of a plan, parted."""

    open: tuple[Conflict, ...]
    accepted: tuple[tuple[Conflict, Acceptance], ...]
    #: By the keys of open conflicts: accepted once, on facts that have changed since.
    formerly: Mapping[str, Acceptance]

    def count(self, severity: Severity) -> int:
        """Return how many open conflicts are that bad."""
        return sum(conflict.severity is severity for conflict in self.open)


def standing(plan: Plan, found: Iterable[Conflict] | None = None) -> Standing:
    """Return the conflicts of a plan, or those that were found in it, in one statement."""
    known = acceptances(plan.event_id)
    still_open: list[Conflict] = []
    accepted: list[tuple[Conflict, Acceptance]] = []
    formerly: dict[str, Acceptance] = {}
    for conflict in conflicts(plan) if found is None else found:
        acceptance = known.get(conflict.key) if known and may_be_accepted(conflict) else None
        if acceptance is None:
            still_open.append(conflict)
        elif acceptance.digest == conflict.digest:
            accepted.append((conflict, acceptance))
        else:
            still_open.append(conflict)
            formerly[conflict.key] = acceptance
    return Standing(tuple(still_open), tuple(accepted), formerly)


def may_be_accepted(conflict: Conflict) -> bool:
    """Tell whether a conflict can be accepted: an error must be mended."""
    return conflict.severity is not Severity.ERROR


def acceptances(event_id: int) -> Mapping[str, Acceptance]:
    """Return what was accepted in an event by the keys of conflicts, in one statement."""
    rows = db.session.execute(
        select(
            Acknowledgement.conflict,
            Acknowledgement.facts,
            Acknowledgement.reason,
            User.name,
            Acknowledgement.at,
        )
        .outerjoin(User, User.id == Acknowledgement.user_id)
        .where(Acknowledgement.event_id == event_id)
    )
    return {row.conflict: Acceptance(*row) for row in rows}
