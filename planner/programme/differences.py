"""What differs between two programmes, session by session."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from planner.programme.document import Appearance, Placement, Programme, Session
from planner.programme.vocabulary import Change, Status

#: Changes after which calendars must take the event anew (RFC 5546, section 2.1.4).
RESCHEDULING = frozenset(
    {Change.MOVED, Change.ROOM, Change.LENGTH, Change.CANCELLED, Change.RESTORED}
)


class SessionDifference(msgspec.Struct, frozen=True):
    """One session that is not as it was: before, after (the public has both), and how."""

    before: Session | None
    after: Session
    changes: tuple[Change, ...]


def differences(before: Programme, after: Programme) -> tuple[SessionDifference, ...]:
    """Return every session that changed from one programme to the other, in order of time.

    A change of people includes a change of somebody's name; a change of theme, room or time
    zone that only renames it is not one of the session.
    """
    former = {session.code: session for session in before.sessions}
    found = []
    for session in after.sessions:
        old = former.get(session.code)
        changes = changes_between(before, old, after, session)
        if changes:
            found.append(SessionDifference(old, session, changes))
    return tuple(found)


def changes_between(
    before: Programme, old: Session | None, after: Programme, new: Session
) -> tuple[Change, ...]:
    """Return what happened to one session between two programmes.

    ``old`` is None when the session was not in the programme before.
    """
    if old is None:
        return (Change.NEW,)
    if new.status is Status.CANCELLED:
        return () if old.status is Status.CANCELLED else (Change.CANCELLED,)
    changes = []
    if old.status is Status.CANCELLED:
        changes.append(Change.RESTORED)
    zones_differ = before.event.time_zone != after.event.time_zone
    if old.starts_at != new.starts_at or zones_differ:
        changes.append(Change.MOVED)
    if (old.room, old.across_rooms) != (new.room, new.across_rooms):
        changes.append(Change.ROOM)
    if old.minutes != new.minutes:
        changes.append(Change.LENGTH)
    if (old.title, old.abstract) != (new.title, new.abstract):
        changes.append(Change.TEXT)
    # A cancelled session names nobody, so that its people are back says nothing new.
    if old.status is not Status.CANCELLED and _people(before, old) != _people(after, new):
        changes.append(Change.PEOPLE)
    if _languages(old) != _languages(new):
        changes.append(Change.LANGUAGES)
    if old.theme != new.theme:
        changes.append(Change.THEME)
    return tuple(changes)


def placement_of(session: Session) -> Placement:
    """Return where and when a session stands."""
    return Placement(starts_at=session.starts_at, minutes=session.minutes, room=session.room)


def rendering_of(programme: Programme, session: Session) -> bytes:
    """Return everything that is rendered into the session's calendar event, as comparable bytes.

    Whatever is told with a session belongs here: calendar programs take an event anew only when
    its LAST-MODIFIED moves, so that must move with each of these, room names included.
    """
    event = programme.event
    room = next((room for room in programme.rooms if room.slug == session.room), None)
    theme = next((theme for theme in programme.themes if theme.slug == session.theme), None)
    content: list[Any] = [
        msgspec.structs.replace(
            session, sequence=0, created_at=_EPOCH, changed_at=_EPOCH, changes=(), formerly=None
        ),
        (event.slug, event.uid_host, event.venue_name, event.venue_address),
        (event.latitude, event.longitude, event.time_zone, event.languages, event.withheld_name),
        # Outside of the years of the event its hours are told in UTC.
        (event.first_day.year, event.last_day.year),
        room and (room.name, room.floor),
        theme and (theme.name, theme.colour),
        _people(programme, session),
    ]
    return msgspec.json.encode(content, order="deterministic")


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _people(programme: Programme, session: Session) -> list[tuple[Appearance, Any]]:
    codes = {person.speaker for person in session.people if person.speaker}
    named = (
        {s.code: (s.name, s.organisation) for s in programme.speakers if s.code in codes}
        if codes
        else {}
    )
    return [(person, named.get(person.speaker or "")) for person in session.people]


def _languages(session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return session.spoken_languages, session.interpreted_languages
