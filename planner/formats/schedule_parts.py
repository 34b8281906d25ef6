"""The parts of a schedule as schedule.xml and schedule.json see it; texts in one language."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.programme.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who is named, or goes by a pseudonym, on an event."""

    number: int
    guid: str
    name: str
    role: Role
    #: The code, the address of the page and the biography of somebody who is named.
    code: str | None = None
    url: str | None = None
    biography: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """A session; all moments are aware."""

    number: int
    guid: str
    #: None for a code that the formats would not take.
    code: str | None
    slug: str
    url: str
    title: str
    #: CommonMark.
    abstract: str
    kind: str
    #: Empty without a theme, or without a language.
    track: str
    language: str
    room: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    persons: tuple[Person, ...]
    #: The address at which it can be followed online.
    online_url: str | None


@dataclass(frozen=True, kw_only=True)
class Track:
    """A theme."""

    slug: str
    name: str
    #: ``#rrggbb``.
    colour: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A room, or what stands for one where a session has none."""

    name: str
    guid: str
    slug: str | None = None
    floor: str = ""
    capacity: int | None = None


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the conference with its events by room; it may go on after midnight."""

    index: int
    date: date
    starts_at: datetime
    ends_at: datetime
    rooms: tuple[tuple[Place, tuple[Event, ...]], ...]
