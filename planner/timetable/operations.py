"""Placing sessions: every change of the board, checked against the plan and journaled.

Whether a place is possible is judged within the transaction, after the plan is locked: two
organizers who press at the same moment cannot both get the one slot that both saw free.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from planner.events.models import Room
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, Record, StaleError, check_version, recorded
from planner.sessions.models import Session, State
from planner.sessions.operations import add_session, place, set_text, unplace
from planner.timetable.plan import plan_of
from planner.timetable.queries import Slot, errors_after, errors_at
from planner.timetable.registry import Conflict

MOVED = words.action("session.moved", N_("“%(session)s” moved to %(room)s, %(time)s"))
MOVED_ACROSS = words.action("session.across", N_("“%(session)s” moved to all rooms, %(time)s"))
RESIZED = words.action("session.resized", N_("Length of “%(session)s” made %(minutes)s min"))
UNPLACED = words.action("session.unplaced", N_("“%(session)s” taken back to the unplaced ones"))
PINNED = words.action("session.pinned", N_("“%(session)s” pinned"))
UNPINNED = words.action("session.unpinned", N_("“%(session)s” no longer pinned"))
SWAPPED = words.action("board.swapped", N_("“%(session)s” and “%(other)s” swapped"))
LATER = words.action(
    "board.later", N_("%(room)s: sessions from %(time)s made %(minutes)s min later")
)
EARLIER = words.action(
    "board.earlier", N_("%(room)s: sessions from %(time)s made %(minutes)s min earlier")
)
COPIED = words.action("board.copied", N_("“%(session)s” copied to other rooms (%(rooms)s)"))


class ImpossibleError(Exception):
    """A place breaks rules that are errors: nothing was written."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__("the place is impossible")
        self.conflicts = tuple(conflicts)


class NothingToDoError(ValueError):
    """There is nothing that would be changed: no session to move, no room that is free."""


@dataclass(frozen=True)
class Shift:
    """The sessions of a room that begin in a stretch of time, and by how much they move."""

    room: str
    begin: datetime
    end: datetime
    minutes: int


def move(
    event_id: int, user_id: int, code: str, slot: Slot, *, version: int | None, anyway: bool = False
) -> Entry | None:
    """Place a session, or give it another length; ``anyway`` although it is impossible there.

    :raises StaleError: when somebody changed it after ``version``.
    :raises GoneError: when there is no such session or room.
    :raises ImpossibleError: when it breaks a rule that is an error.
    """
    with recorded(event_id, user_id, MOVED) as record:
        session = _session(record, code)
        check_version(session, version)
        room = _room(record, slot.room) if slot.room else None
        present = (session.starts_at, session.room_id, session.across_rooms)
        stays = present == (slot.starts_at, room.id if room else None, slot.across)
        if not anyway:
            # What is wrong with where it stays is no reason against another length.
            judge = errors_after if stays else errors_at
            _refuse(judge(plan_of(event_id), {code: slot}))
        if stays:
            record.action = RESIZED
        elif slot.across:
            record.action = MOVED_ACROSS
        session.across_rooms, session.minutes = slot.across, slot.minutes
        place(session, starts_at=slot.starts_at, room=room)
        record.facts |= {
            "session": _title(session),
            "room": words.texts(room.name) if room else None,
            "time": words.moment(slot.starts_at),
            "minutes": slot.minutes,
        }
    return record.entry


def take_out(event_id: int, user_id: int, code: str, *, version: int | None) -> Entry | None:
    """Take a session out of its place.

    :raises StaleError: when somebody changed it after ``version``.
    :raises GoneError: when there is no such session.
    """
    with recorded(event_id, user_id, UNPLACED) as record:
        session = _session(record, code)
        check_version(session, version)
        unplace(session)
        record.facts["session"] = _title(session)
    return record.entry


def pin(
    event_id: int, user_id: int, code: str, *, version: int | None, pinned: bool
) -> Entry | None:
    """Let nothing automatic move a session, or let it again.

    :raises StaleError: when somebody changed it after ``version``.
    :raises GoneError: when there is no such session.
    """
    with recorded(event_id, user_id, PINNED if pinned else UNPINNED) as record:
        session = _session(record, code)
        check_version(session, version)
        session.pinned = pinned
        record.facts["session"] = _title(session)
    return record.entry


def swap(
    event_id: int, user_id: int, versions: Mapping[str, int | None], *, anyway: bool = False
) -> Entry | None:
    """Give two sessions each the place of the other; both keep their lengths.

    ``versions`` are by their codes. What is across all rooms hands that on with its place.

    :raises StaleError: when somebody changed one of them.
    :raises GoneError: when one of them is not there.
    :raises ImpossibleError: when that breaks a rule that is an error.
    """
    with recorded(event_id, user_id, SWAPPED) as record:
        one, other = (_session(record, code) for code in versions)
        for session in (one, other):
            check_version(session, versions[session.code])
        if not anyway:
            slots = {one.code: _slot_for(one, at=other), other.code: _slot_for(other, at=one)}
            _refuse(errors_after(plan_of(event_id), slots))
        places = [(it.starts_at, it.room, it.across_rooms) for it in (other, one)]
        for session, found in zip((one, other), places, strict=True):
            session.starts_at, session.room, session.across_rooms = found
        record.facts |= {"session": _title(one), "other": _title(other)}
    return record.entry


