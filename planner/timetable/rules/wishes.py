"""Rules that organizers set themselves: before, not at the same time as, in the same room as."""

from collections.abc import Iterator
from datetime import datetime

from planner.i18n.labels import N_
from planner.timetable.models import Relation
from planner.timetable.parts import Session
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Place, Severity, rule
from planner.timetable.rules.edges import around
from planner.timetable.rules.rooms import overlapping


def _asked(
    plan: Plan, session: Session, relation: Relation
) -> Iterator[tuple[Session, Session, Session]]:
    """Yield what is asked of a session and another placed one: first, second, the other.

    What is the same both ways counts once, although it may have been asked both ways.
    """
    met = set()
    for constraint in plan.constraints_of.get(session.code, ()):
        if constraint.relation is not relation:
            continue
        is_first = constraint.first == session.code
        code = constraint.second if is_first else constraint.first
        if relation is not Relation.BEFORE and code in met:
            continue
        met.add(code)
        other = plan.by_code.get(code)
        if other is not None and other.starts_at is not None and not other.is_withdrawn:
            yield (session, other, other) if is_first else (other, session, other)


def _edges(plan: Plan, session: Session) -> Iterator[datetime]:
    for relation in (Relation.BEFORE, Relation.APART):
        yield from around(session, [other for *_, other in _asked(plan, session, relation)])


@rule(
    "not-before",
    Severity.ERROR,
    N_("Not before another session"),
    N_(
        "“%(earlier)s” must be over before “%(later)s” begins (%(first_hours)s and "
        "%(second_hours)s)."
    ),
    N_("“%(earlier)s” must be over before “%(later)s” begins; “%(other)s”: %(other_hours)s."),
    place=Place.TIME,
    edges=_edges,
)
def not_before(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that must come before others, and do not."""
    for first, second, other in _asked(plan, session, Relation.BEFORE):
        if first.end > second.start:
            yield not_before.of_pair(
                plan,
                session,
                other,
                by=(first.code, second.code),
                earlier=("session", first.code),
                later=("session", second.code),
            )


@rule(
    "not-apart",
    Severity.ERROR,
    N_("Not apart from another session"),
    N_(
        "“%(first)s” (%(first_hours)s) and “%(second)s” (%(second_hours)s) must not be at the "
        "same time."
    ),
    N_("It must not be at the same time as “%(other)s” (%(other_room)s, %(other_hours)s)."),
    place=Place.TIME,
    edges=_edges,
)
def not_apart(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions at one time that must not be."""
    for _first, _second, other in _asked(plan, session, Relation.APART):
        if overlapping(session, other):
            yield not_apart.of_pair(plan, session, other)


@rule(
    "other-room",
    Severity.ERROR,
    N_("Not in the same room as another session"),
    N_(
        "“%(first)s” and “%(second)s” must be in the same room, and are in %(first_room)s "
        "and %(second_room)s."
    ),
    N_("It must be in the same room as “%(other)s”: %(other_room)s."),
    place=Place.ROOM,
)
def other_room(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions in two rooms that must be in one; what has no room of its own may be."""
    for _first, _second, other in _asked(plan, session, Relation.SAME_ROOM):
        if session.room and other.room and session.room != other.room:
            yield other_room.of_pair(plan, session, other)
