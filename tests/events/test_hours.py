"""The hours of days, also of those that go on after midnight."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.events.hours import (
    Hours,
    clock_of,
    dates,
    day_of,
    hours_between,
    is_within,
)

FIRST, SECOND = date(2017, 1, 18), date(2017, 1, 19)
#: The first day goes on until two in the night.
HOURS = {FIRST: Hours(9 * 60, 26 * 60), SECOND: Hours(9 * 60, 20 * 60)}


def test_the_days_of_an_event_are_the_first_the_last_and_all_between() -> None:
    assert dates(FIRST, SECOND) == [FIRST, SECOND]
    assert dates(FIRST, FIRST) == [FIRST]


@pytest.mark.parametrize(
    ("starts_at", "day"),
    [
        (datetime(2017, 1, 18, 9), FIRST),
        (datetime(2017, 1, 19, 0, 30), FIRST),
        (datetime(2017, 1, 19, 2), SECOND),
        (datetime(2017, 1, 19, 10), SECOND),
        (datetime(2017, 1, 20, 0, 30), date(2017, 1, 20)),
    ],
)
def test_what_begins_in_the_night_belongs_to_the_evening_before(
    starts_at: datetime, day: date
) -> None:
    assert day_of(starts_at, HOURS) == day


@pytest.mark.parametrize(
    ("starts_at", "minutes", "within"),
    [
        (datetime(2017, 1, 18, 9), 60, True),
        (datetime(2017, 1, 18, 8, 59), 60, False),
        (datetime(2017, 1, 18, 23, 30), 150, True),
        (datetime(2017, 1, 19, 0, 30), 90, True),
        (datetime(2017, 1, 19, 0, 30), 91, False),
        (datetime(2017, 1, 19, 19), 60, True),
        (datetime(2017, 1, 19, 19, 1), 60, False),
        (datetime(2017, 1, 17, 12), 60, False),
    ],
)
def test_a_session_is_within_the_hours_from_its_beginning_to_its_end(
    starts_at: datetime, minutes: int, within: bool
) -> None:
    assert is_within(starts_at, minutes, HOURS) is within


def test_an_end_before_the_beginning_is_after_midnight() -> None:
    assert hours_between(time(9), time(20)) == Hours(540, 1200)
    assert hours_between(time(9), time(2)) == Hours(540, 1560)
    assert hours_between(time(9), time(0)) == Hours(540, 1440)
    assert hours_between(time(9), time(9)) == Hours(540, 1980)


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_hours_are_written_and_read_without_a_loss(begin: int, length: int) -> None:
    hours = Hours(begin, begin + length)
    assert hours_between(clock_of(hours.begin), clock_of(hours.end)) == hours
