"""Programmes that hypothesis invents: any text, any zone, any hour, and much that is not tidy."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec
from hypothesis import strategies as st

from planner.lib.codes import ALPHABET
from planner.lib.palette import Colour
from planner.programme.document import (
    Appearance,
    Programme,
    Release,
    Room,
    Session,
    Speaker,
    Texts,
    Theme,
)
from planner.programme.vocabulary import Kind, Role, Stage, Status
from tests.examples import EVENT, PROGRAMME, session

#: Zones with and without daylight saving, of whole hours and not, and names that are unusual.
ZONES = (
    "Asia/Baghdad",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Etc/GMT+3",
    "EST5EDT",
    "UTC",
)
LANGUAGES = ("ar", "ckb", "en", "de")
_SLUGS = ("tigris", "r-2", "x", "9", "42-b", "قاعة", "a--")
_codes = st.text(ALPHABET, min_size=6, max_size=6) | st.text("34Cد-_z", min_size=1, max_size=8)
_plain = st.sampled_from(["حق الماء", "ڕۆژنامەگەری", "Water", "Water", "=1+1", "«A» & <b>", " "])
_texts: st.SearchStrategy[Texts] = st.dictionaries(
    st.sampled_from(LANGUAGES), _plain | st.text(max_size=12), max_size=3
)
_guids = st.uuids().map(str) | st.sampled_from(["", "no-guid", str(UUID(int=7))])


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Return a programme of up to a dozen sessions."""
    first_day = draw(st.dates(date(2016, 1, 1), date(2029, 12, 31)))
    day_from = draw(st.integers(0, 1439))
    event = msgspec.structs.replace(
        EVENT,
        slug=draw(st.sampled_from(["ab", "33c3", "icssi-2017", "river-days"])),
        name=draw(_texts),
        venue_name=draw(_texts),
        time_zone=draw(st.sampled_from(ZONES)),
        languages=tuple(draw(st.lists(st.sampled_from(LANGUAGES), max_size=3, unique=True))),
        first_day=first_day,
        last_day=first_day + timedelta(days=draw(st.integers(0, 3))),
        day_from=day_from,
        day_to=draw(st.integers(day_from + 1, day_from + 1440)),
    )
    rooms = _unique(draw(st.lists(_rooms(), max_size=4)), "slug")
    themes = _unique(draw(st.lists(_themes(), max_size=3)), "slug")
    speakers = _unique(draw(st.lists(_speakers(), max_size=4)), "code")
    sessions = st.lists(_sessions(first_day, rooms, themes, speakers), max_size=12)
    told = sorted(_unique(draw(sessions), "code"), key=lambda each: each.starts_at)
    return msgspec.structs.replace(
        PROGRAMME,
        release=Release(
            number=draw(st.integers(1, 99)),
            stage=draw(st.sampled_from(Stage)),
            published_at=datetime(2016, 12, 21, tzinfo=UTC),
            note={},
        ),
        event=event,
        rooms=tuple(rooms),
        themes=tuple(themes),
        speakers=tuple(speakers),
        sessions=tuple(told),
    )


def _unique(parts: list, key: str) -> list:  # type: ignore[type-arg]
    return list({getattr(part, key): part for part in parts}.values())


@st.composite
def _rooms(draw: st.DrawFn) -> Room:
    return Room(
        slug=draw(st.sampled_from(_SLUGS)),
        name=draw(_texts),
        floor=draw(_texts),
        capacity=draw(st.none() | st.integers(1, 5000)),
        booths=0,
        step_free=True,
    )


@st.composite
def _themes(draw: st.DrawFn) -> Theme:
    return Theme(
        slug=draw(st.sampled_from(_SLUGS)),
        name=draw(_texts),
        description={},
        colour=draw(st.sampled_from(Colour)),
    )


@st.composite
def _speakers(draw: st.DrawFn) -> Speaker:
    return Speaker(
        code=draw(_codes),
        name=draw(_texts),
        organisation=draw(_texts),
        biography=draw(_texts),
        spoken_languages=(),
        photo=None,
    )


@st.composite
def _sessions(
    draw: st.DrawFn,
    first_day: date,
    rooms: list[Room],
    themes: list[Theme],
    speakers: list[Speaker],
) -> Session:
    midnight = datetime(first_day.year, first_day.month, first_day.day)
    after = draw(st.integers(-1, 5 * 288))
    person = st.builds(
        Appearance,
        role=st.sampled_from(Role),
        speaker=st.sampled_from([None, "GONE77", *(speaker.code for speaker in speakers)]),
        pseudonym=_texts,
    )
    return session(
        draw(_codes),
        guid=draw(_guids),
        kind=draw(st.sampled_from(Kind)),
        theme=draw(st.sampled_from([None, *(theme.slug for theme in themes)])),
        starts_at=midnight + timedelta(minutes=5 * after),
        minutes=draw(st.integers(1, 300) | st.integers(1, 8000)),
        room=draw(st.sampled_from([None, *(room.slug for room in rooms)])),
        across_rooms=draw(st.booleans()),
        spoken_languages=tuple(draw(st.lists(st.sampled_from(LANGUAGES), unique=True))),
        original_language=draw(st.sampled_from(LANGUAGES)),
        title=draw(_texts),
        abstract=draw(_texts),
        online_url=draw(st.sampled_from([None, "https://bث.example/ a", "javascript:alert(1)"])),
        people=tuple(draw(st.lists(person, max_size=4))),
        status=draw(st.sampled_from(Status)),
    )
