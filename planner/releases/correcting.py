"""Putting one session right on the day: changed in the plan and public at once.

Only this one thing becomes public. What else was changed in the plan since the last release
stays there until it is reviewed.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from planner.events.models import Room
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import GoneError, Record, check_version, recorded
from planner.programme import document
from planner.programme.document import Programme, Texts
from planner.programme.succession import succeed
from planner.programme.vocabulary import Status
from planner.releases.builder import appearances_of, release_after, room_of
from planner.releases.gate import gated
from planner.releases.issuing import Ground, ground, issue
from planner.releases.models import Origin, Release
from planner.releases.operations import NothingToPublishError
from planner.sessions.models import Session, State
from planner.sessions.operations import place
from planner.timetable.operations import ImpossibleError
from planner.timetable.plan import plan_of
from planner.timetable.queries import Slot, errors_after

CORRECTED = words.action(
    "session.corrected", N_("“%(session)s” put right: %(time)s, %(room)s, %(minutes)s min")
)
CALLED_OFF = words.action("session.called_off", N_("“%(session)s” cancelled"))


class NotPublicError(LookupError):
    """The session is not in the programme that is public, so that nothing can be put right."""


@dataclass(frozen=True)
class Correction:
    """What becomes of a session: another slot, or none when it is cancelled."""

    code: str
    slot: Slot | None
    version: int | None
    #: Whether it is placed even where a rule that is an error speaks against it.
    anyway: bool = False


def correct(
    event_id: int,
    user_id: int | None,
    slug: str,
    correction: Correction,
    *,
    current: int,
    note: Texts | None = None,
    at: datetime | None = None,
) -> Release:
    """Change one session in the plan, which can be undone there, and publish just that.

    ``current`` is the number of the release that somebody saw as the public one; ``note`` is what
    readers are told of the new one.

    :raises GoneError: when there is no such session or room.
    :raises NotPublicError: when the session is not public.
    :raises StaleError: when somebody changed the session since its version.
    :raises ImpossibleError: when it would break a rule that is an error there.
    :raises OtherwiseReviewedError: when another release became public since.
    :raises NothingToPublishError: when it stands there already, and there is no note.
    """
    with recorded(event_id, user_id, CORRECTED) as record:
        on = ground(record.database, slug, current=current)
        previous, told = _told(on, correction.code)
        session = _session(on, correction.code)
        check_version(session, correction.version)
        if correction.slot is None:
            _call_off(record, session)
        else:
            _place(record, on, session, correction, correction.slot)
        content = _corrected(previous, told, on, None if correction.slot is None else session)
        moment = on.moment(at)
        release = release_after(previous, previous.release.stage, note or {}, moment)
        programme = succeed(gated(content, on.plan), previous, release=release)
        if not _says_something(programme):
            raise NothingToPublishError(slug)
        return issue(on, programme, user_id=user_id, origin=Origin.CORRECTION)


def _told(on: Ground, code: str) -> tuple[Programme, document.Session]:
    if on.previous is not None:
        for session in on.previous.sessions:
            if session.code == code:
                return on.previous, session
    raise NotPublicError(code)


def _session(on: Ground, code: str) -> Session:
    for session in on.plan.sessions:
        if session.code == code:
            return session
    raise GoneError(code)


def _call_off(record: Record, session: Session) -> None:
    record.action = CALLED_OFF
    session.state = State.WITHDRAWN
    record.facts["session"] = _title(session)


def _place(
    record: Record, on: Ground, session: Session, correction: Correction, slot: Slot
) -> None:
    room = _room(on, slot.room) if slot.room else None
    if not correction.anyway:
        conflicts = errors_after(plan_of(record.event_id), {session.code: slot})
        if conflicts:
            raise ImpossibleError(conflicts)
    session.across_rooms, session.minutes = slot.across, slot.minutes
    place(session, starts_at=slot.starts_at, room=room)
    if session.state is State.WITHDRAWN:
        session.state = State.CONFIRMED
    record.facts |= {
        "session": _title(session),
        "time": words.moment(slot.starts_at),
        "room": words.texts(room.name) if room else None,
        "minutes": slot.minutes,
    }


def _room(on: Ground, slug: str) -> Room:
    for room in on.plan.rooms:
        if room.slug == slug:
            return room
    raise GoneError(slug)


def _title(session: Session) -> dict[str, object]:
    titles = {lang: text.title for lang, text in session.texts.items()}
    return words.texts(titles, session.original_language)


def _corrected(
    previous: Programme, told: document.Session, on: Ground, session: Session | None
) -> Programme:
    """Return the programme that is public with one session put right, or without it."""
    others = [other for other in previous.sessions if other.code != told.code]
    if session is None:
        return msgspec.structs.replace(previous, sessions=tuple(others))
    if session.starts_at is None:
        raise ValueError(f"session {session.code} is not placed")
    was_cancelled = told.status is Status.CANCELLED
    corrected = msgspec.structs.replace(
        told,
        starts_at=session.starts_at,
        minutes=session.minutes,
        room=session.room.slug if session.room else None,
        across_rooms=session.across_rooms,
        status=Status.TENTATIVE,
        # Who takes part in what was cancelled is not told; when it takes place again it is.
        people=appearances_of(session, on.plan) if was_cancelled else told.people,
    )
    rooms = previous.rooms
    if session.room and session.room.slug not in {room.slug for room in rooms}:
        rooms = (*rooms, room_of(session.room))
    return msgspec.structs.replace(previous, rooms=rooms, sessions=(*others, corrected))


def _says_something(programme: Programme) -> bool:
    return bool(programme.release.note) or any(session.changes for session in programme.sessions)
