"""All days of the board at a glance: each a small picture to scale, with what is wrong on it."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import ngettext

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.i18n.content import LocalText
from planner.i18n.formats import clock, long_date
from planner.timetable.board_cards import Cards, Who, told_number
from planner.timetable.board_grid import Cell, Sheet, sheet_of
from planner.timetable.parts import Session
from planner.timetable.plan import Plan, plan_of
from planner.timetable.queries import days_of, sessions_on, unplaced


@dataclass(frozen=True)
class OverviewDay:
    """A day: its picture as classes of the style sheet, column by column."""

    key: str
    heading: str
    name: LocalText
    href: str
    count: str
    errors: int
    troubles: str
    columns: tuple[tuple[int, tuple[str, ...]], ...]
    spanning: tuple[str, ...]
    #: Hours at the side, with the row of each.
    hours: tuple[tuple[str, int], ...]
    #: What the picture says, for those who do not see it.
    told: tuple[tuple[LocalText, str], ...]


@dataclass(frozen=True)
class Overview:
    """The page of all days."""

    days: tuple[OverviewDay, ...]
    unplaced: int
    unplaced_told: str
    #: A day on which to place what is unplaced.
    first: str


def overview_page(access: Access) -> Overview:
    """Return what the page of all days shows."""
    plan = plan_of(access.event_id)
    cards = Cards(plan, Who(spoken().code, access.sees_names))
    days = tuple(_day(plan, cards, day) for day in days_of(plan))
    waiting = len(unplaced(plan))
    return Overview(
        days,
        waiting,
        ngettext("%(num)d unplaced session", "%(num)d unplaced sessions", waiting),
        days[0].href,
    )


def _day(plan: Plan, cards: Cards, day: date) -> OverviewDay:
    sessions = sessions_on(plan, day)
    hours = plan.hours(day)
    sheet = sheet_of(hours, plan.rooms, sessions)
    errors, warnings = cards.totals(day, sessions)
    classes = {session.code: cards.classes(session) for session in sessions}
    wrong = {session.code for session in sessions if cards.counts(session)[0]}

    def dabs(cells: dict[str, Cell]) -> tuple[str, ...]:
        return tuple(
            f"{classes[code]} {cell.classes}{' has-error' if code in wrong else ''}"
            for code, cell in cells.items()
        )

    return OverviewDay(
        key=day.isoformat(),
        heading=long_date(day, cards.who.reader),
        name=cards.local(hours.name),
        href=url_for("timetable.board", event=plan.slug, day=day.isoformat()),
        count=told_number(sessions),
        errors=errors,
        troubles=cards.told_counts(errors, warnings),
        columns=tuple(
            (column.lanes, dabs(column.cells)) for column in (sheet.everywhere, *sheet.columns)
        ),
        spanning=dabs(sheet.spanning),
        hours=_hours(sheet),
        told=_told(plan, cards, sessions),
    )


def _hours(sheet: Sheet) -> tuple[tuple[str, int], ...]:
    """Return every third hour, which a small picture has room for."""
    return tuple((clock(hour), row) for hour, row in sheet.hours if hour.hour % 3 == 0)


def _told(plan: Plan, cards: Cards, sessions: list[Session]) -> tuple[tuple[LocalText, str], ...]:
    return tuple(
        (cards.local(room.name), ngettext("%(num)d session", "%(num)d sessions", count))
        for room in plan.rooms
        if (count := sum(session.room == room.slug for session in sessions))
    )