def shift(
    event_id: int,
    user_id: int,
    wanted: Shift,
    *,
    versions: Mapping[str, int],
    anyway: bool = False,
) -> Entry | None:
    """Move the sessions of a room that begin in a stretch of time, all of them or none.

    Pinned sessions stay, and so do those across all rooms. ``versions`` are those of the
    sessions that move, as :func:`planner.timetable.queries.shifted` found them.

    :raises StaleError: when somebody changed one, brought another or took one away.
    :raises GoneError: when there is no such room.
    :raises ImpossibleError: when that breaks a rule that is an error.
    :raises NothingToDoError: when no session would move.
    """
    with recorded(event_id, user_id, LATER if wanted.minutes > 0 else EARLIER) as record:
        room = _room(record, wanted.room)
        moving = _moving(record, room, wanted)
        if {session.code: session.version for session in moving} != dict(versions):
            raise StaleError("sessions of a room")
        if not moving or not wanted.minutes:
            raise NothingToDoError("no session moves")
        by = timedelta(minutes=wanted.minutes)
        if not anyway:
            slots = {it.code: _slot_for(it, at=it, by=by) for it in moving}
            _refuse(errors_after(plan_of(event_id), slots))
        for session in moving:
            if session.starts_at is not None:
                session.starts_at += by
        record.facts |= {
            "room": words.texts(room.name),
            "time": words.moment(wanted.begin),
            "minutes": abs(wanted.minutes),
        }
    return record.entry


def copy_to_rooms(event_id: int, user_id: int, code: str, *, version: int | None) -> Entry | None:
    """Copy a session, a break as a rule, to every other room that is free at that time.

    Its people are not copied: they cannot be in all rooms.

    :raises StaleError: when somebody changed it after ``version``.
    :raises GoneError: when there is no such session.
    :raises NothingToDoError: when it is not in one room, or no other room is free.
    """
    with recorded(event_id, user_id, COPIED) as record:
        session = _session(record, code)
        check_version(session, version)
        if session.starts_at is None or session.room is None or session.across_rooms:
            raise NothingToDoError("it is not in one room")
        taken = _rooms_taken(record, session.starts_at, session.minutes)
        free = [room for room in session.event.rooms if room.id not in taken]
        if not free:
            raise NothingToDoError("no other room is free")
        for room in free:
            _copy(session, room)
        record.facts |= {"session": _title(session), "rooms": len(free)}
    return record.entry


def _session(record: Record, code: str) -> Session:
    found = record.database.scalar(
        select(Session).where(Session.event_id == record.event_id, Session.code == code)
    )
    if found is None:
        raise GoneError(code)
    return found


def _room(record: Record, slug: str) -> Room:
    found = record.database.scalar(
        select(Room).where(Room.event_id == record.event_id, Room.slug == slug)
    )
    if found is None:
        raise GoneError(slug)
    return found


def _moving(record: Record, room: Room, wanted: Shift) -> Sequence[Session]:
    return record.database.scalars(
        select(Session)
        .where(
            Session.event_id == record.event_id,
            Session.room_id == room.id,
            Session.across_rooms.is_(False),
            Session.pinned.is_(False),
            Session.starts_at >= wanted.begin,
            Session.starts_at < wanted.end,
        )
        .order_by(Session.starts_at, Session.code)
    ).all()


def _slot_for(session: Session, *, at: Session, by: timedelta = timedelta()) -> Slot | None:
    """Return a session's slot at the place of another; None when that one is unplaced."""
    if at.starts_at is None:
        return None
    return Slot(
        starts_at=at.starts_at + by,
        room=at.room.slug if at.room else None,
        minutes=session.minutes,
        across=at.across_rooms,
    )


def _rooms_taken(record: Record, start: datetime, minutes: int) -> set[int | None]:
    """Return the rooms in which something is on at a time."""
    end = start + timedelta(minutes=minutes)
    before = record.database.scalars(
        select(Session).where(
            Session.event_id == record.event_id,
            Session.state != State.WITHDRAWN,
            Session.starts_at < end,
            Session.starts_at > start - timedelta(days=1),
        )
    )
    return {
        other.room_id
        for other in before
        if other.starts_at and start < other.starts_at + timedelta(minutes=other.minutes)
    }


def _copy(session: Session, room: Room) -> None:
    copied = add_session(
        session.event,
        kind=session.kind,
        minutes=session.minutes,
        original_language=session.original_language,
        state=session.state,
        theme=session.theme,
        spoken_languages=list(session.spoken_languages),
        interpreted_languages=list(session.interpreted_languages),
        pinned=session.pinned,
        room=room,
        starts_at=session.starts_at,
    )
    for lang, text in session.texts.items():
        set_text(copied, lang, title=text.title, abstract=text.abstract, state=text.state)


def _refuse(conflicts: Sequence[Conflict]) -> None:
    if conflicts:
        raise ImpossibleError(conflicts)


def _title(session: Session) -> object:
    """Return the fact of what a session is called: its titles, or its code without any."""
    titles = {lang: text.title for lang, text in session.texts.items() if text.title}
    return words.texts(titles, session.original_language) if titles else session.code
