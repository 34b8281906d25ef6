"""A small plan in three languages in the database, for tests of what is made from plans."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from planner.database import write_tx
from planner.events.models import Event, Room, TextState, Theme
from planner.events.operations import add_room, add_theme, create_event
from planner.programme.document import Programme, decode
from planner.programme.vocabulary import Kind, Role, Stage
from planner.releases.operations import publish
from planner.sessions.models import Session, State
from planner.sessions.operations import add_session, place, set_people
from planner.sessions.operations import set_text as set_session_text
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import add_speaker
from planner.speakers.operations import set_text as set_speaker_text
from tests.kept import once

SLUG = "river-days"
DAY = date(2017, 1, 18)
FIRST = datetime(2016, 12, 21, 15, 0, tzinfo=UTC)

OPENING, WATER, WOMEN, PROPOSED = "3CDFGH", "4CDFGH", "6CDFGH", "7CDFGH"
SIDURI, ENKIDU, ZIN = "CDFGHJ", "DFGHJK", "FGHJKM"


@dataclass(frozen=True)
class Plan:
    """The plan of the small event, with its parts by their public names."""

    event: Event
    sessions: dict[str, Session]
    speakers: dict[str, Speaker]
    rooms: dict[str, Room]
    themes: dict[str, Theme]


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """Return an hour of the event by its wall clock."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute) + timedelta(days=days)


def make_plan(slug: str = SLUG, *, codes: str = "") -> None:
    """Make the small event; ``codes`` begins the codes of a second one, which must differ."""
    if (slug, codes) == (SLUG, ""):
        once(_make_plan)
    else:
        _make_plan(slug, codes)


def _make_plan(slug: str = SLUG, codes: str = "") -> None:
    with write_tx() as session:
        event = create_event(
            session,
            slug=slug,
            time_zone="Asia/Baghdad",
            uid_host="river-days.example",
            languages=["en", "ar", "ckb"],
            first_day=DAY,
            last_day=DAY + timedelta(days=1),
            name={"en": "River Days", "ar": "أيام النهر", "ckb": "ڕۆژانی ڕووبار"},
            venue_name={"ar": "بيت القصب"},
            withheld_name={"en": "Name withheld", "ar": "الاسم محفوظ"},
        )
        water = add_theme(event, slug="water", name={"ar": "الماء", "ckb": "ئاو"})
        women = add_theme(event, slug="women", name={"ar": "النساء", "ckb": "ژنان"})
        tigris = add_room(event, slug="tigris", name={"ar": "قاعة دجلة"}, capacity=220)
        zagros = add_room(event, slug="zagros", name={"ckb": "ژووری زاگرۆس"}, booths=1)
        siduri = _speaker(event, codes + SIDURI, Visibility.PUBLIC, "سيدوري")
        enkidu = _speaker(event, codes + ENKIDU, Visibility.PSEUDONYM, "أنكيدو")
        zin = _speaker(event, codes + ZIN, Visibility.WITHHELD, "زین")
        opening = _session(event, codes + OPENING, "الافتتاح", kind=Kind.PLENARY, across_rooms=True)
        place(opening, starts_at=at(9), room=tigris)
        set_people(opening, [(siduri, Role.MODERATOR)])
        panel = _session(event, codes + WATER, "حق الوصول إلى الماء", theme=water)
        place(panel, starts_at=at(10), room=tigris)
        set_people(panel, [(siduri, Role.SPEAKER), (enkidu, Role.SPEAKER), (zin, Role.INTERPRETER)])
        other = _session(event, codes + WOMEN, "ژنان و ئاشتی", theme=women)
        place(other, starts_at=at(10), room=zagros)
        set_people(other, [(zin, Role.SPEAKER)])
        proposed = _session(event, codes + PROPOSED, "اقتراح", state=State.PROPOSED)
        set_people(proposed, [(siduri, Role.SPEAKER)])


def _speaker(event: Event, code: str, visibility: Visibility, name: str) -> Speaker:
    speaker = add_speaker(event, code=code, visibility=visibility, email=f"{code}@people.invalid")
    set_speaker_text(speaker, "ar", display_name=name, organisation=f"منظمة {name}")
    if visibility is Visibility.PSEUDONYM:
        set_speaker_text(speaker, "ar", pseudonym="ابن البرية")
    return speaker


def _session(event: Event, code: str, title: str, **fields: object) -> Session:
    values = {"kind": Kind.PANEL, "minutes": 60, "state": State.CONFIRMED, **fields}
    session = add_session(event, code=code, original_language="ar", **values)  # type: ignore[arg-type]
    set_session_text(
        session, "ar", title=title, abstract="من النبع إلى المدينة.", state=TextState.DRAFT
    )
    return session


@contextmanager
def plan_to_change(slug: str = SLUG) -> Iterator[Plan]:
    """Open a transaction in which the parts of the plan can be changed."""
    with write_tx() as session:
        event = session.scalars(select(Event).where(Event.slug == slug)).one()
        yield Plan(
            event,
            {item.code: item for item in event.sessions},
            {speaker.code: speaker for speaker in event.speakers},
            {room.slug: room for room in event.rooms},
            {theme.slug: theme for theme in event.themes},
        )


def released(stage: Stage = Stage.DRAFT, *, hours: int = 0, slug: str = SLUG) -> Programme:
    """Publish the plan so many hours after the first release, and return what is public."""
    return decode(publish(slug, stage, at=FIRST + timedelta(hours=hours)).document)
