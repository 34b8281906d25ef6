"""When an event starts, on the clocks of the conference."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.imports.hours import day_of, minute_of, moment_of
from planner.imports.report import BEFORE_EVENTS, Report
from planner.imports.source import SourceConference, SourceDay, SourceEvent
from planner.imports.zones import guessed_zone, is_zone, offset_in, offset_text, wall_clock

#: Where no ``day_change`` is given, what starts before this hour and before its day begins is
#: of the night after; a breakfast that is earlier than its day stays where it is.
_END_OF_NIGHT = 6 * 60


@dataclass(frozen=True)
class Clocks:
    """The zone in which the file's hours are read, and that of the plan they are written into."""

    zone: str
    plan_zone: str

    def on_wall(self, moment: datetime) -> datetime:
        """Return what the clocks of the file's zone show at a moment; naive ones they show."""
        return moment if moment.tzinfo is None else wall_clock(moment, self.zone)


def clocks_of(
    source: SourceConference, report: Report, *, asked: str | None, plan_zone: str | None
) -> Clocks:
    """Return the clocks: the zone asked for, the file's, the plan's, or a guess, in this order."""
    told = source.time_zone
    if told and not is_zone(told):
        report.guess(BEFORE_EVENTS, "conference", f"its time zone “{told[:60]}” is not known")
        told = ""
    if asked and told and asked != told:
        report.change(
            BEFORE_EVENTS, "conference", f"its time zone is {told}; {asked} was taken, as asked"
        )
    zone = asked or told or plan_zone
    if zone is None:
        zone = guessed_zone(
            moment
            for event in source.events
            if (moment := moment_of(event.date) or moment_of(event.start)) is not None
        )
        report.guess(
            BEFORE_EVENTS,
            "conference",
            f"its time zone is not said; {zone} was taken, which has the offsets of its events "
            "(--time-zone says another)",
        )
    if plan_zone and plan_zone != zone:
        report.change(
            BEFORE_EVENTS, "conference", f"hours were turned from {zone} into {plan_zone}"
        )
    return Clocks(zone, plan_zone or zone)


def start_of(
    event: SourceEvent, where: str, clocks: Clocks, day_change: str, report: Report
) -> datetime | None:
    """Return the wall clock at which an event starts, in the plan's zone, or None.

    A ``date`` with its hour is the truth. Where its offset is not that of the conference while
    ``start`` shows the same hour, the hour is what people read, and the offset is wrong.
    """
    moment = moment_of(event.date) or moment_of(event.start)
    if moment is None:
        wall = _from_day(event, where, clocks, day_change, report)
    elif moment.tzinfo is None:
        wall = _without_offset(moment, event)
    else:
        wall = _with_offset(moment, event, where, clocks, report)
    if wall is None or clocks.zone == clocks.plan_zone:
        return wall
    return wall_clock(wall.replace(tzinfo=ZoneInfo(clocks.zone)), clocks.plan_zone)


def _without_offset(moment: datetime, event: SourceEvent) -> datetime:
    minute = minute_of(event.start)
    if minute is not None and moment.time() == time():  # a date, written as its midnight
        return moment + timedelta(minutes=minute)
    return moment


def _with_offset(
    moment: datetime, event: SourceEvent, where: str, clocks: Clocks, report: Report
) -> datetime:
    told = moment.replace(tzinfo=None)
    converted = wall_clock(moment, clocks.zone)
    shown = minute_of(event.start)
    if shown is not None:
        shown %= 24 * 60
    if told != converted and shown == _minute(told):
        report.change(
            event.number,
            where,
            f"its date has the offset {offset_text(moment)} while {clocks.zone} has "
            f"{offset_in(told, clocks.zone)}; its hour {told:%H:%M} was kept, the offset dropped",
        )
        return told
    if shown is not None and shown != _minute(converted):
        report.change(
            event.number,
            where,
            f"its start says {event.start[:20]}, its date {converted:%H:%M}; the date was taken",
        )
    return converted


def _from_day(
    event: SourceEvent, where: str, clocks: Clocks, day_change: str, report: Report
) -> datetime | None:
    day = day_of(event.date) or (date_of(event.day) if event.day else None)
    minute = minute_of(event.start)
    if day is None or minute is None:
        return None
    if minute < _first_minute(event.day, clocks, day_change):
        minute += 24 * 60
        report.guess(
            event.number,
            where,
            f"it starts at {event.start[:20]}, before the day {day} begins; "
            "the night after was taken",
        )
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def date_of(day: SourceDay) -> date | None:
    """Return the date of a day of the file, or None."""
    return day_of(day.date) or day_of(day.start)


def _first_minute(day: SourceDay | None, clocks: Clocks, day_change: str) -> int:
    """Return the minute after midnight before which an hour belongs to the night."""
    change = minute_of(day_change)
    if change is not None:
        return change
    start = moment_of(day.start) if day else None
    if start is None:
        return 0
    return min(_minute(clocks.on_wall(start)), _END_OF_NIGHT)


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
