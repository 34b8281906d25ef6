"""How many conflicts stand open for sessions in a list."""

from collections import Counter
from collections.abc import Iterable, Mapping

from planner.timetable.conflicts import by_session, conflicts_of
from planner.timetable.plan import Plan
from planner.timetable.registry import Severity
from planner.timetable.standing import standing

Counts = Mapping[Severity, int]


def troubled(plan: Plan) -> frozenset[str]:
    """Return the codes of all sessions with open errors or warnings, in one statement."""
    found = (
        conflict
        for conflict in standing(plan).open
        if conflict.severity is not Severity.INFORMATION
    )
    return frozenset(by_session(found))


def counts(plan: Plan, codes: Iterable[str]) -> Mapping[str, Counts]:
    """Return how many open conflicts of each severity some sessions have, in one statement."""
    found = {conflict.key: conflict for code in codes for conflict in conflicts_of(plan, code)}
    still_open = by_session(standing(plan, found.values()).open)
    return {
        code: Counter(conflict.severity for conflict in items) for code, items in still_open.items()
    }
