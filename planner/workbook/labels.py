"""Rooms and themes of a file on their way into the plan."""

import re
from collections.abc import Callable
from typing import Any

from planner.events.models import Room
from planner.events.operations import add_room, add_theme
from planner.i18n.labels import N_
from planner.imports.texts import written_language
from planner.lib.text import slug_of
from planner.workbook.columns import SheetKind
from planner.workbook.lookup import Lookup
from planner.workbook.records import Record
from planner.workbook.scene import Scene
from planner.workbook.taking import cannot_be_emptied, take_fields, take_labels, title_of
from planner.workbook.telling import CellError
from planner.workbook.values import checked_text, is_emptied, plain

_ADD: dict[SheetKind, Callable[..., Any]] = {
    SheetKind.ROOMS: add_room,
    SheetKind.THEMES: add_theme,
}
#: How slugs begin of names without Latin letters.
_DEFAULTS = {SheetKind.ROOMS: "room", SheetKind.THEMES: "theme"}
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")


def take_rooms_or_themes(kind: SheetKind, records: list[Record], scene: Scene) -> None:
    """Take all rows of the sheet of rooms or of that of themes."""
    lookup: Lookup[Any] = scene.rooms if kind is SheetKind.ROOMS else scene.themes
    for record in records:
        try:
            thing = _found(record, lookup)
            if thing is None:
                thing = _new(kind, record, scene)
                record.account.is_new = True
            scene.claim(record, thing)
        except CellError as error:
            record.account.refuse("", error.told)
            continue
        record.account.label = title_of(thing.name, scene)
        take_labels(kind, record, thing)
        take_fields(kind, record, thing, scene)
        if not thing.name:
            record.account.refuse("name", cannot_be_emptied().told)
        record.account.label = title_of(thing.name, scene)
        lookup.add(thing, [thing.slug], thing.name.values())


def make_label(kind: SheetKind, name: str, scene: Scene) -> Any:
    """Make a room or theme of a name in a cell, in the language in which it is written."""
    lang = written_language(name, scene.languages, scene.languages[0])
    names = {lang if lang in scene.languages else scene.languages[0]: name}
    lookup: Lookup[Any] = scene.rooms if kind is SheetKind.ROOMS else scene.themes
    things: list[Any] = list(scene.plan.rooms if kind is SheetKind.ROOMS else scene.plan.themes)
    slug = slug_of(name, {thing.slug for thing in things}, _DEFAULTS[kind])
    thing: Any = _ADD[kind](scene.plan, slug=slug, name=names)
    lookup.add(thing, [slug], [name])
    return thing


def _found(record: Record, lookup: Lookup[Any]) -> Any:
    """Return what a row is about: by its slug, without one by its name; None for a new one."""
    slug = plain(record.cell("slug")).lower()
    if slug:
        return lookup.by_key(slug)
    for value in record.texts("name").values():
        named = lookup.named(plain(value))
        if len(named) > 1:
            raise CellError(
                N_("“%(name)s” is the name of several: %(slugs)s. Write the slug."),
                name=plain(value),
                slugs=[thing.slug for thing in named],
            )
        if named:
            return named[0]
    return None


def _new(kind: SheetKind, record: Record, scene: Scene) -> Any:
    names = {
        lang: checked_text(value, lines=False)
        for lang, value in record.texts("name").items()
        if not is_emptied(value)
    }
    if not names:
        raise CellError(N_("There is no such row in the plan, and a new one needs a name."))
    things: list[Any] = list(scene.plan.rooms if kind is SheetKind.ROOMS else scene.plan.themes)
    slug = plain(record.cell("slug")).lower()
    if slug and not _SLUG.match(slug):
        raise CellError(
            N_("“%(slug)s” is no slug: use small Latin letters, digits and hyphens."), slug=slug
        )
    if not slug:
        name = names.get("en") or next(iter(names.values()))
        slug = slug_of(name, {thing.slug for thing in things}, _DEFAULTS[kind])
    thing: Any = _ADD[kind](scene.plan, slug=slug, name={})
    if isinstance(thing, Room):
        # What the database would put there is shown as what was there before.
        thing.booths, thing.step_free, thing.site, thing.floor = 0, False, "", {}
    return thing
