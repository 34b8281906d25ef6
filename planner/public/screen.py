"""A screen in the hall: what is on and next, in big type, page by page and language by language.

The page is whole without script, in the language of its address. With script it takes the sessions
of this day and the next as data, tells the time by the server's clock, and goes on without a line.
It names nobody: what hangs in a hall is photographed.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, current_app, request
from flask_babel import gettext
from markupsafe import Markup

from planner.i18n.content import LocalText
from planner.i18n.formats import plain_date, short_date, time_range
from planner.i18n.interface import speaking
from planner.i18n.languages import INTERFACE
from planner.programme.document import Session, Texts
from planner.programme.published import Published, day_of, ends_at
from planner.programme.vocabulary import Status
from planner.public.addresses import way_to
from planner.public.cards import Cards
from planner.public.delivery import HTML, deliver
from planner.public.layout import reader, render_page
from planner.public.now import MAX_AGE, Moment, begins, moment_of, place_name
from planner.public.now_state import (
    EVERYWHERE,
    NOWHERE,
    Place,
    place_of,
    state_of,
)
from planner.public.programmes import EVENT_ADDRESS, published_or_404

bp = Blueprint("screen", __name__)
#: So many rooms are shown at once.
TILES = 4
#: So many sessions that are on in one place are told.
_AT_ONCE = 2
#: Stands for an hour in words that the screen says; kept in its own direction.
_TIME = "\u2066{time}\u2069"


@dataclass(frozen=True)
class Slot:
    """One session on a tile."""

    hours: Markup
    title: Markup
    cancelled: str


@dataclass(frozen=True)
class Tile:
    """A room on the screen."""

    name: Markup
    on: list[Slot]
    following: list[Slot]


@bp.get(f"{EVENT_ADDRESS}/screen")
def screen(lang: str, event: str) -> Response:
    """Show the screen, of all rooms or of one."""
    published, room = _asked(event)
    moment = moment_of(published)
    number = request.args.get("page", 0, int)
    turn = number if 0 < number < len(published.room_by_slug) + 2 else 0
    return deliver(
        published,
        partial(_page, published, lang, room, moment, turn),
        content_type=HTML,
        parts=(room, str(turn), *moment.parts),
        max_age=MAX_AGE,
        last_modified=moment.last_modified,
        fresh_for=moment.fresh_for,
    )


@bp.get(f"{EVENT_ADDRESS}/screen.json")
def data(lang: str, event: str) -> Response:
    """Send what the screen needs to go on by itself: the sessions of this day and the next."""
    published, room = _asked(event)
    moment = moment_of(published)
    return deliver(
        published,
        partial(_data, published, lang, room, moment.there),
        content_type="application/json",
        parts=(room, *moment.parts),
        max_age=MAX_AGE,
        last_modified=moment.last_modified,
        fresh_for=moment.fresh_for,
    )


def _asked(event: str) -> tuple[Published, str]:
    """Return the programme and the room asked for, if any.

    :raises werkzeug.exceptions.NotFound: when there is no such event or room.
    """
    published = published_or_404(event)
    room = request.args.get("room", "")
    if room and room not in published.room_by_slug:
        abort(404)
    return published, room


def _page(published: Published, lang: str, room: str, moment: Moment, turn: int) -> bytes:
    state = state_of(published, moment.there)
    shown = [place for place in state.places if _concerns(place.room, room) and _holds(place)]
    pages = max(1, -(-len(shown) // TILES))
    begin = turn % pages * TILES
    cards = Cards(published, lang)
    following = (turn + 1) % pages
    with speaking(lang):
        return render_page(
            "public/screen.html",
            lang,
            published,
            tiles=[_tile(cards, place) for place in shown[begin : begin + TILES]],
            phase=state.phase,
            begins=begins(state, moment.there, lang),
            data=way_to("screen.data", lang=lang, event=published.event.slug, room=room or None),
            release=_release_told(published, lang),
            following=way_to(
                "screen.screen",
                lang=lang,
                event=published.event.slug,
                room=room or None,
                page=following or None,
            ),
        )


def _concerns(place: str, room: str) -> bool:
    """Tell whether what is held at a place is shown on the screen of a room."""
    return not room or place in {room, EVERYWHERE}


def _holds(place: Place) -> bool:
    """Tell whether anything is on at a place, or will be."""
    return bool(place.on) or not all(map(_is_cancelled, place.following))


def _tile(cards: Cards, place: Place) -> Tile:
    return Tile(
        place_name(cards, place.room),
        [_slot(cards, item) for item in sorted(place.on, key=_is_cancelled)[:_AT_ONCE]],
        [_slot(cards, item) for item in place.following if not _is_cancelled(item)],
    )


def _slot(cards: Cards, session: Session) -> Slot:
    return Slot(
        time_range(session.starts_at, session.minutes),
        cards.title(session),
        gettext("Cancelled") if _is_cancelled(session) else "",
    )


def _data(published: Published, lang: str, room: str, there: datetime) -> bytes:
    event = published.event
    languages = [code for code in event.languages if code in INTERFACE] or [lang]
    today = day_of(event, there)
    days = [day for day, items in published.sessions_by_day.items() if items and day >= today][:2]
    # What began the day before may still be on.
    days = [today - timedelta(days=1), *days]
    rooms = published.room_by_slug.items()
    kept = [item for item in published.sessions if _is_shown(published, item, days, room)]
    told = {
        "build": current_app.extensions["planner.build"],
        "zone": event.time_zone,
        "languages": [[code, INTERFACE[code].direction] for code in languages],
        "words": {code: _wording(published, code, days) for code in languages},
        "event": _texts(published, event.name, languages),
        "places": [
            [EVERYWHERE, {}],
            *([slug, _texts(published, item.name, languages)] for slug, item in rooms),
            [NOWHERE, {}],
        ],
        "more": any(
            day_of(event, item.starts_at) > days[-1]
            for item in published.sessions
            if not _is_cancelled(item)
        ),
        "sessions": [_session(published, item, languages) for item in kept],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _is_cancelled(session: Session) -> bool:
    return session.status is Status.CANCELLED


def _is_shown(published: Published, session: Session, days: list[date], room: str) -> bool:
    return _concerns(place_of(session), room) and day_of(published.event, session.starts_at) in days


def _session(published: Published, session: Session, languages: list[str]) -> dict[str, Any]:
    return {
        "day": day_of(published.event, session.starts_at).isoformat(),
        "place": place_of(session),
        "from": session.starts_at.isoformat(timespec="minutes"),
        "to": ends_at(session).isoformat(timespec="minutes"),
        "cancelled": _is_cancelled(session),
        "title": _texts(published, session.title, languages, session.original_language)
        or {languages[0]: [session.code, "en", "ltr"]},
    }


def _texts(
    published: Published, texts: Texts, languages: list[str], original: str | None = None
) -> dict[str, list[str]]:
    """Return a text for readers of each language, each with the language that it is in."""
    found: dict[str, LocalText] = {
        code: reader(code, published)(texts, original) for code in languages
    }
    return {code: [text.value, text.lang, text.direction] for code, text in found.items() if text}


def _wording(published: Published, lang: str, days: list[date]) -> dict[str, Any]:
    """Return the words of the screen in a language; ``{time}`` stands for an hour."""
    with speaking(lang):
        return {
            "on": gettext("On now"),
            "next": gettext("Next"),
            "cancelled": gettext("Cancelled"),
            "*": gettext("All rooms"),
            "": gettext("Elsewhere"),
            "nothing": gettext("Nothing is on just now."),
            "over": gettext("It is over. Thank you for being there."),
            "today": gettext("It begins today at %(time)s.", time=_TIME),
            "tomorrow": gettext("It begins tomorrow at %(time)s.", time=_TIME),
            "days": {
                day.isoformat(): gettext(
                    "It begins on %(date)s at %(time)s.", date=short_date(day, lang), time=_TIME
                )
                for day in days
            },
            "noLine": gettext("No line since %(time)s", time=_TIME),
            "pause": gettext("Pause"),
            "resume": gettext("Go on"),
            "release": _release_told(published, lang),
        }


def _release_told(published: Published, lang: str) -> str:
    release, zone = published.release, ZoneInfo(published.event.time_zone)
    date = plain_date(release.published_at.astimezone(zone).date(), lang)
    return str(gettext("Release %(number)s, %(date)s", number=release.number, date=date))
