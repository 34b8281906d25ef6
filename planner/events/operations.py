"""Making, changing and deleting events, and adding rooms and themes.

What has no user and no version is for imports and the sample: its callers hold a transaction.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute, object_session
from sqlalchemy.orm import Session as DatabaseSession

from planner.accounts.models import MemberRole, Membership
from planner.database import write_tx
from planner.events.models import RESERVED_SLUGS, Event, LabelState, Room, Theme
from planner.events.queries import photos_of
from planner.extensions import metadata
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import (
    GoneError,
    Record,
    check_version,
    lock_plan,
    note_down,
    recorded,
)
from planner.lib.codes import new_code
from planner.lib.palette import Colour

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")


#: What the public reads for a name that is withheld, until organizers say it in their words.
WITHHELD_NAME = {"en": "Name withheld", "ar": "الاسم محفوظ", "ckb": "ناوی پارێزراوە"}

CREATED = words.action("event.created", N_("Event “%(event)s” made"))
TEXTS = words.action("event.texts", N_("Texts of the event changed"))
PRINCIPLES = words.action("event.principles", N_("Principles and supporters changed"))
DATES = words.action("event.dates", N_("Dates and languages of the event changed"))
LIMITS = words.action("event.limits", N_("Limits of the timetable changed"))
SPEAKERS = words.action("event.speakers", N_("What speakers may do changed"))
SECURITY = words.action("event.security", N_("What organizers need to sign in changed"))


class InvalidEventError(ValueError):
    """An event cannot be made of what was given; the message says why."""


class SlugTakenError(InvalidEventError):
    """Something else is called so in addresses already."""


def is_slug(written: str) -> bool:
    """Tell whether something can be called so in addresses."""
    return _SLUG.match(written) is not None


def create_event(session: DatabaseSession, *, slug: str, time_zone: str, **fields: Any) -> Event:
    """Make an event; ``fields`` are columns of :class:`planner.events.models.Event`.

    :raises InvalidEventError: when the slug is unusable or taken, or the time zone unknown.
    """
    if not is_slug(slug) or slug in RESERVED_SLUGS:
        raise InvalidEventError(
            f"“{slug}” cannot be an event's slug: use small Latin letters, digits and hyphens, "
            f"and none of {', '.join(sorted(RESERVED_SLUGS))}"
        )
    if time_zone not in available_timezones():
        raise InvalidEventError(f"“{time_zone}” is not a time zone such as Asia/Baghdad")
    if session.scalar(select(Event.id).where(Event.slug == slug)) is not None:
        raise SlugTakenError(f"there is an event “{slug}” already")
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
    palette = list(Colour)
    theme = Theme(
        slug=slug,
        name=name,
        description=description or {},
        colour=colour or palette[len(event.themes) % len(palette)],
        position=_last_position(event.themes) + 1,
    )
    event.themes.append(theme)
    return theme


def add_room(event: Event, *, slug: str, name: dict[str, str], **fields: Any) -> Room:
    """Add a room at the end; ``fields`` are columns of :class:`planner.events.models.Room`."""
    room = Room(slug=slug, name=name, position=_last_position(event.rooms) + 1, **fields)
    event.rooms.append(room)
    return room


def _last_position(parts: Sequence[Room | Theme]) -> int:
    return max((part.position for part in parts), default=-1)


def found_event(user_id: int, *, slug: str, **fields: Any) -> Event:
    """Make an event whose owner is a user, who may know the names of all its people.

    ``fields`` are as in :func:`create_event`.

    :raises SlugTakenError: when another event has that slug.
    :raises InvalidEventError: when no event can be made of what was given.
    """
    with write_tx() as database:
        event = create_event(database, slug=slug, withheld_name=WITHHELD_NAME, **fields)
        database.add(
            Membership(event_id=event.id, user_id=user_id, role=MemberRole.OWNER, sees_names=True)
        )
        note_down(database, event.id, user_id, CREATED, {"event": words.texts(event.name)})
    return event


def change_event(
    event_id: int, user_id: int, action: str, *, version: int | None, values: Mapping[str, Any]
) -> Entry | None:
    """Change columns of an event; ``action`` is one of those of this module.

    :raises StaleError: when somebody else changed the event after ``version``.
    :raises GoneError: when there is no such event any more.
    """
    with recorded(event_id, user_id, action) as record:
        event = locked_event(record)
        check_version(event, version)
        for name, value in values.items():
            setattr(event, name, value)
    return record.entry


def change_dates(
    event_id: int, user_id: int, *, version: int | None, values: Mapping[str, Any]
) -> Entry | None:
    """Change the dates, hours and languages of an event: its sessions stay where they are.

    Days whose hours are those of the event take its new ones.

    :raises StaleError: when somebody else changed the event after ``version``.
    :raises GoneError: when there is no such event any more.
    """
    with recorded(event_id, user_id, DATES) as record:
        event = locked_event(record)
        check_version(event, version)
        for day in event.days:
            if (day.day_from, day.day_to) == (event.day_from, event.day_to):
                day.day_from, day.day_to = values["day_from"], values["day_to"]
        for name, value in values.items():
            setattr(event, name, value)
    return record.entry


def delete_event(event_id: int, uploads: Path) -> None:
    """Delete an event with everything in it, its releases, its journal and its photos for good.

    ``uploads`` is the folder of the photos.
    """
    with write_tx() as database:
        lock_plan(database, event_id)
        photos = photos_of(event_id)
        # Sessions go first, because no room may go before what is placed in it.
        sessions = metadata.tables["session"]
        database.execute(delete(sessions).where(sessions.c.event_id == event_id))
        database.execute(delete(Event).where(Event.id == event_id))
        database.expire_all()
    for name in photos:
        path = uploads / name
        if path.parent == uploads:
            path.unlink(missing_ok=True)


def locked_event(record: Record) -> Event:
    """Return the event whose plan a record changes.

    :raises GoneError: when there is no such event any more.
    """
    event = record.database.get(Event, record.event_id)
    if event is None:
        raise GoneError("event")
    return event


def forget_states(database: DatabaseSession, event_id: int, subject: str) -> None:
    """Forget how far the translations of a thing have come that goes: ``room:12``."""
    for state in database.scalars(
        select(LabelState).where(LabelState.event_id == event_id, LabelState.subject == subject)
    ):
        database.delete(state)
