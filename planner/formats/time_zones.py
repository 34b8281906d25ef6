"""The venue's wall clock: as instants, and as the VTIMEZONE by which calendars read it.

Sessions are kept as the venue's wall clock shows them. What turns that into instants, for any
format, is here.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from planner.formats.ical_lines import serialised
from planner.programme.document import EventInfo

#: How far beyond the event a zone's rules must hold to be told as rules.
_YEARS_AHEAD = 10
#: Rules begin in this year, because some programs misread a zone that begins shortly before
#: the event.
_BEGINNING = 1970
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)


def in_zone(wall_time: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which a clock on the wall shows ``wall_time``, aware and in the zone.

    A time that the clock skips is told as the clock goes on after the gap; of a time that it
    shows twice, the first is meant (RFC 5545, section 3.3.5).
    """
    return wall_time.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def later(moment: datetime, minutes: int) -> datetime:
    """Return the instant that many elapsed minutes after ``moment``, in the same zone."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def is_near_change(moment: datetime) -> bool:
    """Tell whether the clocks are changed within a day of an instant that is aware and in a zone.

    The wall's time is then shown twice, or calendars have been seen to misread it: ts-ics 2.4.6
    is wrong by the change for hours before and after.
    """
    instant = moment.astimezone(UTC)
    around = (instant - _DAY, instant, instant + _DAY)
    return len({other.astimezone(moment.tzinfo).utcoffset() for other in around}) > 1


def years_told(event: EventInfo) -> range:
    """Return the years in which the definition of the event's zone is exact."""
    return range(event.first_day.year, event.last_day.year + _YEARS_AHEAD + 1)


def definition_of(event: EventInfo) -> bytes | None:
    """Return the VTIMEZONE of an event's zone as lines, or None: tell times in UTC then.

    :raises zoneinfo.ZoneInfoNotFoundError: when there is no such zone.
    """
    years = years_told(event)
    return vtimezone(event.time_zone, years[0], years[-1])


@lru_cache(maxsize=256)
def vtimezone(name: str, first_year: int, last_year: int) -> bytes | None:
    """Return the definition of a zone that is exact from ``first_year`` to ``last_year``.

    It consists of one offset, or of two with a yearly rule each, since Outlook reads nothing
    else (MS-STANOICAL, section 2.2.47). None where there are no such rules, and where ``name``
    is not of the form Region/City: many programs read such an alias otherwise than it is
    defined.

    :raises zoneinfo.ZoneInfoNotFoundError: when there is no such zone.
    """
    if "/" not in name:
        return None
    zone = ZoneInfo(name)
    years = range(first_year, last_year + 1)
    changes = _changes(zone, years)
    if changes:
        observances = [
            _observance([change for change in changes if change.is_forward is forward], years)
            for forward in (False, True)
        ]
    else:
        observances = [_standing(datetime(first_year, 1, 1, tzinfo=zone))]
    definition = Timezone()
    definition.add("tzid", name)
    for observance in observances:
        if observance is None:
            return None
        definition.add_component(observance)
    return serialised(definition)


@dataclass(frozen=True)
class _Change:
    """A moment at which the clocks are changed, as they show it before, and both offsets."""

    at: datetime
    before: timedelta
    after: timedelta
    abbreviation: str

    @property
    def is_forward(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True)
class _YearlyRule:
    """A weekday of a month each year: its first, second, third or fourth, or the last (-1)."""

    month: int
    weekday: int
    which: int

    def day_in(self, year: int) -> date:
        days = monthrange(year, self.month)[1]
        first = date(year, self.month, days - 6 if self.which == -1 else 7 * self.which - 6)
        return first + _DAY * ((self.weekday - first.weekday()) % 7)

    def recurrence(self) -> dict[str, object]:
        weekday = f"{self.which}{_WEEKDAYS[self.weekday]}"
        return {"freq": "yearly", "bymonth": self.month, "byday": weekday}


def _changes(zone: ZoneInfo, years: range) -> list[_Change]:
    """Return every change of the zone's offset in some years, in order."""
    midnight = datetime(years[0], 1, 1, tzinfo=UTC)
    days = (date(years[-1], 12, 31) - midnight.date()).days + 1
    instants = [midnight + _DAY * number for number in range(days + 1)]
    offsets = [_offset(zone, instant) for instant in instants]
    return [
        _change_between(zone, instants[number], instants[number + 1])
        for number, (before, after) in enumerate(pairwise(offsets))
        if before != after
    ]


def _change_between(zone: ZoneInfo, since: datetime, until: datetime) -> _Change:
    """Return the change between two instants, by halving to the second."""
    before = _offset(zone, since)
    while until - since > timedelta(seconds=1):
        middle = (since + (until - since) / 2).replace(microsecond=0)
        if _offset(zone, middle) == before:
            since = middle
        else:
            until = middle
    local = until.astimezone(zone)
    return _Change(
        (until + before).replace(tzinfo=None), before, _offset(zone, until), local.tzname() or ""
    )


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)


def _observance(changes: list[_Change], years: range) -> TimezoneStandard | TimezoneDaylight | None:
    """Return what one of the two changes of each year says as a rule, or None."""
    if [change.at.year for change in changes] != list(years):
        return None
    if len({(change.at.time(), change.before, change.after) for change in changes}) != 1:
        return None
    rule = _rule_of([change.at.date() for change in changes])
    if rule is None:
        return None
    observance = TimezoneDaylight() if changes[0].is_forward else TimezoneStandard()
    began = datetime.combine(rule.day_in(_BEGINNING), changes[0].at.time())
    _write(observance, began, changes[0])
    observance.add("rrule", rule.recurrence())
    return observance


def _rule_of(days: list[date]) -> _YearlyRule | None:
    """Return the rule that gives exactly these days, one in each year, or None.

    Rules of another form, such as Jerusalem's Friday between the 23rd and the 29th, are read by
    few programs.
    """
    for which in (-1, 1, 2, 3, 4):
        rule = _YearlyRule(days[0].month, days[0].weekday(), which)
        if all(rule.day_in(day.year) == day for day in days):
            return rule
    return None


def _standing(moment: datetime) -> TimezoneStandard:
    """Return the one offset of a zone whose clocks are never changed."""
    offset = moment.utcoffset() or timedelta(0)
    began = datetime.combine(date(_BEGINNING, 1, 1), time())
    observance = TimezoneStandard()
    _write(observance, began, _Change(began, offset, offset, moment.tzname() or ""))
    return observance


def _write(
    observance: TimezoneStandard | TimezoneDaylight, onset: datetime, change: _Change
) -> None:
    observance.add("dtstart", onset)
    observance.add("tzoffsetfrom", change.before)
    observance.add("tzoffsetto", change.after)
    observance.add("tzname", change.abbreviation)
