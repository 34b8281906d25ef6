"""Filling an installation with the sample event."""

import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.events.models import Event, Room, TextState, Theme
from planner.events.operations import add_room, add_theme, create_event
from planner.extensions import db
from planner.interpreting.models import Turn
from planner.lib.palette import Colour
from planner.programme.vocabulary import Kind, Role, Stage
from planner.releases.models import Release
from planner.releases.operations import publish
from planner.sample.participants import add_participants
from planner.sessions.models import Session, State
from planner.sessions.operations import add_session, place, set_people
from planner.sessions.operations import set_text as set_session_text
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import add_speaker
from planner.speakers.operations import set_text as set_speaker_text

_DATA = Path(__file__).parent / "data"
_Table = dict[str, Any]


class OtherEventsError(Exception):
    """The installation holds events that are not the sample; nothing was touched."""

    def __init__(self, slugs: list[str]) -> None:
        super().__init__(", ".join(slugs))
        self.slugs = slugs


def fill() -> str:
    """Make the sample event with its two releases where it is missing; return its slug.

    A step that was interrupted is taken up again; a sample that is complete stays as it is.

    :raises OtherEventsError: when the installation holds any other event.
    """
    about = _read("event")
    slug: str = about["slug"]
    with write_tx() as session:
        others = session.scalars(select(Event.slug).where(Event.slug != slug)).all()
        if others:
            raise OtherEventsError(sorted(others))
        if session.scalar(select(Event.id).where(Event.slug == slug)) is None:
            _make_plan(session, about)
    if not _releases(slug):
        publish(slug, Stage.DRAFT, note=about["draft"]["note"], at=about["draft"]["published_at"])
    if len(_releases(slug)) == 1:
        _settle(slug)
        publish(slug, Stage.FINAL, note=about["final"]["note"], at=about["final"]["published_at"])
    return slug


def _read(name: str) -> _Table:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _releases(slug: str) -> list[int]:
    numbers = select(Release.number).join(Release.event).where(Event.slug == slug)
    return list(db.session.scalars(numbers))


def _make_plan(session: DatabaseSession, about: _Table) -> None:
    event = create_event(
        session,
        slug=about["slug"],
        time_zone=about["time_zone"],
        uid_host=about["uid_host"],
        languages=about["languages"],
        first_day=about["first_day"],
        last_day=about["last_day"],
        day_from=about["day_from"].hour * 60 + about["day_from"].minute,
        day_to=about["day_to"].hour * 60 + about["day_to"].minute,
        latitude=about["latitude"],
        longitude=about["longitude"],
        registration_opens=about["registration_opens"],
        registration_closes=about["registration_closes"],
        name=about["name"],
        tagline=about["tagline"],
        call=about["call"],
        notice=about["notice"],
        venue_name=about["venue_name"],
        venue_address=about["venue_address"],
        withheld_name=about["withheld_name"],
        principles=about["principle"],
        supporters=[
            {"name": {"en": entry["name"]}, "url": entry.get("url")} for entry in about["supporter"]
        ],
        partners=[{"name": entry, "url": None} for entry in about["partner"]],
    )
    themes = {
        entry["slug"]: add_theme(event, **{**entry, "colour": Colour(entry["colour"])})
        for entry in _read("themes")["theme"]
    }
    rooms = {entry["slug"]: add_room(event, **entry) for entry in _read("rooms")["room"]}
    speakers = {entry["key"]: _add_speaker(event, entry) for entry in _read("speakers")["speaker"]}
    for entry in _read("sessions")["session"]:
        _add_session(session, event, entry, themes, rooms, speakers)
    add_participants(session, event, _read("participants")["participant"])


def _add_speaker(event: Event, entry: _Table) -> Speaker:
    speaker = add_speaker(
        event,
        code=entry["code"],
        email=entry["email"],
        visibility=Visibility(entry["visibility"]),
        spoken_languages=entry["spoken_languages"],
    )
    for lang in event.languages:
        set_speaker_text(
            speaker,
            lang,
            display_name=entry["name"].get(lang, ""),
            pseudonym=entry.get("pseudonym", {}).get(lang, ""),
            organisation=entry.get("organisation", {}).get(lang, ""),
            biography=entry["biography"].get(lang, ""),
        )
    return speaker


def _add_session(  # noqa: PLR0917 -- what the entry names
    database: DatabaseSession,
    event: Event,
    entry: _Table,
    themes: dict[str, Theme],
    rooms: dict[str, Room],
    speakers: dict[str, Speaker],
) -> None:
    """Add a session as the draft had it; what the final programme changed comes later."""
    draft = entry.get("draft", {})
    session = add_session(
        event,
        code=entry["code"],
        kind=Kind(entry["kind"]),
        minutes=entry["minutes"],
        original_language=entry["original_language"],
        state=State.PROPOSED if draft.get("absent") else State(draft.get("state", entry["state"])),
        theme=themes[entry["theme"]] if "theme" in entry else None,
        across_rooms=entry.get("across_rooms", False),
        spoken_languages=entry.get("spoken_languages", []),
        interpreted_languages=entry.get("interpreted_languages", []),
        audience=entry.get("audience"),
    )
    room = draft.get("room", entry.get("room"))
    place(
        session,
        starts_at=draft.get("start", entry["start"]),
        room=rooms[room] if room else None,
    )
    for lang, title in entry["title"].items():
        set_session_text(
            session,
            lang,
            title=title,
            abstract=entry.get("abstract", {}).get(lang, "").strip(),
            state=TextState.REVIEWED,
        )
    people = [(speakers[person["key"]], Role(person["role"])) for person in entry["speakers"]]
    set_people(session, people)
    for turn in entry.get("turns", []):
        about = {name: turn[name] for name in ("spoken", "into", "begins", "ends")}
        database.add(Turn(session=session, speaker=speakers[turn["key"]], **about))


def _settle(slug: str) -> None:
    """Change the plan of the draft into that of the final programme."""
    with write_tx() as session:
        event = session.scalars(select(Event).where(Event.slug == slug)).one()
        rooms = {room.slug: room for room in event.rooms}
        sessions = {item.code: item for item in event.sessions}
        for entry in _read("sessions")["session"]:
            if "draft" in entry:
                _settle_session(sessions[entry["code"]], entry, rooms)


def _settle_session(session: Session, entry: _Table, rooms: dict[str, Room]) -> None:
    session.state = State(entry["state"])
    place(
        session,
        starts_at=entry["start"],
        room=rooms[entry["room"]] if "room" in entry else None,
    )
