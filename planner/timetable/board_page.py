"""The page of one day of the board, and the parts of it that change while one looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from planner.accounts.access import Access, Permission
from planner.desk.language import spoken
from planner.desk.layout import Way, render_desk
from planner.i18n.content import LocalText
from planner.i18n.formats import clock, long_date, short_date
from planner.i18n.labels import N_
from planner.journal.queries import newest
from planner.lib.text import fold
from planner.programme.vocabulary import Role
from planner.speakers.naming import called
from planner.timetable.board_cards import Card, Cards, Who, told_number
from planner.timetable.board_grid import Cell, Column, Sheet, sheet_of
from planner.timetable.forms import clock_of, minutes_of
from planner.timetable.parts import Room, Session
from planner.timetable.plan import Plan, plan_of
from planner.timetable.presence import present
from planner.timetable.queries import days_of, fitting, moment_on, sessions_on, unplaced

#: What the script says; names in braces are filled in by it.
_WORDS = {
    "slot": N_("{room}, {start} to {end}"),
    "inTray": N_("Among the unplaced ones"),
    "free": N_("free"),
    "warning": N_("with a warning"),
    "error": N_("impossible"),
    "lifted": N_(
        "“{session}” lifted. Arrow keys move it, plus and minus change its length, Enter puts it "
        "down, Delete takes it to the unplaced ones, Escape gives up."
    ),
    "steering": N_("Moving “{session}”"),
    "givenUp": N_("Given up: everything is where it was."),
    "anyway": N_("Place it anyway"),
    "moveAllTheSame": N_("Move it all the same"),
    "swap": N_("Swap with “{session}”"),
    "failed": N_("Nothing was moved: the server could not be reached. Try once more."),
    "signedOut": N_("You are no longer signed in. Load the page again to go on."),
}


@dataclass(frozen=True)
class Asked:
    """What the query asks for: words and theme for the tray, what fits where, and one room."""

    q: str = ""
    theme: str = ""
    fits: str = ""
    at: str = ""
    room: str = ""

    @classmethod
    def of(cls, query: Any) -> "Asked":
        """Return what a query asks for."""
        return cls(
            **{name: query.get(name, "").strip() for name in ("q", "theme", "fits", "at", "room")}
        )


@dataclass(frozen=True)
class RoomColumn:
    """A room on the page, with the classes that draw what is in it."""

    slug: str
    name: LocalText
    about: str
    href: str
    lanes: int
    closed: tuple[str, ...]
    cards: tuple[tuple[Card, str], ...]


@dataclass(frozen=True)
class Page:
    """What the template of a day shows."""

    key: str
    address: str
    heading: str
    name: LocalText
    days: tuple[Way, ...]
    plans: bool
    newest: int
    words: dict[str, str]
    present: Markup
    count: str
    errors: int
    troubles: str
    sheet: Sheet
    #: Minutes after midnight at which the sheet, and the day, begin.
    origin: int
    begin: int
    hours: tuple[tuple[str, int], ...]
    columns: tuple[RoomColumn, ...]
    everywhere: tuple[tuple[Card, str], ...]
    spanning: tuple[tuple[Card, str], ...]
    #: The room that is shown where there is space for one only; the only one if ``single``.
    chosen: str
    single: bool
    asked: Asked
    narrowed: bool
    themes: tuple[tuple[str, LocalText], ...]
    has_unplaced: bool
    waiting: str
    tray: tuple[Card, ...]
    tray_count: str


def parts_of(access: Access, page: Page) -> str:
    """Return the parts of the page of a day that change, as HTML."""
    shown = render_desk("timetable/board_day.html", access, page=page, is_fragment=True)
    return shown.get_data(as_text=True)


def day_page(access: Access, day: date, asked: Asked, *, plan: Plan | None = None) -> Page | None:
    """Return what the page of a day shows, in a fixed number of statements.

    None for a day that is none of the event's, and on which nothing is placed.
    """
    # First the number: what is done after it will be told as news.
    number = newest(access.event_id)
    plan = plan or plan_of(access.event_id)
    if day not in days_of(plan):
        return None
    who = Who(spoken().code, access.sees_names)
    cards = Cards(plan, who)
    here = sessions_on(plan, day)
    hours = plan.hours(day)
    sheet = sheet_of(hours, plan.rooms, here)
    by_code = {card.session.code: card for card in cards.of(here, day)}
    address = url_for("timetable.board", event=plan.slug, day=day.isoformat())
    columns = tuple(
        _column(cards, room, column, by_code, address)
        for room, column in zip(plan.rooms, sheet.columns, strict=True)
    )
    waiting = unplaced(plan)
    asked = _settled(plan, day, asked)
    tray = _searched(plan, waiting, asked, day, who)
    errors, warnings = cards.totals(day, here)
    single = asked.room in plan.room_by_slug
    return Page(
        key=day.isoformat(),
        address=address,
        heading=long_date(day, who.reader),
        name=cards.local(hours.name),
        days=day_ways(plan, day, who.reader),
        plans=access.may(Permission.PLAN),
        newest=number,
        words={key: str(gettext(words)) for key, words in _WORDS.items()},
        present=told_present(present(access.event_id, day, but=access.user_id)),
        count=told_number(here),
        errors=errors,
        troubles=cards.told_counts(errors, warnings),
        sheet=sheet,
        origin=_minutes(sheet.origin, day),
        begin=_minutes(hours.starts_at, day),
        hours=tuple((clock(hour), row) for hour, row in sheet.hours),
        columns=columns,
        everywhere=_drawn(sheet.everywhere.cells, by_code),
        spanning=_drawn(sheet.spanning, by_code),
        chosen=asked.room if single else _first(columns),
        single=single,
        asked=asked,
        narrowed=replace(asked, room="") != Asked(),
        themes=tuple((theme.slug, cards.local(theme.name)) for theme in plan.themes),
        has_unplaced=bool(waiting),
        waiting=ngettext("%(num)d unplaced", "%(num)d unplaced", len(waiting)),
        tray=tuple(cards.of(tray, day)),
        tray_count=_tray_count(len(tray), len(waiting)),
    )


def day_ways(plan: Plan, current: date | None, reader: str) -> tuple[Way, ...]:
    """Return the ways to all days of the board."""
    return tuple(
        Way(
            short_date(day, reader),
            url_for("timetable.board", event=plan.slug, day=day.isoformat()),
            day == current,
        )
        for day in days_of(plan)
    )


def told_present(names: Sequence[str]) -> Markup:
    """Return who else looks at a day, in words; nothing for nobody."""
    if not names:
        return Markup("")
    listed = Markup(" · ").join(Markup("<b><bdi>{}</bdi></b>").format(name) for name in names)
    return escape(gettext("Also here: %(names)s")) % {"names": listed}


def _settled(plan: Plan, day: date, asked: Asked) -> Asked:
    """Return what was asked for without what there is not; an hour goes with a room."""
    fits = asked.fits if asked.fits in plan.room_by_slug else ""
    minute = minutes_of(asked.at)
    begin = plan.hours(day).starts_at
    at = clock_of(minute) if minute is not None else f"{begin:%H:%M}" if fits else ""
    theme = asked.theme if asked.theme in plan.theme_by_slug else ""
    room = asked.room if asked.room in plan.room_by_slug else ""
    return Asked(asked.q, theme, fits, at, room)


def _searched(
    plan: Plan, waiting: Iterable[Session], asked: Asked, day: date, who: Who
) -> list[Session]:
    """Return the unplaced sessions that the tray shows."""
    words = fold(asked.q).split()
    found = [
        session
        for session in waiting
        if (not asked.theme or session.theme == asked.theme)
        and (not words or _has(_text_of(plan, session, who), words))
    ]
    if not asked.fits:
        return found
    minute = minutes_of(asked.at) or 0
    return fitting(plan, found, asked.fits, moment_on(plan, day, minute))


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _text_of(plan: Plan, session: Session, who: Who) -> str:
    """Return what search looks through: no name that the reader may not know."""
    people = (
        called(plan.speaker_by_id[person.speaker_id], who.reader, sees_names=who.sees_names).value
        for person in session.people
        if person.role is not Role.INTERPRETER
    )
    return fold(" ".join((session.code, *session.titles.values(), *people)))


def _column(
    cards: Cards, room: Room, column: Column, by_code: dict[str, Card], address: str
) -> RoomColumn:
    about = []
    if room.capacity:
        about.append(ngettext("%(num)d seat", "%(num)d seats", room.capacity))
    if room.booths:
        about.append(ngettext("%(num)d booth", "%(num)d booths", room.booths))
    return RoomColumn(
        slug=room.slug,
        name=cards.local(room.name),
        about=" · ".join(about),
        href=f"{address}?room={room.slug}",
        lanes=column.lanes,
        closed=tuple(band.classes for band in column.closed),
        cards=_drawn(column.cells, by_code),
    )


def _drawn(cells: dict[str, Cell], by_code: dict[str, Card]) -> tuple[tuple[Card, str], ...]:
    return tuple((by_code[code], cell.classes) for code, cell in cells.items())


def _first(columns: Sequence[RoomColumn]) -> str:
    """Return the first room that has something in it, else the first."""
    return next((column.slug for column in columns if column.cards), None) or (
        columns[0].slug if columns else ""
    )


def _minutes(moment: datetime, day: date) -> int:
    return (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute


def _tray_count(found: int, of: int) -> str:
    if found == of:
        return str(ngettext("%(num)d session", "%(num)d sessions", of))
    return str(
        ngettext("%(found)s of %(num)d session", "%(found)s of %(num)d sessions", of, found=found)
    )
