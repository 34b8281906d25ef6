"""The days of a conference, and the hours from which and to which a day of it is drawn."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.imports.hours import day_of, moment_of
from planner.imports.report import BEFORE_EVENTS, Report
from planner.imports.source import SourceConference
from planner.imports.starts import Clocks, date_of

#: Longer is a mistake in one of the dates.
_LONGEST_SPAN = timedelta(days=366)
#: What lies further away from the conference is a mistake in its own date.
FAR_AWAY = timedelta(days=31)
_DAY = 24 * 60
#: What lasts longer does not stretch the hours that are drawn.
_LONG = 12 * 60


@dataclass(frozen=True)
class Slot:
    """When something is held, and the day of the file that it is listed under."""

    starts_at: datetime
    minutes: int
    listed_day: date | None


@dataclass(frozen=True)
class Span:
    """The first and the last day of a conference."""

    first: date
    last: date

    def is_far_from(self, moment: datetime) -> bool:
        """Tell whether a moment cannot belong to the conference."""
        return not self.first - FAR_AWAY <= moment.date() <= self.last + FAR_AWAY


def span_of(source: SourceConference, starts: list[datetime], report: Report) -> Span | None:
    """Return the days that the file says; where they make no sense, those of its events."""
    told = [day_of(source.start), day_of(source.end), *(date_of(day) for day in source.days)]
    days = [day for day in told if day is not None]
    if days and max(days) - min(days) <= _LONGEST_SPAN:
        return Span(min(days), max(days))
    if not starts:
        return None
    middle = sorted(starts)[len(starts) // 2].date()
    near = [start.date() for start in starts if abs(start.date() - middle) <= FAR_AWAY]
    reason = "are too far apart" if days else "are not said"
    report.guess(
        BEFORE_EVENTS, "conference", f"its first and last day {reason}; those of its events count"
    )
    return Span(min(near), max(near))


def hours_of(slots: list[Slot]) -> tuple[int, int]:
    """Return the minutes after midnight that cover all slots, in whole hours.

    The end may pass 1440; between the two lie at most 24 hours.
    """
    if not slots:
        return 8 * 60, 20 * 60
    begins = [_minute_of_day(slot) for slot in slots]
    ends = [
        begin + (slot.minutes if slot.minutes <= _LONG else 60)
        for begin, slot in zip(begins, slots, strict=True)
    ]
    day_from = min(begins) // 60 * 60
    day_to = -(-max(ends) // 60) * 60
    if day_from >= _DAY:  # everything is held at night: those are the hours of the next day
        day_from, day_to = day_from - _DAY, day_to - _DAY
    return day_from, min(max(day_to, day_from + 60), day_from + _DAY)


def drawn_hours(source: SourceConference, clocks: Clocks) -> tuple[int, int] | None:
    """Return the minutes after midnight between which all days of the file are open.

    A day that is longer than the others only holds something that goes on for longer.
    """
    opens, closes = [], []
    for day in source.days:
        date_told, begin, end = date_of(day), moment_of(day.start), moment_of(day.end)
        if date_told is None or begin is None or end is None:
            return None
        midnight = datetime.combine(date_told, time())
        opens.append(_minutes_after(midnight, clocks.on_wall(begin)))
        closes.append(_minutes_after(midnight, clocks.on_wall(end)))
    day_from, day_to = max(opens, default=0), min(closes, default=0)
    is_sensible = 0 <= day_from < _DAY and day_from < day_to <= day_from + _DAY
    return (day_from, day_to) if is_sensible else None


def _minutes_after(midnight: datetime, moment: datetime) -> int:
    return int((moment - midnight).total_seconds()) // 60


def days_of(span: Span, slots: list[Slot], day_to: int) -> Span:
    """Return the days that cover all slots, those in the small hours with the day before."""
    first = min([span.first, *(slot.starts_at.date() for slot in slots)])
    last = span.last
    for slot in slots:
        minute = slot.starts_at.hour * 60 + slot.starts_at.minute
        at_night = minute < day_to - _DAY and slot.starts_at.date() > first
        last = max(last, slot.starts_at.date() - timedelta(days=at_night))
    return Span(first, last)


def _minute_of_day(slot: Slot) -> int:
    """Return the start as minutes after the midnight that begins the day it is listed under."""
    passed = slot.starts_at.date() - slot.listed_day if slot.listed_day else timedelta()
    at_night = passed == timedelta(days=1)
    return slot.starts_at.hour * 60 + slot.starts_at.minute + (_DAY if at_night else 0)
