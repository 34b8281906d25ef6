"""A schedule as a file tells it, whatever its dialect: texts as written, nothing interpreted."""

from dataclasses import dataclass


class UnreadableFileError(Exception):
    """A file cannot be imported at all; the message is one line that says why."""


@dataclass(frozen=True, kw_only=True)
class SourcePerson:
    """A person of an event."""

    id: str = ""
    guid: str = ""
    name: str = ""
    biography: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceDay:
    """A day of the conference; all three are written dates or times."""

    date: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceRoom:
    """A room that the file lists."""

    name: str
    capacity: int | None = None
    #: Where it is found, in a few words.
    floor: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceTrack:
    """A track that the file lists; its colour is ``#rrggbb``."""

    name: str
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceEvent:
    """One event of the schedule."""

    #: Its place among the events of the file, from 1.
    number: int
    day: SourceDay | None = None
    #: The name of the room that it is listed under; None when it is listed under none.
    listed_room: str | None = None
    #: The name of the room that it says itself, None when it says nothing.
    own_room: str | None = None
    id: str = ""
    guid: str = ""
    slug: str = ""
    date: str = ""
    start: str = ""
    duration: str = ""
    title: str = ""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    type: str = ""
    track: str = ""
    language: str = ""
    #: Where it can be followed online.
    online_url: str = ""
    persons: tuple[SourcePerson, ...] = ()
    #: What of it could not be read, in words for the report.
    remarks: tuple[str, ...] = ()
    #: Why it cannot be taken; empty when it can.
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceConference:
    """A whole schedule."""

    #: Whether Barnama wrote it: then texts are CommonMark and mean what they say.
    is_own: bool = False
    title: str = ""
    subtitle: str = ""
    acronym: str = ""
    start: str = ""
    end: str = ""
    venue: str = ""
    city: str = ""
    time_zone: str = ""
    #: The hour at which a day begins; what starts earlier belongs to the night before.
    day_change: str = ""
    days: tuple[SourceDay, ...] = ()
    rooms: tuple[SourceRoom, ...] = ()
    tracks: tuple[SourceTrack, ...] = ()
    events: tuple[SourceEvent, ...] = ()
