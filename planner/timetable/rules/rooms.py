"""Rules of rooms and hours: what stands where, and whether it may."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from planner.i18n.labels import N_
from planner.lib.intervals import overlap
from planner.timetable.parts import EMPTY, Session
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Place, Severity, rule
from planner.timetable.rules.edges import around, dates_around, day_changes


def _rivals(plan: Plan, session: Session, start: datetime, end: datetime) -> list[Session]:
    """Return what needs the same room around those hours."""
    if session.across_rooms:
        return plan.timeline.near(start, end)
    here = plan.in_room.get(session.room or "", EMPTY).near(start, end)
    return here + [item for item in plan.across_rooms.near(start, end) if item not in here]


def _overlap_edges(plan: Plan, session: Session) -> Iterator[datetime]:
    day = timedelta(days=1)
    return around(
        session, _rivals(plan, session, session.start, session.start + day + session.length)
    )


@rule(
    "room-overlap",
    Severity.ERROR,
    N_("Two sessions in one room"),
    N_(
        "“%(first)s” (%(first_hours)s) and “%(second)s” (%(second_hours)s) take the same room "
        "at the same time: %(room)s."
    ),
    N_("“%(other)s” is there, %(other_hours)s."),
    place=Place.BOTH,
    edges=_overlap_edges,
)
def room_overlap(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find two sessions in one room at a time, or one beside what is held across all rooms."""
    for other in _rivals(plan, session, session.start, session.end):
        if other.code != session.code and overlapping(session, other):
            room = other.room if session.across_rooms else session.room
            if session.across_rooms and other.across_rooms:
                room = None
            yield room_overlap.of_pair(plan, session, other, room=room)


def overlapping(one: Session, other: Session) -> bool:
    """Tell whether two placed sessions share a moment."""
    return overlap(one.start, one.end, other.start, other.end)


def _closing_edges(plan: Plan, session: Session) -> Iterator[datetime]:
    yield from day_changes(plan, session)
    for day in dates_around(session):
        opens, closes = _open(plan, session, datetime.combine(day, time()))
        yield from (moment for moment in (opens,) if moment)
        yield from (moment - session.length for moment in (closes,) if moment)


def _open(
    plan: Plan, session: Session, midnight: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return when the room of a session opens and closes on the day that begins at midnight.

    One that closes before it opens, or before the day begins, closes on the day after.
    """
    room = plan.room_by_slug.get(session.room or "")
    if room is None:
        return None, None
    opens = midnight + timedelta(minutes=room.opens) if room.opens is not None else None
    if room.closes is None:
        return opens, None
    closes = midnight + timedelta(minutes=room.closes)
    if closes <= (opens or plan.hours(midnight.date()).starts_at):
        closes += timedelta(days=1)
    return opens, closes


@rule(
    "room-closed",
    Severity.ERROR,
    N_("Room closed"),
    N_("%(room)s is closed during a part of “%(session)s” (%(hours)s)."),
    N_("%(room)s is closed then."),
    place=Place.BOTH,
    edges=_closing_edges,
)
def room_closed(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions in a room that is not open yet, or closes before they end."""
    day = plan.day_of(session.start)
    opens, closes = _open(plan, session, datetime.combine(day, time()))
    if (opens and session.start < opens) or (closes and session.end > closes):
        yield room_closed.of_one(
            plan,
            session,
            room=session.room,
            opens=("clock", opens),
            closes=("clock", closes),
        )


def _hours_edges(plan: Plan, session: Session) -> Iterator[datetime]:
    yield from day_changes(plan, session)
    for start, end in plan.open_hours:
        yield from (start, start - session.length, end, end - session.length)


@rule(
    "day-over",
    Severity.ERROR,
    N_("Outside the hours of the day"),
    N_("“%(session)s” (%(hours)s) is outside the hours of the day, %(day_hours)s."),
    N_("The day goes from %(day_from)s to %(day_to)s."),
    place=Place.TIME,
    edges=_hours_edges,
)
def day_over(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that begin before the day does, or end after it.

    Where one day goes on until the next begins, a session may lie across.
    """
    day = plan.day_by_date.get(plan.day_of(session.start))
    if day is None:
        return
    if not any(start <= session.start and session.end <= end for start, end in plan.open_hours):
        minutes = (day.ends_at - day.starts_at) // timedelta(minutes=1)
        yield day_over.of_one(
            plan,
            session,
            day_hours=("hours", day.starts_at, minutes),
            day_from=("clock", day.starts_at),
            day_to=("clock", day.ends_at),
        )


@rule(
    "not-a-day",
    Severity.ERROR,
    N_("Not a day of the event"),
    N_("“%(session)s” is placed on %(day)s, which is not a day of the event."),
    N_("%(day)s is not a day of the event."),
    place=Place.TIME,
    edges=day_changes,
)
def not_a_day(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions on a day that the event does not have."""
    day = plan.day_of(session.start)
    if day not in plan.day_by_date:
        yield not_a_day.of_one(plan, session, day=("day", day))


@rule(
    "capacity",
    Severity.WARNING,
    N_("Room too small"),
    N_(
        "Expected audience of “%(session)s”: %(audience)s. "
        "%(room)s has room for fewer: %(capacity)s."
    ),
    N_("Expected audience: %(audience)s. %(room)s has room for fewer: %(capacity)s."),
    place=Place.ROOM,
)
def capacity(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that expect more people than their room holds."""
    room = plan.room_by_slug.get(session.room or "")
    if room and room.capacity and session.audience and session.audience > room.capacity:
        yield capacity.of_one(
            plan,
            session,
            room=room.slug,
            audience=("number", session.audience),
            capacity=("number", room.capacity),
        )


@rule(
    "stars",
    Severity.WARNING,
    N_("More want to come than there are seats"),
    N_(
        "At least %(stars)s participants have “%(session)s” in their agenda. "
        "%(room)s has room for fewer: %(capacity)s."
    ),
    N_(
        "At least %(stars)s participants have it in their agenda. "
        "%(room)s has room for fewer: %(capacity)s."
    ),
    place=Place.ROOM,
)
def stars(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that more participants have in their agenda than their room holds.

    Where organizers expect that many anyway, their own number has told it already.
    """
    room = plan.room_by_slug.get(session.room or "")
    if room is None or not room.capacity or session.stars <= room.capacity:
        return
    if (session.audience or 0) <= room.capacity:
        yield stars.of_one(
            plan,
            session,
            room=room.slug,
            stars=("number", max(_roughly(session.stars), room.capacity + 1)),
            capacity=("number", room.capacity),
        )


def _roughly(stars: int) -> int:
    """Return a number of stars rounded down, so that one more does not reopen what was accepted."""
    step = 10 if stars < 200 else 50
    return stars - stars % step


@rule(
    "step-free",
    Severity.WARNING,
    N_("No step-free access"),
    N_("“%(session)s” needs step-free access, and %(room)s is not known to have it."),
    N_("The session needs step-free access, and %(room)s is not known to have it."),
    place=Place.ROOM,
)
def step_free(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that asked for step-free access, in a room without it."""
    room = plan.room_by_slug.get(session.room or "")
    if room and session.needs_step_free and not room.step_free:
        yield step_free.of_one(plan, session, room=room.slug)
