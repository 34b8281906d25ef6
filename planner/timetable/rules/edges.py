"""The starts around which the answers of rules may change, for a session that is being placed.

The session stands at the beginning of what is asked about, which is a day at most. More edges
than needed do no harm; the one that is missing makes :mod:`planner.timetable.costs` lie.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from planner.timetable.parts import Session
from planner.timetable.plan import Plan


def around(
    session: Session, others: Iterable[Session], margins: Iterable[timedelta] = (timedelta(),)
) -> Iterator[datetime]:
    """Yield where a session comes within a margin of others, and where it leaves it."""
    apart = tuple(margins)
    for other in others:
        if other.code != session.code:
            for margin in apart:
                yield other.start - session.length - margin
                yield other.end + margin


def dates_around(session: Session) -> tuple[date, ...]:
    """Return the day where a session stands, with the one before and two after."""
    first = session.start.date()
    return tuple(first + timedelta(days=days) for days in (-1, 0, 1, 2))


def day_changes(plan: Plan, session: Session) -> Iterator[datetime]:
    """Yield where what begins may come to belong to another day."""
    for day in dates_around(session):
        hours = plan.hours(day)
        yield from (datetime.combine(day, time()), hours.starts_at, hours.ends_at)
