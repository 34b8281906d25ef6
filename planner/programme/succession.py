"""How one programme follows another: what is cancelled, what changed, and which revision it is.

Content becomes a release here, whether it was made from the plan, corrected by hand or is that
of an earlier release, so that calendars are told the same of each.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from planner.programme.differences import (
    RESCHEDULING,
    changes_between,
    placement_of,
    rendering_of,
)
from planner.programme.document import Programme, Release, Room, Session, Theme
from planner.programme.vocabulary import Change, Stage, Status


def succeed(
    content: Programme,
    previous: Programme | None,
    *,
    release: Release,
    revised: Collection[str] = (),
) -> Programme:
    """Return the programme that ``release`` publishes, with ``content``, after ``previous``.

    Sessions of ``content`` take place; from ``previous`` follow those that are now cancelled, and
    each session's status, sequence, marks and stamps. Sessions with the codes ``revised`` count
    as rescheduled whatever changed, so that calendars take them anew.
    """
    at = release.published_at
    status = Status.CONFIRMED if release.stage is Stage.FINAL else Status.TENTATIVE
    sessions = [_anew(session, status, at) for session in taking_place(content)]
    positions = {room.slug: position for position, room in enumerate(content.rooms)}
    if previous is not None:
        kept = {session.code for session in sessions}
        sessions += _cancelled(content, previous, kept, at, revised)
    sessions.sort(key=_order(positions))
    named = {person.speaker for session in sessions for person in session.people}
    programme = msgspec.structs.replace(
        content,
        release=release,
        themes=_with_former(
            content.themes,
            previous.themes if previous else (),
            {session.theme for session in sessions},
        ),
        rooms=_with_former(
            content.rooms,
            previous.rooms if previous else (),
            {session.room for session in sessions},
        ),
        speakers=tuple(speaker for speaker in content.speakers if speaker.code in named),
        sessions=tuple(sessions),
    )
    return _revised(programme, previous, revised)


def next_number(previous: Programme | None) -> int:
    """Return the number of the release that follows."""
    return previous.release.number + 1 if previous else 1


def taking_place(programme: Programme) -> Iterable[Session]:
    """Return the sessions that are not cancelled."""
    return (session for session in programme.sessions if session.status is not Status.CANCELLED)


def _anew(session: Session, status: Status, at: datetime) -> Session:
    return msgspec.structs.replace(
        session,
        status=status,
        sequence=0,
        created_at=at,
        changed_at=at,
        changes=(),
        formerly=None,
    )


def _revised(content: Programme, previous: Programme | None, revised: Collection[str]) -> Programme:
    """Give each session its sequence, stamps and marks by comparing it with the one before."""
    if previous is None:
        return content
    former = {session.code: session for session in previous.sessions}
    return msgspec.structs.replace(
        content,
        sessions=tuple(
            _revised_session(
                content, session, previous, former.get(session.code), session.code in revised
            )
            for session in content.sessions
        ),
    )


def _revised_session(
    content: Programme,
    session: Session,
    previous: Programme,
    old: Session | None,
    is_revised: bool,
) -> Session:
    changes = changes_between(previous, old, content, session)
    if old is None:
        return msgspec.structs.replace(session, changes=changes)
    rescheduled = (
        is_revised
        or old.status is not session.status
        # What is cancelled counts as nothing but that, and yet its hour is another one there.
        or previous.event.time_zone != content.event.time_zone
        or bool(RESCHEDULING.intersection(changes))
    )
    moved = {Change.MOVED, Change.ROOM, Change.LENGTH}.intersection(changes)
    altered = rescheduled or rendering_of(previous, old) != rendering_of(content, session)
    return msgspec.structs.replace(
        session,
        sequence=old.sequence + 1 if rescheduled else old.sequence,
        created_at=old.created_at,
        changed_at=session.changed_at if altered else old.changed_at,
        changes=changes,
        formerly=placement_of(old) if moved else None,
    )


def _cancelled(
    content: Programme,
    previous: Programme,
    kept: set[str],
    at: datetime,
    revised: Collection[str],
) -> Iterable[Session]:
    """Return what was public and is gone, as cancelled, until the event is over.

    What calendars must take anew they are told even then. People are left out: who no longer
    takes part need not be named.
    """
    event = content.event
    is_over = at.astimezone(ZoneInfo(event.time_zone)).date() > event.last_day
    for session in previous.sessions:
        if session.code not in kept and (not is_over or session.code in revised):
            yield msgspec.structs.replace(
                session, status=Status.CANCELLED, people=(), online_url=None, changed_at=at
            )


def _order(positions: dict[str, int]) -> Callable[[Session], tuple[datetime, int, str]]:
    """Return the key that sorts sessions by time, then by the order of rooms, then by code."""

    def key(session: Session) -> tuple[datetime, int, str]:
        position = positions.get(session.room or "", len(positions))
        return session.starts_at, -1 if session.across_rooms else position, session.code

    return key


_Named = TypeVar("_Named", Theme, Room)


def _with_former(
    now: tuple[_Named, ...], former: tuple[_Named, ...], used: set[str | None]
) -> tuple[_Named, ...]:
    """Return themes or rooms of the content, and those that only a cancelled session needs."""
    known = {item.slug for item in now}
    return now + tuple(item for item in former if item.slug in used - known)
