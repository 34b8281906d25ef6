"""Where each public address of an event stands in a folder of plain files."""

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from planner.i18n.languages import INTERFACE
from planner.programme.published import Published
from planner.public.filters import EVERY_DAY

#: The endpoints that a folder holds, with the file of each. What is not here needs a server.
_FILES = {
    "pages.event": "{lang}/index.html",
    "pages.programme": "{lang}/programme.html",
    "pages.session": "{lang}/sessions/{code}.html",
    "pages.speaker": "{lang}/speakers/{code}.html",
    "pages.theme": "{lang}/themes/{slug}.html",
    "pages.room": "{lang}/rooms/{slug}.html",
    "call.call": "{lang}/call.html",
    "changes.changes": "{lang}/changes.html",
    "changes.atom": "{lang}/changes.atom",
    "subscribe.subscribe": "{lang}/subscribe.html",
    "offline.single_file": "{lang}/one-file.html",
    "documents.pdf": "{lang}/programme.pdf",
    "documents.booklet": "{lang}/programme-booklet.pdf",
    "documents.pdf_of_all": "programme.pdf",
    "documents.booklet_of_all": "programme-booklet.pdf",
    "exchange.csv": "{lang}/programme.csv",
    "exchange.xml": "schedule.xml",
    "exchange.json": "schedule.json",
    "calendars.programme": "{lang}/calendar/programme.ics",
    "calendars.theme": "{lang}/calendar/themes/{slug}.ics",
    "calendars.room": "{lang}/calendar/rooms/{slug}.ics",
    "calendars.day": "{lang}/calendar/days/{day}.ics",
    "calendars.session": "{lang}/calendar/sessions/{code}.ics",
    "calendars.speaker": "{lang}/calendar/speakers/{code}.ics",
    "photos.file": "photos/{filename}",
    "assets.file": "static/{filename}",
}


@dataclass(frozen=True)
class Place:
    """An address and the file that it becomes."""

    address: str
    file: str


class Places:
    """Knows the files of one event; what belongs to another event needs a server."""

    def __init__(self, app: Flask, published: Published) -> None:
        self._published = published
        self._addresses = app.url_map.bind("site.invalid")
        #: Files that this installation cannot make.
        self.lacking: set[str] = set()

    def pages(self) -> Iterator[Place]:
        """Yield all that readers can ask for, but for files that pages load.

        What may turn out not to be possible comes before the pages that lead to it.
        """
        for kind in ("pdf", "booklet"):
            yield from (self._place(f"documents.{kind}", lang=lang) for lang in INTERFACE)
            yield self._place(f"documents.{kind}_of_all")
        for lang in INTERFACE:
            yield from self._in_language(lang)
        for endpoint in ("exchange.xml", "exchange.json"):
            yield self._place(endpoint)

    def _in_language(self, lang: str) -> Iterator[Place]:
        published = self._published
        for endpoint in (
            "pages.event",
            "pages.programme",
            "call.call",
            "changes.changes",
            "changes.atom",
            "subscribe.subscribe",
            "offline.single_file",
            "exchange.csv",
            "calendars.programme",
        ):
            yield self._place(endpoint, lang=lang)
        for day in self.days():
            yield self.of(url_for("pages.programme", lang=lang, event=self._slug, day=day))
            yield self._place("calendars.day", lang=lang, day=day)
        for kind, values in (
            ("session", [{"code": each.code} for each in published.sessions]),
            ("speaker", [{"code": each.code} for each in published.programme.speakers]),
            ("theme", [{"slug": each.slug} for each in published.programme.themes]),
            ("room", [{"slug": each.slug} for each in published.programme.rooms]),
        ):
            for value in values:
                yield self._place(f"pages.{kind}", lang=lang, **value)
                yield self._place(f"calendars.{kind}", lang=lang, **value)

    def days(self) -> list[str]:
        """Return the days on which there is something."""
        return [
            day.isoformat() for day, sessions in self._published.sessions_by_day.items() if sessions
        ]

    def of(self, address: str) -> Place:
        """Return the place of an address that begins with a slash.

        :raises LookupError: when it needs a server.
        """
        parts = urlsplit(address)
        try:
            endpoint, values = self._addresses.match(parts.path)
        except (HTTPException, RequestRedirect):
            raise LookupError(address) from None
        if endpoint not in _FILES or values.get("event", self._slug) != self._slug:
            raise LookupError(address)
        query = dict(parse_qsl(parts.query))
        if endpoint == "pages.programme":
            return self._programme(parts.path, values["lang"], query)
        found = Place(parts.path, _FILES[endpoint].format(**values))
        if found.file in self.lacking:
            raise LookupError(address)
        return found

    @property
    def _slug(self) -> str:
        return self._published.event.slug

    def _place(self, endpoint: str, **values: Any) -> Place:
        return self.of(url_for(endpoint, event=self._slug, **values))

    def _programme(self, path: str, lang: str, query: dict[str, str]) -> Place:
        """Return what shows most of what a query asks for: a day, a theme, a room, or all."""
        day = query.pop("day", "")
        if not query and day in {*self.days(), EVERY_DAY}:
            return Place(f"{path}?day={day}", f"{lang}/programme-{day}.html")
        for name, known in (
            ("theme", self._published.theme_by_slug),
            ("room", self._published.room_by_slug),
        ):
            if query.get(name) in known:
                return self._place(f"pages.{name}", lang=lang, slug=query[name])
        return Place(path, f"{lang}/programme.html")


def way_between(file: str, other: str) -> str:
    """Return the relative address that leads from a file to another."""
    return relpath(other, dirname(file) or ".")
