"""The feeds: the whole programme, a theme, a room, a day, a session, a named speaker."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask_babel import gettext

from planner.formats import ical
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import long_date
from planner.i18n.interface import speaking
from planner.lib.palette import Colour
from planner.programme.document import Session
from planner.programme.published import Published
from planner.public.delivery import deliver, shelf
from planner.public.programmes import EVENT_ADDRESS, published_or_404

bp = Blueprint("calendars", __name__, url_prefix=f"{EVENT_ADDRESS}/calendar")
CONTENT_TYPE = "text/calendar; charset=utf-8"
_MAX_AGE = 300


class _Feed(NamedTuple):
    """One feed, told by functions, because most requests need no more than its address."""

    stem: str
    sessions: Callable[[], Iterable[Session]]
    #: What it holds, in the reader's language; the whole programme has no name of its own.
    name: Callable[[], str] | None
    page: str
    arguments: dict[str, Any]
    colour: Colour | None = None


@bp.get("/programme.ics")
def programme(lang: str, event: str) -> Response:
    """Send the feed of the whole programme."""
    published = published_or_404(event)
    feed = _Feed("programme", lambda: published.sessions, None, "pages.programme", {})
    return _send(published, lang, feed)


@bp.get("/themes/<slug>.ics")
def theme(lang: str, event: str, slug: str) -> Response:
    """Send the feed of a theme."""
    published = published_or_404(event)
    found = published.theme_by_slug.get(slug) or abort(404)
    sessions = partial(published.sessions_of_theme, slug)
    name = partial(_name, published, found.name, lang)
    feed = _Feed(slug, sessions, name, "pages.theme", {"slug": slug}, found.colour)
    return _send(published, lang, feed)


@bp.get("/rooms/<slug>.ics")
def room(lang: str, event: str, slug: str) -> Response:
    """Send the feed of a room."""
    published = published_or_404(event)
    found = published.room_by_slug.get(slug) or abort(404)
    sessions = partial(published.sessions_in_room, slug)
    name = partial(_name, published, found.name, lang)
    return _send(published, lang, _Feed(slug, sessions, name, "pages.room", {"slug": slug}))


@bp.get("/days/<day>.ics")
def day(lang: str, event: str, day: str) -> Response:
    """Send the feed of a day of the conference."""
    published = published_or_404(event)
    try:
        found = date.fromisoformat(day)
    except ValueError:
        abort(404)
    if found.isoformat() != day or found not in published.sessions_by_day:
        abort(404)
    feed = _Feed(
        day,
        lambda: published.sessions_by_day[found],
        partial(long_date, found, lang),
        "pages.programme",
        {"day": day},
    )
    return _send(published, lang, feed)


@bp.get("/sessions/<code>.ics")
def session(lang: str, event: str, code: str) -> Response:
    """Send the feed of one session."""
    published = published_or_404(event)
    found = published.session_by_code.get(code) or abort(404)

    def name() -> str:
        order = published.event.languages
        title = localize(found.title, lang, original=found.original_language, order=order)
        return title.value or found.code

    feed = _Feed(code, lambda: (found,), name, "pages.session", {"code": code})
    return _send(published, lang, feed)


@bp.get("/speakers/<code>.ics")
def speaker(lang: str, event: str, code: str) -> Response:
    """Send the feed of somebody who is named in the programme."""
    published = published_or_404(event)
    found = published.speaker_by_code.get(code) or abort(404)
    sessions = partial(published.sessions_with, code)
    name = partial(_name, published, found.name, lang)
    return _send(published, lang, _Feed(code, sessions, name, "pages.speaker", {"code": code}))


def _name(published: Published, texts: dict[str, str], lang: str) -> str:
    return localize(texts, lang, order=published.event.languages).value


def _send(published: Published, lang: str, feed: _Feed) -> Response:
    file_name = f"{published.event.slug}-{feed.stem}.ics"
    return deliver(
        published,
        partial(_render, published, lang, feed),
        content_type=CONTENT_TYPE,
        headers=(
            ("Content-Disposition", disposition(file_name)),
            ("Cross-Origin-Resource-Policy", "cross-origin"),
            ("Access-Control-Allow-Origin", "*"),
        ),
        max_age=_MAX_AGE,
    )


@lru_cache(maxsize=1024)
def disposition(file_name: str) -> str:
    """Return a Content-Disposition with the name in both forms (RFC 6266, section 4.3)."""
    plain = file_name.encode("ascii", "replace").decode().replace("?", "_")
    return f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name)}"


def _render(published: Published, lang: str, feed: _Feed) -> bytes:
    base_url: str = current_app.config["BASE_URL"]
    arguments = {"lang": lang, "event": published.event.slug, **feed.arguments}
    with speaking(lang):
        about = ical.Feed(
            title=_title(published, lang, feed),
            description=_description(published, lang),
            page_url=base_url + url_for(feed.page, **arguments),
            feed_url=base_url + quote(request.path),
            colour=feed.colour,
        )
        events = events_by_code(published, lang, base_url)
        return ical.feed(published, lang, base_url, feed.sessions(), about, events)


def _title(published: Published, lang: str, feed: _Feed) -> str:
    event: LocalText = localize(published.event.name, lang, order=published.event.languages)
    if feed.name is None:
        return event.value
    return gettext("%(part)s – %(event)s", part=feed.name(), event=event.value)


def _description(published: Published, lang: str) -> str:
    return localize(published.event.tagline, lang, order=published.event.languages).value


def events_by_code(published: Published, lang: str, base_url: str) -> Mapping[str, bytes]:
    """Return the serialised events of a programme, made once per release and language."""

    def make() -> _Events:
        return _Events(ical.events_of(published, lang, base_url))

    return shelf().get((published.digest, "events", lang), make).by_code


@dataclass(frozen=True)
class _Events:
    """The events of one programme in one language, by the codes of their sessions."""

    by_code: Mapping[str, bytes]

    @property
    def size(self) -> int:
        return sum(map(len, self.by_code.values()))
