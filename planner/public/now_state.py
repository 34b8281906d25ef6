"""What is on at a moment and what comes next, room by room, by the venue's wall clock."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from weakref import WeakKeyDictionary

from planner.programme.document import Session
from planner.programme.published import Published, day_of, ends_at
from planner.programme.vocabulary import Status

#: The places of what is held in all rooms, and in none.
EVERYWHERE, NOWHERE = "*", ""
#: So many of a day's sessions are told while it is still to begin.
_FIRST = 6
_DAY = timedelta(days=1)
_boundaries: WeakKeyDictionary[Published, list[datetime]] = WeakKeyDictionary()


class Phase(StrEnum):
    """Where a moment lies in an event."""

    #: A day is yet to begin: the first one, or the next.
    AHEAD = "ahead"
    #: A day has begun.
    ON = "on"
    OVER = "over"
    #: Nothing takes place at all.
    EMPTY = "empty"


@dataclass(frozen=True)
class Place:
    """What is on in a room and what comes next there, cancelled sessions included."""

    room: str
    on: tuple[Session, ...]
    #: The cancelled ones before the next that takes place, and that.
    following: tuple[Session, ...]
    #: Sessions that readers of the release before would look for here, now or later this day.
    moved_away: tuple[Session, ...] = ()


@dataclass(frozen=True)
class State:
    """What the pages tell from one boundary to the next."""

    phase: Phase
    #: When the day begins, or its next one.
    begins: datetime | None = None
    #: The first sessions of a day that is to begin.
    first: tuple[Session, ...] = ()
    places: tuple[Place, ...] = ()


def span_of(published: Published, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return since when and until when what is told at a moment is true (all naive)."""
    boundaries = _boundaries.get(published)
    if boundaries is None:
        boundaries = _boundaries[published] = sorted(set(_all_boundaries(published)))
    place = bisect_right(boundaries, at)
    return (
        boundaries[place - 1] if place else None,
        boundaries[place] if place < len(boundaries) else None,
    )


def state_of(published: Published, at: datetime) -> State:
    """Return what is on at a moment by the venue's wall clock (naive)."""
    today = day_of(published.event, at)
    taking_place = [item for item in published.sessions if item.status is not Status.CANCELLED]
    if not taking_place:
        return State(Phase.EMPTY)
    own = [item for item in taking_place if day_of(published.event, item.starts_at) == today]
    begun = any(item.starts_at <= at for item in own) and any(ends_at(item) > at for item in own)
    if begun or any(_is_on(item, at) for item in taking_place):
        return State(Phase.ON, places=tuple(_places(published, at, today)))
    begins = min((item.starts_at for item in taking_place if item.starts_at > at), default=None)
    if begins is None:
        return State(Phase.OVER)
    day = published.sessions_by_day[day_of(published.event, begins)]
    first = tuple(item for item in day if item.starts_at > at)[:_FIRST]
    return State(Phase.AHEAD, begins=begins, first=first)


def place_of(session: Session) -> str:
    """Return the place of a session: a room's slug, everywhere or nowhere."""
    return EVERYWHERE if session.across_rooms else session.room or NOWHERE


def moved_away(published: Published, session: Session) -> str | None:
    """Return the room in which readers of the release before would look for a session in vain."""
    former = session.formerly
    if former is None or former.room is None or session.status is Status.CANCELLED:
        return None
    event = published.event
    same_day = day_of(event, former.starts_at) == day_of(event, session.starts_at)
    return None if former.room == session.room and same_day else former.room


def _is_on(session: Session, at: datetime) -> bool:
    return session.starts_at <= at < ends_at(session)


def _places(published: Published, at: datetime, today: date) -> Iterator[Place]:
    today_items = published.sessions_by_day.get(today, ())
    on: dict[str, list[Session]] = {}
    later: dict[str, list[Session]] = {}
    away: dict[str, list[Session]] = {}
    for item in published.sessions:
        if _is_on(item, at):
            on.setdefault(place_of(item), []).append(item)
        room = moved_away(published, item)
        if room and item.formerly and _is_missed(published, item, at, today):
            away.setdefault(room, []).append(item)
    for item in today_items:
        if item.starts_at > at:
            later.setdefault(place_of(item), []).append(item)
    for room in _in_order(published, EVERYWHERE in on):
        if room in on or room in later or room in away:
            yield Place(
                room,
                tuple(on.get(room, ())),
                tuple(_until_one_takes_place(later.get(room, ()))),
                tuple(away.get(room, ())),
            )


def _in_order(published: Published, everywhere_first: bool) -> tuple[str, ...]:
    """Return the places; all rooms at once stand first only while something is on there."""
    rooms = (*published.room_by_slug, NOWHERE)
    return (EVERYWHERE, *rooms) if everywhere_first else (*rooms, EVERYWHERE)


def _is_missed(published: Published, session: Session, at: datetime, today: date) -> bool:
    """Tell whether somebody might look for a session where it stood, now or later this day."""
    former = session.formerly
    return (
        former is not None
        and ends_at(former) > at
        and day_of(published.event, former.starts_at) == today
    )


def _until_one_takes_place(sessions: Iterable[Session]) -> Iterator[Session]:
    for session in sessions:
        yield session
        if session.status is not Status.CANCELLED:
            return


def _all_boundaries(published: Published) -> Iterator[datetime]:
    """Yield every moment at which something else may be on, next, today or tomorrow."""
    event = published.event
    for session in published.sessions:
        yield session.starts_at
        yield ends_at(session)
        if session.formerly:
            yield ends_at(session.formerly)
    days = sorted({event.first_day, event.last_day, *published.sessions_by_day})
    day = days[0] - _DAY
    while day <= days[-1] + _DAY:
        midnight = datetime.combine(day, time())
        yield midnight
        yield midnight + timedelta(minutes=max(0, event.day_to - 24 * 60))
        day += _DAY
