"""The venue's wall clock as instants and as VTIMEZONE."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Timezone

from planner.formats.time_zones import in_zone, is_near_change, later, vtimezone

BERLIN = ZoneInfo("Europe/Berlin")
CHANGING = [
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/Havana",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Asia/Beirut",
    "Antarctica/Troll",
]
STANDING = ["Asia/Baghdad", "Asia/Kathmandu", "America/Phoenix", "Africa/Lagos"]


def _observances(definition: bytes) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return every onset until 2040 with the offsets before and after it, expanded by dateutil."""
    onsets = []
    for part in Timezone.from_ical(definition).subcomponents:
        began = part["DTSTART"].dt
        days = [began]
        if "RRULE" in part:
            rule = rrulestr(part["RRULE"].to_ical().decode(), dtstart=began)
            days = rule.between(began, datetime(2040, 1, 1), inc=True)
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        onsets += [(day - before, before, after) for day in days]
    return sorted(onsets)


def _offset_in(onsets: list[tuple[datetime, timedelta, timedelta]], instant: datetime) -> timedelta:
    offset = onsets[0][1]
    for onset, _, after in onsets:
        if onset <= instant:
            offset = after
    return offset


@pytest.mark.parametrize("name", CHANGING + STANDING)
def test_it_defines_a_zone_exactly_for_the_event_and_ten_years(name: str) -> None:
    definition = vtimezone(name, 2026, 2036)
    assert definition is not None
    onsets = _observances(definition)
    zone = ZoneInfo(name)
    instant = datetime(2026, 1, 1)
    while instant.year < 2037:
        expected = instant.replace(tzinfo=UTC).astimezone(zone).utcoffset()
        assert _offset_in(onsets, instant) == expected, instant
        instant += timedelta(hours=9, minutes=30)
    assert _changes_in(zone, 2026) == [
        onset for onset, before, after in onsets if onset.year == 2026 and before != after
    ]


def _changes_in(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the instants at which a zone's offset changes, which all are at a half hour."""
    first = datetime(year, 1, 1, tzinfo=UTC)
    half_hours = [first + timedelta(minutes=30) * number for number in range(365 * 48)]
    return [
        after.replace(tzinfo=None)
        for before, after in pairwise(half_hours)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    ]


@pytest.mark.parametrize("name", CHANGING)
def test_it_tells_changes_by_two_yearly_rules_from_1970(name: str) -> None:
    definition = vtimezone(name, 2026, 2036)
    assert definition is not None
    parts = Timezone.from_ical(definition).subcomponents
    assert sorted(part.name for part in parts) == ["DAYLIGHT", "STANDARD"]
    assert [part["DTSTART"].dt.year for part in parts] == [1970, 1970]
    assert all(part["RRULE"]["FREQ"] == ["YEARLY"] for part in parts)
    assert b"RDATE" not in definition


def test_it_tells_the_onset_by_the_clock_before_the_change() -> None:
    assert vtimezone("Europe/Berlin", 2026, 2036) == (
        b"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"
        b"BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"
        b"TZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
        b"BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"
        b"TZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
        b"END:VTIMEZONE\r\n"
    )


def test_it_tells_a_zone_without_changes_by_one_offset() -> None:
    definition = vtimezone("Asia/Baghdad", 2017, 2027)
    assert definition is not None
    (part,) = Timezone.from_ical(definition).subcomponents
    assert part.name == "STANDARD"
    assert part["TZOFFSETFROM"].td == part["TZOFFSETTO"].td == timedelta(hours=3)
    assert "RRULE" not in part


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Africa/Cairo", 2026),  # a Friday after a Thursday that may be in the month before
        ("Africa/Casablanca", 2026),  # the clocks follow Ramadan
        ("Asia/Gaza", 2026),
        ("America/Santiago", 2026),  # a Sunday from the second to the eighth
        ("Europe/Istanbul", 2014),  # gave daylight saving time up within ten years
        ("Asia/Baghdad", 2005),
    ],
)
def test_it_does_not_define_a_zone_whose_changes_follow_no_simple_rule(
    name: str, year: int
) -> None:
    assert vtimezone(name, year, year + 10) is None


@pytest.mark.parametrize("name", ["UTC", "GMT", "Israel", "CET"])
def test_it_does_not_define_names_that_programs_read_in_their_own_way(name: str) -> None:
    assert vtimezone(name, 2026, 2036) is None


def test_it_moves_a_time_that_the_clocks_skip_past_the_gap() -> None:
    moment = in_zone(datetime(2026, 3, 29, 2, 30), BERLIN)
    assert moment.isoformat() == "2026-03-29T03:30:00+02:00"


def test_it_takes_the_first_of_a_time_that_the_clocks_show_twice() -> None:
    moment = in_zone(datetime(2026, 10, 25, 2, 30), BERLIN)
    assert moment.isoformat() == "2026-10-25T02:30:00+02:00"


def test_it_counts_the_minutes_that_elapse_and_not_those_on_the_clock() -> None:
    start = in_zone(datetime(2026, 10, 25, 1, 30), BERLIN)
    assert later(start, 180).isoformat() == "2026-10-25T03:30:00+01:00"
    start = in_zone(datetime(2026, 3, 29, 1, 30), BERLIN)
    assert later(start, 60).isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 27), False),
        (date(2026, 3, 28), True),
        (date(2026, 3, 29), True),
        (date(2026, 3, 31), False),
        (date(2026, 10, 25), True),
    ],
)
def test_it_knows_the_days_around_a_change(day: date, expected: bool) -> None:
    noon = datetime(day.year, day.month, day.day, 12)
    assert is_near_change(in_zone(noon, BERLIN)) is expected
    assert is_near_change(in_zone(noon, ZoneInfo("Asia/Baghdad"))) is False
