"""Dates, hours and lengths as schedules write them."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.imports.hours import LONGEST, day_of, length_of, minute_of, moment_of


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("00:30", 30),
        ("0:45", 45),
        ("0:45:00", 45),
        ("00:10:30", 11),
        ("25:00", 1500),
        ("99:59", LONGEST),
        ("90", 90),
        ("0:00", 0),
        ("0", 0),
        ("PT1H30M", 90),
        ("1h", 60),
        ("1 h 15 min", 75),
        ("45 minutes", 45),
        ("٤٥", 45),
        ("", None),
        ("-0:30", None),
        ("100:00", None),
        ("99999", None),
        ("an hour", None),
        ("PT", None),
    ],
)
def test_lengths_are_understood_in_every_spelling(written: str, minutes: int | None) -> None:
    assert length_of(written) == minutes


@pytest.mark.parametrize(
    ("written", "minute"),
    [
        ("09:30", 570),
        ("9:30:00", 570),
        ("0930", 570),
        ("9.30", 570),
        ("00:00", 0),
        ("25:30", 1530),
        ("48:00", None),
        ("10:60", None),
        ("noon", None),
        ("", None),
    ],
)
def test_hours_of_the_day_are_understood(written: str, minute: int | None) -> None:
    assert minute_of(written) == minute


def test_a_moment_needs_a_date_and_an_hour_that_make_sense() -> None:
    moment = moment_of("2017-01-18T10:00:59+03:00")
    assert moment is not None
    assert moment.isoformat() == "2017-01-18T10:00:00+03:00"
    assert moment_of("2017-01-18 10:00") == datetime(2017, 1, 18, 10, 0)
    for nonsense in (
        "2017-01-18",
        "",
        "2017-13-18T10:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59Z",
    ):
        assert moment_of(nonsense) is None


def test_a_day_is_what_a_date_begins_with() -> None:
    assert day_of("2017-01-18T10:00:00+03:00") == date(2017, 1, 18)
    assert day_of("2017-01-18") == date(2017, 1, 18)
    assert day_of("18.01.2017") is None
    assert day_of("0018-01-01") is None


@given(st.integers(0, LONGEST))
def test_every_length_is_read_as_it_was_written(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    assert length_of(f"{hours}:{rest:02}") == length_of(f"{hours:02}:{rest:02}:00") == minutes


@given(st.datetimes(datetime(1971, 1, 1), datetime(2198, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_every_moment_is_read_as_it_was_written(wall: datetime, offset: int) -> None:
    zone = timezone(timedelta(minutes=offset))
    moment = wall.replace(second=0, microsecond=0, tzinfo=zone)
    assert moment_of(moment.isoformat()) == moment


@given(st.text())
def test_nothing_that_is_written_is_an_error(written: str) -> None:
    for read in (moment_of, day_of, minute_of, length_of):
        read(written)
