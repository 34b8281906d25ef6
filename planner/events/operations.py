"""Making and changing events, rooms and themes. Callers hold a write transaction."""

import re
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, object_session
from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import RESERVED_SLUGS, Event, Room, Theme
from planner.lib.codes import new_code
from planner.lib.palette import Colour

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")


class InvalidEventError(ValueError):
    """An event cannot be made of what was given; the message says why."""


def create_event(session: DatabaseSession, *, slug: str, time_zone: str, **fields: Any) -> Event:
    """Make an event; ``fields`` are columns of :class:`planner.events.models.Event`.

    :raises InvalidEventError: when the slug is unusable or taken, or the time zone unknown.
    """
    if not _SLUG.match(slug) or slug in RESERVED_SLUGS:
        raise InvalidEventError(
            f"“{slug}” cannot be an event's slug: use small Latin letters, digits and hyphens, "
            f"and none of {', '.join(sorted(RESERVED_SLUGS))}"
        )
    if time_zone not in available_timezones():
        raise InvalidEventError(f"“{time_zone}” is not a time zone such as Asia/Baghdad")
    if session.scalar(select(Event.id).where(Event.slug == slug)) is not None:
        raise InvalidEventError(f"there is an event “{slug}” already")
    event = Event(slug=slug, time_zone=time_zone, **fields)
    session.add(event)
    session.flush()
    return event


def unused_code(event: Event, column: InstrumentedAttribute[str]) -> str:
    """Return a random code that nothing of the installation has yet in this column."""
    database = object_session(event)
    while True:
        code = new_code()
        if database is None or database.scalar(select(column).where(column == code)) is None:
            return code


def add_theme(
    event: Event,
    *,
    slug: str,
    name: dict[str, str],
    description: dict[str, str] | None = None,
    colour: Colour | None = None,
) -> Theme:
    """Add a theme at the end; without a colour it gets the next of the palette."""
    position = len(event.themes)
    palette = list(Colour)
    theme = Theme(
        slug=slug,
        name=name,
        description=description or {},
        colour=colour or palette[position % len(palette)],
        position=position,
    )
    event.themes.append(theme)
    return theme


def add_room(event: Event, *, slug: str, name: dict[str, str], **fields: Any) -> Room:
    """Add a room at the end; ``fields`` are columns of :class:`planner.events.models.Room`."""
    room = Room(slug=slug, name=name, position=len(event.rooms), **fields)
    event.rooms.append(room)
    return room
