"""A schedule as it will stand in the plan: everything interpreted, nothing of the database."""

from dataclasses import dataclass, field
from datetime import date, datetime

from planner.lib.palette import Colour
from planner.programme.vocabulary import Kind, Role


@dataclass(frozen=True, kw_only=True)
class DraftPerson:
    """A speaker, once for all sessions."""

    #: What they are called in later imports of the same conference.
    key: str
    #: What they were called where the file then knew nobody else by the same id, or somebody.
    former_keys: tuple[str, ...]
    name: str
    #: CommonMark; empty when the file tells none.
    biography: str
    #: The languages in which name and biography are written.
    name_language: str
    biography_language: str


@dataclass(frozen=True, kw_only=True)
class DraftSession:
    """A session."""

    number: int
    #: Where it stands in the file, for the report.
    where: str
    key: str
    #: What it is called in files that give ids and no guids; empty when it has no id.
    id_key: str
    guid: str
    #: None when the file says nothing that tells it.
    kind: Kind | None
    theme: str | None
    #: A room's name as the plan will have it; with no room or no start it is unplaced.
    room: str | None
    starts_at: datetime | None
    minutes: int
    spoken_languages: tuple[str, ...]
    #: The language of title and abstract.
    language: str
    title: str
    abstract: str
    online_url: str | None
    #: Keys of persons, and their role where the file says it.
    people: tuple[tuple[str, Role | None], ...]


@dataclass(frozen=True, kw_only=True)
class DraftRoom:
    """A room, with its names by language."""

    name: dict[str, str]
    capacity: int | None = None
    floor: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DraftTheme:
    """A theme, with its names by language; without a colour it gets the next of the palette."""

    name: dict[str, str]
    colour: Colour | None = None


@dataclass(frozen=True, kw_only=True)
class DraftFrame:
    """What an event is made with when the import makes it."""

    name: dict[str, str]
    tagline: dict[str, str]
    venue_name: dict[str, str]
    venue_address: dict[str, str]
    languages: tuple[str, ...]
    time_zone: str
    first_day: date
    last_day: date
    day_from: int
    day_to: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A whole schedule. Rooms and themes are keyed by the names that sessions refer to."""

    #: None when no day is known on which the event could take place.
    frame: DraftFrame | None
    rooms: dict[str, DraftRoom]
    themes: dict[str, DraftTheme]
    persons: dict[str, DraftPerson]
    sessions: tuple[DraftSession, ...]
    #: Keys of events that are in the file but were refused.
    refused_keys: frozenset[str]
    #: The acronym of the event that we wrote the file of; none for files of others.
    own_acronym: str | None = None
