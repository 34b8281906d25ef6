"""The hours of an event's days, and which sessions are within them. Knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.events.models import Event

MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Hours:
    """When a day begins and ends, in minutes after its midnight; the end may pass 1440."""

    begin: int
    end: int


def dates(first: date, last: date) -> list[date]:
    """Return all days from one to another, both among them."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def hours_of(event: "Event") -> dict[date, Hours]:
    """Return the hours of every day of an event: its own, or those of the event."""
    return hours_with(event, event.first_day, event.last_day, Hours(event.day_from, event.day_to))


def hours_with(event: "Event", first: date, last: date, usual: Hours) -> dict[date, Hours]:
    """Return the hours that the days would have if the event had these dates and hours.

    A day that now has the event's hours takes the new ones.
    """
    was = Hours(event.day_from, event.day_to)
    own = {day.date: Hours(day.day_from, day.day_to) for day in event.days}
    return {day: own[day] if own.get(day, was) != was else usual for day in dates(first, last)}


def day_of(starts_at: datetime, hours: Mapping[date, Hours]) -> date:
    """Return the day that a session belongs to: what begins after midnight may end the day before.

    ``hours`` are those of all days.
    """
    day, minute = starts_at.date(), starts_at.hour * 60 + starts_at.minute
    before = day - timedelta(days=1)
    late = before in hours and MIDNIGHT + minute < hours[before].end
    early = day not in hours or minute < hours[day].begin
    return before if late and early else day


def is_within(starts_at: datetime, minutes: int, hours: Mapping[date, Hours]) -> bool:
    """Tell whether a session is within the hours of one of the days."""
    day = day_of(starts_at, hours)
    if day not in hours:
        return False
    midnight = datetime.combine(day, time())
    begins = midnight + timedelta(minutes=hours[day].begin)
    ends = midnight + timedelta(minutes=hours[day].end)
    return begins <= starts_at and starts_at + timedelta(minutes=minutes) <= ends


def clock_of(minutes: int) -> time:
    """Return minutes after midnight as the clock shows them, whichever day it is."""
    return time(minutes % MIDNIGHT // 60, minutes % 60)


def hours_between(begin: time, end: time) -> Hours:
    """Return the hours from one time of day to another; an end not after it is the day after."""
    first, last = (moment.hour * 60 + moment.minute for moment in (begin, end))
    return Hours(first, last if last > first else last + MIDNIGHT)
