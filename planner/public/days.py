"""The programme page: the sessions that were asked for, day by day, with the ways to others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext
from markupsafe import Markup

from planner.i18n.content import LocalText
from planner.i18n.formats import clock, short_date
from planner.i18n.labels import kind_label
from planner.i18n.languages import name_of
from planner.programme.document import Session
from planner.programme.published import Published
from planner.programme.vocabulary import Kind
from planner.public.addresses import way_to
from planner.public.cards import Card, Cards, ThemeChip
from planner.public.filters import (
    EVERY_DAY,
    Filters,
    Tally,
    sessions_found,
    sessions_ranked,
    tally,
)
from planner.public.found import results_of, ways_out
from planner.public.grid import EVERYWHERE, Grid, grid_of
from planner.public.history import DayHistory
from planner.public.layout import Link, render_page
from planner.public.telling import words_of_changes

#: So many columns fit beside one another on a wide screen without scrolling.
_FITTING = 6


@dataclass(frozen=True)
class Day:
    """A day of the conference as it is shown; without ``width`` it is a list on every screen."""

    key: str
    heading: str
    #: Cards with the classes that draw them in the grid.
    cards: tuple[tuple[Card, str], ...]
    width: int = 0
    wide: bool = False
    #: Heads of columns and hours at the side, with the classes that draw them.
    columns: tuple[tuple[Markup, str], ...] = ()
    hours: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Choice:
    """One value of a select of the form."""

    value: str
    label: LocalText
    chosen: bool
    #: How many sessions there are with it, the other filters as they are.
    count: int


@dataclass(frozen=True)
class Finder:
    """The form and the links that narrow the programme."""

    action: str
    filters: Filters
    days: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    rooms: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    day_links: tuple[Link, ...]
    theme_links: tuple[tuple[ThemeChip, Link], ...]


def programme_page(
    published: Published, lang: str, asked: Filters, today: DayHistory | None = None
) -> bytes:
    """Return the programme, or the part of it that was asked for, with what changed today."""
    filters = asked.settled(published)
    cards = Cards(published, lang)
    counted = tally(published, filters)
    found = sessions_found(published, filters)
    count = sum(len(sessions) for sessions in found.values())
    results = None
    if filters.by_relevance:
        ranked = sessions_ranked(published, filters)
        results = results_of(published, lang, cards, filters, ranked)
        found = {}
    return render_page(
        "public/programme.html",
        lang,
        published,
        query=asked.query,
        days=days_of(cards, found, lang, published.room_by_slug if not filters.sparse else None),
        results=results,
        by_relevance=filters.but(order="").query if filters.order else "",
        ways_out=[] if count else ways_out(published, lang, cards, filters, counted),
        finder=_finder(published, cards, lang, filters, counted),
        narrowed=asked != Filters(),
        count=_count(count, len(published.sessions)),
        today=today,
        **words_of_changes(published, lang),
    )


def days_of(
    cards: Cards,
    sessions: dict[date, list[Session]],
    lang: str,
    rooms: Iterable[str] | None = None,
) -> list[Day]:
    """Return days as they are shown; drawn to scale in these rooms, or as lists without them."""
    return [_day(cards, day, items, lang, rooms) for day, items in sessions.items()]


def _day(
    cards: Cards, day: date, sessions: list[Session], lang: str, rooms: Iterable[str] | None
) -> Day:
    grid = grid_of(sessions, rooms) if rooms is not None else None
    key, heading = day.isoformat(), short_date(day, lang)
    if grid is None:
        return Day(key, heading, tuple((card, "") for card in cards.of(sessions)))
    return Day(
        key=key,
        heading=heading,
        cards=tuple((card, grid.cells[card.session.code].classes) for card in cards.of(sessions)),
        width=grid.width,
        wide=grid.width > _FITTING,
        columns=tuple(_heads(cards, grid)),
        hours=tuple((clock(hour), f"s{row}") for hour, row in grid.hours),
    )


def _heads(cards: Cards, grid: Grid) -> Iterable[tuple[Markup, str]]:
    elsewhere = {EVERYWHERE: gettext("All rooms"), "": gettext("Elsewhere")}
    for column in grid.columns:
        name = elsewhere.get(column.room)
        yield (
            Markup.escape(name) if name else cards.room_name(column.room),
            f"c{column.first} w{column.span}",
        )


def _finder(
    published: Published, cards: Cards, lang: str, filters: Filters, counted: Tally
) -> Finder:
    action = way_to("pages.programme", lang=lang, event=published.event.slug)
    days = [day for day, sessions in published.sessions_by_day.items() if sessions]
    day_names = {EVERY_DAY: gettext("All days")} if len(days) > 1 else {}
    day_names |= {day.isoformat(): short_date(day, lang) for day in days}
    day_asked = filters.day or EVERY_DAY
    days_counted = counted.of["day"] | Counter({EVERY_DAY: counted.without["day"]})
    held = {session.kind for session in published.sessions}
    kinds = [kind for kind in Kind if kind in held]
    return Finder(
        action=action,
        filters=filters,
        days=_choices(_own(day_names, lang), day_asked, days_counted),
        themes=_choices(
            {chip.slug: chip.text for chip in cards.themes}, filters.theme, counted.of["theme"]
        ),
        rooms=_choices(
            {slug: cards.local(room.name) for slug, room in published.room_by_slug.items()},
            filters.room,
            counted.of["room"],
        ),
        languages=_choices(
            _own({code: name_of(code, lang) for code in published.languages_heard}, lang),
            filters.language,
            counted.of["language"],
        ),
        kinds=_choices(
            _own({kind.value: kind_label(kind) for kind in kinds}, lang),
            filters.kind,
            counted.of["kind"],
        ),
        day_links=tuple(
            _link(action, label, filters.but(day=value), value == day_asked)
            for value, label in day_names.items()
        )
        if len(days) > 1
        else (),
        theme_links=tuple(
            (
                chip,
                _link(
                    action,
                    chip.text.value,
                    filters.but(theme="" if chip.slug == filters.theme else chip.slug),
                    chip.slug == filters.theme,
                ),
            )
            for chip in cards.themes
        ),
    )


def _own(names: dict[str, str], lang: str) -> dict[str, LocalText]:
    """Return names that are in the reader's language anyway."""
    return {value: LocalText(name, lang, False) for value, name in names.items()}


def _choices(
    names: dict[str, LocalText], chosen: str, counted: Mapping[str, int]
) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, label, value == chosen, counted.get(value, 0))
        for value, label in names.items()
    )


def _link(action: str, label: str, filters: Filters, current: bool) -> Link:
    return Link(label, f"{action}?{filters.query}" if filters.query else action, current)


def _count(found: int, of: int) -> str:
    if found == of:
        return str(ngettext("%(num)d session", "%(num)d sessions", of))
    return str(
        ngettext("%(found)s of %(num)d session", "%(found)s of %(num)d sessions", of, found=found)
    )
