"""A programme as it is read: the document with its digest, and its parts looked up by name."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol

from planner.programme.document import (
    EventInfo,
    Placement,
    Programme,
    Release,
    Room,
    Session,
    Speaker,
    Theme,
)

_MINUTES_OF_A_DAY = 24 * 60


class Published:
    """The current programme of an event, with its digest. Immutable; indices are made once."""

    def __init__(self, programme: Programme, digest: str) -> None:
        self.programme = programme
        self.digest = digest

    @property
    def event(self) -> EventInfo:
        """The event."""
        return self.programme.event

    @property
    def release(self) -> Release:
        """The release that this is."""
        return self.programme.release

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions in order of time, cancelled ones included."""
        return self.programme.sessions

    @cached_property
    def session_by_code(self) -> dict[str, Session]:
        """Sessions by their codes."""
        return {session.code: session for session in self.programme.sessions}

    @cached_property
    def speaker_by_code(self) -> dict[str, Speaker]:
        """Named speakers by their codes."""
        return {speaker.code: speaker for speaker in self.programme.speakers}

    @cached_property
    def theme_by_slug(self) -> dict[str, Theme]:
        """Themes by their slugs, in the event's order."""
        return {theme.slug: theme for theme in self.programme.themes}

    @cached_property
    def room_by_slug(self) -> dict[str, Room]:
        """Rooms by their slugs, in the event's order."""
        return {room.slug: room for room in self.programme.rooms}

    @cached_property
    def sessions_by_day(self) -> dict[date, tuple[Session, ...]]:
        """Sessions by the day of the conference, every day of the event among the keys."""
        days: dict[date, list[Session]] = {}
        span = (self.event.last_day - self.event.first_day).days
        for offset in range(span + 1):
            days[self.event.first_day + timedelta(days=offset)] = []
        for session in self.sessions:
            days.setdefault(day_of(self.event, session.starts_at), []).append(session)
        return {day: tuple(days[day]) for day in sorted(days)}

    @cached_property
    def languages_heard(self) -> tuple[str, ...]:
        """Languages that some session is spoken in or interpreted into, the event's first."""
        heard = {
            language
            for session in self.sessions
            for language in (*session.spoken_languages, *session.interpreted_languages)
        }
        own = [language for language in self.event.languages if language in heard]
        return (*own, *sorted(heard - set(own)))

    def sessions_of_theme(self, slug: str) -> tuple[Session, ...]:
        """Return the sessions of a theme."""
        return tuple(session for session in self.sessions if session.theme == slug)

    def sessions_in_room(self, slug: str) -> tuple[Session, ...]:
        """Return the sessions held in a room."""
        return tuple(session for session in self.sessions if session.room == slug)

    def sessions_with(self, code: str) -> tuple[Session, ...]:
        """Return the sessions in which a named speaker takes part."""
        return tuple(
            session
            for session in self.sessions
            if any(person.speaker == code for person in session.people)
        )


def day_of(event: EventInfo, starts_at: datetime) -> date:
    """Return the day of the conference that a moment belongs to.

    Where a day goes on after midnight, the small hours belong to the day before, but never
    to one before the first day.
    """
    day = starts_at.date()
    midnight = event.day_to - _MINUTES_OF_A_DAY
    if midnight > 0 and starts_at.hour * 60 + starts_at.minute < midnight and day > event.first_day:
        return day - timedelta(days=1)
    return day


def ends_at(session: Session | Placement) -> datetime:
    """Return the wall-clock moment at which a session ends."""
    return session.starts_at + timedelta(minutes=session.minutes)


class Source(Protocol):
    """Where public pages get programmes from. They know nothing of what stands behind it."""

    def current(self, slug: str) -> Published | None:
        """Return the programme that an event publishes now, or None."""

    def history(self, slug: str) -> Iterable[Published]:
        """Return every release of an event, the newest first."""

    def events(self) -> Iterable[Published]:
        """Return the current programme of every event that has one, the latest event first."""

    def answers(self) -> bool:
        """Tell whether programmes can be had at all just now."""
