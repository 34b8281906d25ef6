"""Rooms and themes, whose operations are the same: add, change, copy, put elsewhere, remove.

Their slugs stand in addresses and in calendars that people subscribed to, so a slug that was
released stays.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.events.models import Event, Room, Theme
from planner.events.operations import (
    SlugTakenError,
    add_room,
    add_theme,
    forget_states,
    locked_event,
)
from planner.events.queries import Named, named_digest, released_slugs, sessions_where, table
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, Record, StaleError, check_version, recorded
from planner.lib.text import slug_of

Part = Room | Theme
_LETTER = re.compile("[a-z]")
#: Words that stand where slugs of rooms and themes stand in addresses of the desk.
_RESERVED = {"new"}


class SlugReleasedError(Exception):
    """The slug is known to the public, and stays."""


@dataclass(frozen=True)
class Sort:
    """Rooms or themes, with what tells the ones from the others."""

    name: str
    model: type[Room] | type[Theme]
    #: The column of sessions that refers to one.
    column: str
    added: str
    changed: str
    copied: str
    moved: str
    removed: str

    def of(self, event: Event) -> list[Part]:
        """Return all of an event, in their order."""
        parts: list[Part] = [*(event.rooms if self.model is Room else event.themes)]
        return sorted(parts, key=lambda part: (part.position, part.id))


ROOMS = Sort(
    "room",
    Room,
    "room_id",
    added=words.action("room.added", N_("Room “%(room)s” added")),
    changed=words.action("room.changed", N_("Room “%(room)s” changed")),
    copied=words.action("room.copied", N_("Room “%(room)s” duplicated")),
    moved=words.action("room.moved", N_("Room “%(room)s” put elsewhere in the order")),
    removed=words.action("room.removed", N_("Room “%(room)s” deleted")),
)
THEMES = Sort(
    "theme",
    Theme,
    "theme_id",
    added=words.action("theme.added", N_("Theme “%(theme)s” added")),
    changed=words.action("theme.changed", N_("Theme “%(theme)s” changed")),
    copied=words.action("theme.copied", N_("Theme “%(theme)s” duplicated")),
    moved=words.action("theme.moved", N_("Theme “%(theme)s” put elsewhere in the order")),
    removed=words.action("theme.removed", N_("Theme “%(theme)s” deleted")),
)


def add(sort: Sort, event_id: int, user_id: int, values: Mapping[str, Any]) -> str:
    """Add a room or theme at the end, and return its slug: made from its name where none is given.

    :raises SlugTakenError: when another one of the event has that slug, or had it in a release.
    :raises GoneError: when there is no such event any more.
    """
    with recorded(event_id, user_id, sort.added) as record:
        event = locked_event(record)
        given = dict(values)
        slug = given.pop("slug", "") or _new_slug(sort, event, given["name"])
        _check_free(sort, event, slug)
        if slug in released_slugs(event_id)[sort.name]:
            raise SlugTakenError(slug)
        _add(sort, event, slug, given)
        _tell(record, sort, given["name"])
    return slug


def change(
    sort: Sort,
    event_id: int,
    user_id: int,
    slug: str,
    *,
    version: int | None,
    values: Mapping[str, Any],
) -> Entry | None:
    """Change a room or theme.

    :raises StaleError: when somebody else changed it after ``version``.
    :raises GoneError: when it is not there any more.
    :raises SlugTakenError: when another one of the event has the new slug.
    :raises SlugReleasedError: when the public knows it by its old slug.
    """
    with recorded(event_id, user_id, sort.changed) as record:
        event = locked_event(record)
        part = _part(sort, event, slug)
        check_version(part, version)
        wanted = values.get("slug") or slug
        if wanted != slug:
            if slug in released_slugs(event_id)[sort.name]:
                raise SlugReleasedError(slug)
            _check_free(sort, event, wanted)
        for name, value in {**values, "slug": wanted}.items():
            setattr(part, name, value)
        _tell(record, sort, part.name)
    return record.entry


def copy(sort: Sort, event_id: int, user_id: int, slug: str) -> str:
    """Add a room or theme like another one, after it, and return the new slug.

    :raises GoneError: when it is not there any more.
    """
    with recorded(event_id, user_id, sort.copied) as record:
        event = locked_event(record)
        part = _part(sort, event, slug)
        values = {
            column.name: getattr(part, column.name)
            for column in table(sort.name).columns
            if column.name not in {"id", "event_id", "slug", "position", "version"}
        }
        values["name"] = _numbered(part.name, [other.name for other in sort.of(event)])
        order = sort.of(event)
        new = _add(sort, event, _new_slug(sort, event, {"en": slug}), values)
        record.database.flush()
        order.insert(order.index(part) + 1, new)
        _put_in_order(order)
        _tell(record, sort, part.name)
    return new.slug


def move(sort: Sort, event_id: int, user_id: int, slug: str, steps: int) -> Entry | None:
    """Put a room or theme so many places later, or earlier when ``steps`` is negative.

    :raises GoneError: when it is not there any more.
    """
    with recorded(event_id, user_id, sort.moved) as record:
        event = locked_event(record)
        part = _part(sort, event, slug)
        order = sort.of(event)
        place = max(0, order.index(part) + steps)
        order.remove(part)
        order.insert(place, part)
        _put_in_order(order)
        _tell(record, sort, part.name)
    return record.entry


def remove(
    sort: Sort, event_id: int, user_id: int, slug: str, *, version: int | None, named: str
) -> Entry | None:
    """Delete a room or theme. Sessions of a room become unplaced, those of a theme lose it.

    What is held across all rooms keeps its hour. ``named`` is what
    :func:`planner.events.queries.named_digest` says of the sessions that were named before.

    :raises StaleError: when it was changed after ``version``, or other sessions depend on it now.
    :raises GoneError: when it is not there any more.
    """
    with recorded(event_id, user_id, sort.removed) as record:
        event = locked_event(record)
        part = _part(sort, event, slug)
        check_version(part, version)
        if named_digest(dependants(sort, event_id, part.id)) != named:
            raise StaleError(sort.name)
        for session in event.sessions:
            if sort.model is Theme and session.theme_id == part.id:
                session.theme = None
            elif sort.model is Room and session.room_id == part.id:
                session.room = None
                if not session.across_rooms:
                    session.starts_at = None
        forget_states(record.database, event_id, f"{sort.name}:{part.id}")
        record.database.flush()
        record.database.delete(part)
        _tell(record, sort, part.name)
    return record.entry


def dependants(sort: Sort, event_id: int, part_id: int) -> list[Named]:
    """Return the sessions in a room or of a theme, in two statements."""
    return sessions_where(event_id, table("session").c[sort.column] == part_id)


def _part(sort: Sort, event: Event, slug: str) -> Part:
    for part in sort.of(event):
        if part.slug == slug:
            return part
    raise GoneError(f"{sort.name} {slug}")


def _add(sort: Sort, event: Event, slug: str, values: Mapping[str, Any]) -> Part:
    if sort.model is Room:
        return add_room(event, slug=slug, **values)
    return add_theme(event, slug=slug, **values)


def _check_free(sort: Sort, event: Event, slug: str) -> None:
    if slug in _RESERVED or any(part.slug == slug for part in sort.of(event)):
        raise SlugTakenError(slug)


def _new_slug(sort: Sort, event: Event, name: Mapping[str, str]) -> str:
    """Return a slug that nothing of the event has or had, from the name where it is in Latin."""
    parts = sort.of(event)
    taken = {part.slug for part in parts} | _RESERVED | released_slugs(event.id)[sort.name]
    text = next((text for text in name.values() if _LETTER.search(slug_of(text, set(), ""))), "")
    return slug_of(text, taken, f"{sort.name}-{len(parts) + 1}")


def _numbered(name: Mapping[str, str], others: list[dict[str, str]]) -> dict[str, str]:
    number = 2
    while (told := {lang: f"{text} {number}" for lang, text in name.items()}) in others:
        number += 1
    return told


def _put_in_order(order: list[Part]) -> None:
    for position, part in enumerate(order):
        if part.position != position:
            part.position = position


def _tell(record: Record, sort: Sort, name: Mapping[str, str]) -> None:
    record.facts[sort.name] = words.texts(name)
