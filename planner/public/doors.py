"""Sheets for the doors of rooms: one page on paper for each room and day.

They name nobody: paper that hangs cannot be called back when somebody asks not to be named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import Blueprint, Response, abort, url_for
from flask_babel import gettext
from markupsafe import Markup

from planner.i18n.content import LocalText
from planner.i18n.formats import long_date, time_range
from planner.i18n.interface import speaking
from planner.i18n.languages import INTERFACE
from planner.programme.document import Placement, Room, Session, Texts
from planner.programme.published import Published, day_of
from planner.programme.vocabulary import Status
from planner.public.cards import Cards
from planner.public.delivery import HTML, deliver
from planner.public.layout import render_page
from planner.public.now_state import moved_away
from planner.public.programmes import EVENT_ADDRESS, published_or_404
from planner.public.scanning import qr_code

bp = Blueprint("doors", __name__, url_prefix=EVENT_ADDRESS)


@dataclass(frozen=True)
class Line:
    """A session on a sheet, in every language that it has a title in."""

    hours: Markup
    titles: tuple[LocalText, ...]
    spoken: Markup
    cancelled: bool
    #: The room to which it went, for those who look for it at this door.
    moved_to: Markup


@dataclass(frozen=True)
class Sheet:
    """One page: a room on a day."""

    room: Room
    names: tuple[LocalText, ...]
    dates: tuple[LocalText, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Caption:
    """What stands beneath the codes, in one language."""

    page: LocalText
    calendar: LocalText


@bp.get("/rooms/<slug>/sheet")
def sheet(lang: str, event: str, slug: str) -> Response:
    """Show the sheets of one room."""
    published = published_or_404(event)
    room = published.room_by_slug.get(slug) or abort(404)
    return deliver(published, partial(_page, published, lang, (room,)), content_type=HTML)


@bp.get("/sheets")
def sheets(lang: str, event: str) -> Response:
    """Show the sheets of all rooms."""
    published = published_or_404(event)
    rooms = published.room_by_slug.values()
    return deliver(published, partial(_page, published, lang, rooms), content_type=HTML)


@bp.get("/rooms/<slug>/sheet.svg")
def code(lang: str, event: str, slug: str) -> Response:
    """Send a QR code of the page of a room."""
    published = published_or_404(event)
    if slug not in published.room_by_slug:
        abort(404)
    path = url_for("pages.room", lang=lang, event=event, slug=slug)
    make = partial(qr_code, path)
    return deliver(published, make, content_type="image/svg+xml", max_age=300)


def _page(published: Published, lang: str, rooms: Iterable[Room]) -> bytes:
    languages = _languages(published, lang)
    captions = tuple(map(_caption, languages))
    with speaking(lang):
        return render_page(
            "public/sheet.html",
            lang,
            published,
            sheets=[made for room in rooms for made in _sheets(published, lang, languages, room)],
            captions=captions,
        )


def _languages(published: Published, lang: str) -> tuple[str, ...]:
    """Return the languages of the event that the interface speaks, the reader's first."""
    others = [code for code in published.event.languages if code in INTERFACE and code != lang]
    return (lang, *others)


def _caption(lang: str) -> Caption:
    with speaking(lang):
        told = gettext("This room’s sessions"), gettext("Calendar to subscribe to")
    return Caption(*(LocalText(words, lang, True) for words in told))


def _sheets(
    published: Published, lang: str, languages: tuple[str, ...], room: Room
) -> Iterator[Sheet]:
    cards = Cards(published, lang)
    for day in published.sessions_by_day:
        lines = tuple(_lines(published, cards, languages, room, day))
        if lines:
            yield Sheet(room, _each(room.name, languages), _dates(day, languages), lines)


def _lines(
    published: Published, cards: Cards, languages: tuple[str, ...], room: Room, day: date
) -> Iterator[Line]:
    """Yield what is held in a room on a day, and what was to be held there, in order of time."""
    found: list[tuple[Placement | Session, Session]] = []
    for session in published.sessions:
        former = session.formerly
        if session.across_rooms or session.room == room.slug:
            found.append((session, session))
        elif former and moved_away(published, session) == room.slug:
            found.append((former, session))
    for stood, session in sorted(found, key=lambda entry: entry[0].starts_at):
        if day_of(published.event, stood.starts_at) == day:
            yield _line(cards, session, stood, languages)


def _line(
    cards: Cards, session: Session, stood: Placement | Session, languages: Iterable[str]
) -> Line:
    return Line(
        hours=time_range(stood.starts_at, stood.minutes),
        titles=_each(session.title, languages) or (LocalText(session.code, "en", True),),
        spoken=cards.languages(session),
        cancelled=session.status is Status.CANCELLED,
        moved_to=Markup("") if stood is session else _whereabouts(cards, session),
    )


def _whereabouts(cards: Cards, session: Session) -> Markup:
    return cards.joined([time_range(session.starts_at, session.minutes), cards.room(session)])


def _each(texts: Texts, languages: Iterable[str]) -> tuple[LocalText, ...]:
    """Return a text in these languages and then in whatever others there are."""
    order = dict.fromkeys([*languages, *texts])
    return tuple(LocalText(texts[code], code, True) for code in order if texts.get(code))


def _dates(day: date, languages: Iterable[str]) -> tuple[LocalText, ...]:
    return tuple(LocalText(long_date(day, code), code, True) for code in languages)
