"""A plan as plain values, for tests that compare two of them."""

from typing import Any

from sqlalchemy import select

from planner.events.models import Event
from planner.extensions import db
from planner.imports.operations import import_schedule
from planner.imports.report import Report
from planner.sessions.models import Session
from planner.speakers.models import Visibility

SLUG = "river-days"
_OF_EVENTS = ("name", "tagline", "venue_name", "venue_address", "time_zone", "languages")
_OF_EVENTS += ("first_day", "last_day", "day_from", "day_to")
_OF_SESSIONS = ("guid", "kind", "minutes", "starts_at", "across_rooms", "spoken_languages")
_OF_SESSIONS += ("interpreted_languages", "original_language", "state", "online_url")


def take(content: bytes, slug: str = SLUG, **options: Any) -> Report:
    """Import a schedule with the options that most tests want."""
    given = {"create": True, "names": Visibility.PUBLIC, "dry_run": False, "host": "river.example"}
    return import_schedule(content, slug=slug, **{**given, **options})


def event_of(slug: str = SLUG) -> Event:
    """Return the event as it is in the database now."""
    return db.session.scalars(select(Event).where(Event.slug == slug)).one()


def session_of(key: str, slug: str = SLUG) -> Session:
    """Return an imported session by its key."""
    return next(session for session in event_of(slug).sessions if session.source_key == key)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the database, versions included."""
    return {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in db.metadata.sorted_tables
    }


def dump(slug: str = SLUG) -> dict[str, Any]:
    """Return a plan without what is drawn by lot: ids and codes."""
    event = event_of(slug)
    return {
        "event": {name: getattr(event, name) for name in _OF_EVENTS},
        "rooms": [(room.slug, room.name, room.capacity) for room in event.rooms],
        "themes": [(theme.slug, theme.name, theme.colour) for theme in event.themes],
        "speakers": {
            speaker.source_key: (speaker.visibility, _texts(speaker.texts))
            for speaker in event.speakers
        },
        "sessions": {session.source_key: _session(session) for session in event.sessions},
    }


def _session(session: Session) -> dict[str, Any]:
    plain = {name: getattr(session, name) for name in _OF_SESSIONS}
    return plain | {
        "room": session.room and session.room.slug,
        "theme": session.theme and session.theme.slug,
        "texts": _texts(session.texts),
        "people": [(person.speaker.source_key, person.role) for person in session.people],
    }


def _texts(texts: dict[str, Any]) -> dict[str, dict[str, str]]:
    names = ("title", "abstract", "display_name", "biography")
    return {
        lang: {name: getattr(text, name) for name in names if hasattr(text, name)}
        for lang, text in texts.items()
    }
