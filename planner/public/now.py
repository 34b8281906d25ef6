"""What is on and what is next, by the venue's clock: a page that is true until the next boundary.

The page depends on the programme and on the moment, but only as far as something begins, ends or
turns into another day: between two such boundaries it is the same for everybody, and kept.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from planner.i18n.formats import clock as time_of_day
from planner.i18n.formats import short_date, time_range
from planner.i18n.interface import speaking
from planner.lib.clock import now as present
from planner.lib.text import isolated
from planner.programme.document import Session
from planner.programme.published import Published, day_of
from planner.programme.vocabulary import Status
from planner.public.addresses import way_to
from planner.public.cards import Card, Cards
from planner.public.delivery import HTML, deliver
from planner.public.layout import render_page
from planner.public.now_state import (
    EVERYWHERE,
    NOWHERE,
    Phase,
    Place,
    State,
    span_of,
    state_of,
)
from planner.public.programmes import EVENT_ADDRESS, published_or_404

bp = Blueprint("now", __name__)
#: A new release is seen after so many seconds at the latest.
MAX_AGE = 60


@dataclass(frozen=True)
class Moment:
    """A moment as pages that tell it depend on it."""

    #: By the wall clock of the venue, naive.
    there: datetime
    #: The boundaries around it, by the same clock.
    since: datetime | None
    until: datetime | None
    #: When what is told became true, aware, and for how many seconds more it will be.
    last_modified: datetime
    fresh_for: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The boundary in the form in which bodies are told apart."""
        return (f"since {self.since.isoformat() if self.since else 'ever'}",)


@dataclass(frozen=True)
class RoomNow:
    """A room with the cards of what is on and what is next there."""

    key: str
    name: Markup
    href: str
    on: list[Card]
    following: list[Card]
    #: What moved from here, each with where it is now.
    moved_away: list[tuple[Card, Markup]]


@bp.get(f"{EVENT_ADDRESS}/now")
def now(lang: str, event: str) -> Response:
    """Show what is on and what is next."""
    published = published_or_404(event)
    moment = moment_of(published)
    return deliver(
        published,
        partial(_page, published, lang, moment),
        content_type=HTML,
        parts=moment.parts,
        max_age=MAX_AGE,
        last_modified=moment.last_modified,
        fresh_for=moment.fresh_for,
    )


def moment_of(published: Published) -> Moment:
    """Return the present moment at the venue."""
    at = present()
    zone = ZoneInfo(published.event.time_zone)
    there = at.astimezone(zone).replace(tzinfo=None)
    since, until = span_of(published, there)
    published_at = published.release.published_at
    became = min(at, _instant(since, zone)) if since else published_at
    left = (_instant(until, zone) - at).total_seconds() if until else MAX_AGE
    return Moment(
        there=there,
        since=since,
        until=until,
        last_modified=max(became, published_at),
        fresh_for=max(1, min(MAX_AGE, int(left))),
    )


def _instant(there: datetime, zone: ZoneInfo) -> datetime:
    return there.replace(tzinfo=zone).astimezone(UTC)


def _page(published: Published, lang: str, moment: Moment) -> bytes:
    state = state_of(published, moment.there)
    cards = Cards(published, lang)
    way = partial(way_to, lang=lang, event=published.event.slug)
    with speaking(lang):
        return render_page(
            "public/now.html",
            lang,
            published,
            phase=state.phase,
            rooms=[_room(published, cards, lang, place) for place in state.places],
            first=cards.of(state.first),
            begins=begins(state, moment.there, lang),
            day_query=_day_query(published, state),
            span=_span(moment) if state.phase is Phase.ON else "",
            told=_told(state),
            state=f"{published.digest[:12]} {moment.parts[0]}",
            until=_instant(moment.until, ZoneInfo(published.event.time_zone)).isoformat()
            if moment.until
            else "",
            screen=url_for("screen.screen", lang=lang, event=published.event.slug),
            sheets=url_for("doors.sheets", lang=lang, event=published.event.slug),
            here=way("now.now"),
        )


def _room(published: Published, cards: Cards, lang: str, place: Place) -> RoomNow:
    return RoomNow(
        key=place.room or "elsewhere",
        name=place_name(cards, place.room),
        href=way_to("pages.room", lang=lang, event=published.event.slug, slug=place.room)
        if place.room in published.room_by_slug
        else "",
        on=cards.of(place.on),
        following=cards.of(place.following),
        moved_away=[
            (cards.card(item), _whereabouts(published, cards, lang, item))
            for item in place.moved_away
        ],
    )


def place_name(cards: Cards, room: str) -> Markup:
    """Return what a place is called: a room's name, or the words for all and for none of them."""
    elsewhere = {EVERYWHERE: gettext("All rooms"), NOWHERE: gettext("Elsewhere")}
    return escape(elsewhere[room]) if room in elsewhere else cards.room_name(room)


def _whereabouts(published: Published, cards: Cards, lang: str, session: Session) -> Markup:
    """Return where a session is now: «Thursday, 19 January, 12:00–13:00, Zagros Room»."""
    former, event = session.formerly, published.event
    parts = [time_range(session.starts_at, session.minutes)]
    if former and day_of(event, former.starts_at) != day_of(event, session.starts_at):
        parts.insert(0, escape(short_date(session.starts_at.date(), lang)))
    room = cards.room(session)
    return cards.joined([*parts, *([room] if room else [])])


def begins(state: State, there: datetime, lang: str) -> str:
    """Return when the next day begins, in words; nothing when none does."""
    if state.begins is None:
        return ""
    time = isolated(time_of_day(state.begins))
    days = (state.begins.date() - there.date()).days
    if days == 0:
        return str(gettext("It begins today at %(time)s.", time=time))
    if days == 1:
        return str(gettext("It begins tomorrow at %(time)s.", time=time))
    date = short_date(state.begins.date(), lang)
    return str(gettext("It begins on %(date)s at %(time)s.", date=date, time=time))


def _day_query(published: Published, state: State) -> str:
    if state.begins is None:
        return ""
    return f"day={day_of(published.event, state.begins).isoformat()}"


def _span(moment: Moment) -> Markup:
    """Return the hours between the two boundaries."""
    if moment.since is None or moment.until is None:
        return Markup("")
    return time_range(moment.since, (moment.until - moment.since) // timedelta(minutes=1))


def _told(state: State) -> str:
    """Return what is said aloud when the page becomes another: how much is on."""
    if state.phase is not Phase.ON:
        return ""
    on = sum(item.status is not Status.CANCELLED for place in state.places for item in place.on)
    if not on:
        return str(gettext("Nothing is on just now."))
    return str(ngettext("%(num)d session is on now.", "%(num)d sessions are on now.", on))
