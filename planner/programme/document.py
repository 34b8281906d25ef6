"""The types of the programme document.

A document is immutable and holds only what may be public. Encoded, it is canonical: the same
document gives the same bytes, and their SHA-256 is its digest. Texts are maps from a language
code (BCP 47) to text; a language without a text is absent.
"""

import hashlib
from datetime import date, datetime
from typing import Annotated, Final, Literal

import msgspec

from planner.lib.palette import Colour
from planner.programme.vocabulary import Change, Kind, Role, Stage, Status

#: The version of these types. Documents of another are refused when they are read.
SCHEMA: Final = 1

#: The venue's wall clock: no offset, because a conference at nine stays at nine.
WallTime = Annotated[datetime, msgspec.Meta(tz=False)]
#: A moment on the time line, in UTC.
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Texts = dict[str, str]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part of the document: immutable, and strict when it is read."""


class Supporter(Part, frozen=True, kw_only=True):
    """An organisation that supports the event or takes part in making it."""

    name: Texts
    url: str | None = None


class EventInfo(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The event: what its pages say about it."""

    slug: str
    uid_host: str
    name: Texts
    tagline: Texts
    call: Texts
    notice: Texts
    principles: tuple[Texts, ...]
    supporters: tuple[Supporter, ...]
    partners: tuple[Supporter, ...]
    venue_name: Texts
    venue_address: Texts
    latitude: float | None
    longitude: float | None
    time_zone: str
    languages: tuple[str, ...]
    first_day: date
    last_day: date
    #: Minutes after midnight between which a day is drawn; the end may pass 1440, and then
    #: sessions in the small hours belong to the day before.
    day_from: int
    day_to: int
    registration_opens: WallTime | None
    registration_closes: WallTime | None
    withheld_name: Texts
    #: Whether pages of other sites may show the programme in a frame.
    may_be_embedded: bool = False


class Theme(Part, frozen=True, kw_only=True):
    """A subject that sessions belong to."""

    slug: str
    name: Texts
    description: Texts
    colour: Colour


class Room(Part, frozen=True, kw_only=True):
    """A place that holds one session at a time."""

    slug: str
    name: Texts
    floor: Texts
    capacity: int | None
    booths: int
    step_free: bool


class Speaker(Part, frozen=True, kw_only=True):
    """A person who agreed to be named. Nobody else is in the document."""

    code: str
    name: Texts
    organisation: Texts
    biography: Texts
    spoken_languages: tuple[str, ...]
    photo: str | None


class Appearance(Part, frozen=True, kw_only=True, omit_defaults=True):
    """One person's part in a session.

    ``speaker`` is the code of somebody who is named, ``pseudonym`` what somebody else is called;
    when both are empty the name is withheld, and nothing but the role is known.
    """

    role: Role
    speaker: str | None = None
    pseudonym: Texts = {}


class Placement(Part, frozen=True, kw_only=True):
    """Where and when a session stood in the release before."""

    starts_at: WallTime
    minutes: int
    room: str | None


class Session(Part, frozen=True, kw_only=True):
    """One item of the programme."""

    code: str
    guid: str
    kind: Kind
    theme: str | None
    starts_at: WallTime
    minutes: int
    #: A slug; none when the session is held in all rooms at once or in no particular one.
    room: str | None
    across_rooms: bool
    spoken_languages: tuple[str, ...]
    interpreted_languages: tuple[str, ...]
    original_language: str
    title: Texts
    abstract: Texts
    online_url: str | None
    people: tuple[Appearance, ...]
    status: Status
    #: Revision for calendars: one more whenever hour, room, length or status change
    #: (RFC 5546, section 2.1.4).
    sequence: int
    created_at: Instant
    changed_at: Instant
    #: What happened to it since the release before, and where it stood if it moved.
    changes: tuple[Change, ...] = ()
    formerly: Placement | None = None


class Release(Part, frozen=True, kw_only=True):
    """Which published programme this is."""

    number: int
    stage: Stage
    published_at: Instant
    note: Texts


class Programme(Part, frozen=True, kw_only=True):
    """A whole programme, as it was released."""

    schema: Literal[1]
    release: Release
    event: EventInfo
    themes: tuple[Theme, ...]
    rooms: tuple[Room, ...]
    speakers: tuple[Speaker, ...]
    sessions: tuple[Session, ...]


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Programme)


def encode(programme: Programme) -> bytes:
    """Return the document as canonical JSON (UTF-8, keys in order)."""
    return _encoder.encode(programme)


def decode(content: bytes) -> Programme:
    """Return the document that ``content`` holds.

    :raises msgspec.ValidationError: when it is not a programme of this schema.
    """
    return _decoder.decode(content)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of an encoded document, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
