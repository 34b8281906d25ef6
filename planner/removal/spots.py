"""Every text of programmes and of the plan, and finding in them what is looked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from planner.events.models import Event
from planner.extensions import db
from planner.lib.mentions import Mentions
from planner.programme.document import Part, Programme, Speaker
from planner.removal.plan_texts import columns_of, identity, things_of
from planner.removal.redaction import Redaction

#: How many characters are shown around what was found.
_AROUND = 40


@dataclass(frozen=True)
class Spot:
    """One text of one thing."""

    #: What it is a text of: ``session``, with its code or slug; empty for the event and its like.
    kind: str
    key: str
    field: str
    lang: str | None
    text: str


@dataclass(frozen=True)
class Excerpt:
    """What was found in a text, with what stands around it."""

    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Finding:
    """A text in which something was found, and the releases that have it; none for the plan."""

    spot: Spot
    excerpt: Excerpt
    releases: tuple[int, ...] = ()


def spots_of(programme: Programme) -> Iterator[Spot]:
    """Yield every text of a programme, but the names of speakers."""
    yield from _spots(programme.event, "event", "")
    yield from _texts("event", "", "note", programme.release.note)
    for theme in programme.themes:
        yield from _spots(theme, "theme", theme.slug)
    for room in programme.rooms:
        yield from _spots(room, "room", room.slug)
    for speaker in programme.speakers:
        yield from _spots(speaker, "speaker", speaker.code)
    for session in programme.sessions:
        yield from _spots(session, "session", session.code)


def planned_spots(plan: Event, redaction: Redaction) -> Iterator[Spot]:
    """Yield every text of the plan, but what is of the one that is removed."""
    codes = {identity(session)[1]: session.code for session in plan.sessions}
    codes |= {identity(speaker)[1]: speaker.code for speaker in plan.speakers}
    for thing in things_of(db.session(), plan):
        table, subject = identity(thing)
        if redaction.is_own(table, subject):
            continue
        kind, _, number = subject.partition(":")
        key = codes.get(subject) or str(getattr(thing, "slug", number))
        for name in columns_of(thing):
            value = getattr(thing, name)
            if name not in {"online_url", "source_key"}:
                yield from _texts(kind, key, name, value, getattr(thing, "lang", None))


def _spots(part: Part, kind: str, key: str) -> Iterator[Spot]:
    for name in part.__struct_fields__:
        if name == "name" and isinstance(part, Speaker):
            continue
        value = getattr(part, name)
        if name not in {"people", "withheld_name"} and isinstance(value, dict | tuple):
            yield from _texts(kind, key, name, value)


def _texts(kind: str, key: str, name: str, value: Any, lang: str | None = None) -> Iterator[Spot]:
    match value:
        case str():
            if value:
                yield Spot(kind, key, name, lang, value)
        case dict():
            for inner, text in value.items():
                if inner != "url":
                    yield from _texts(kind, key, name, text, inner if inner != "name" else None)
        case list() | tuple():
            for item in value:
                if not isinstance(item, str):
                    yield from _texts(kind, key, name, item)
        case Part():
            yield from _texts(kind, key, name, msgspec.to_builtins(value))


class Gathering:
    """Gathers the texts in which something is found, each once with all its releases."""

    def __init__(self, mentions: Mentions, *, without: Mentions | None = None) -> None:
        self._mentions = mentions
        self._without = without
        self._excerpts: dict[str, Excerpt | None] = {}
        self._found: dict[Spot, list[int]] = {}

    def add(self, spot: Spot, release: int | None = None) -> None:
        """Look into a text."""
        if spot.text not in self._excerpts:
            self._excerpts[spot.text] = self._excerpt(spot.text)
        if self._excerpts[spot.text] is not None:
            numbers = self._found.setdefault(spot, [])
            if release is not None:
                numbers.append(release)

    def found(self) -> list[Finding]:
        """Return what was found."""
        told = ((spot, self._excerpts[spot.text], numbers) for spot, numbers in self._found.items())
        return [
            Finding(spot, excerpt, tuple(numbers)) for spot, excerpt, numbers in told if excerpt
        ]

    def _excerpt(self, text: str) -> Excerpt | None:
        for mention in self._mentions.of(text):
            covered = self._without.of(text) if self._without else ()
            if any(c.start <= mention.start and mention.end <= c.end for c in covered):
                continue
            return Excerpt(
                text[max(mention.start - _AROUND, 0) : mention.start],
                text[mention.start : mention.end],
                text[mention.end : mention.end + _AROUND],
            )
        return None
