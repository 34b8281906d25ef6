"""Days and hours as people, and Excel, write them."""

from datetime import date, datetime, time, timedelta

import pytest

from planner.workbook.moments import day_of, hours_of
from planner.workbook.telling import CellError

_DAY = date(2017, 1, 18)


@pytest.mark.parametrize(
    "written",
    [
        "2017-01-18",
        "2017/1/18",
        "18.1.2017",
        "18. 1. 2017",
        "18/1/2017",
        "18-01-17",
        "١٨/١/٢٠١٧",
        "\u200f٢٠١٧-٠١-١٨",
        "20170118",
        "42753",
        42753,
        42753.0,
        datetime(2017, 1, 18),
        _DAY,
        "18 January 2017",
        "Wednesday, 18 January 2017",
        "January 18th, 2017",
        "18-Jan-2017",
        "18 كانون الثاني 2017",
        "١٨ يناير ٢٠١٧",
        "18ی کانوونی دووەم 2017",
    ],
)
def test_a_day_is_told_in_many_ways(written: str | float | date) -> None:
    day = day_of(written)
    assert (day.day, day.minute, day.other, day.month_first) == (_DAY, None, None, False)


@pytest.mark.parametrize(
    "written",
    ["", "2017", "yesterday", "31.2.2017", "1.13.13.2017", "12345678", True, time(9), 7, -1],
)
def test_what_is_no_day_is_refused(written: str | float | time) -> None:
    with pytest.raises(CellError):
        day_of(written)


def test_of_two_numbers_the_first_is_the_day_and_the_other_way_round_is_told() -> None:
    assert day_of("3/1/2017").day == date(2017, 1, 3)
    assert day_of("3/1/2017").other == date(2017, 3, 1)
    assert day_of("3/3/2017").other is None


def test_a_month_that_cannot_be_one_was_the_day() -> None:
    day = day_of("1/18/2017")
    assert (day.day, day.month_first) == (_DAY, True)


@pytest.mark.parametrize(
    "written",
    [
        "2017-01-18 09:00",
        "2017-01-18T09:00:00",
        42753.375,
        datetime(2017, 1, 18, 9),
        "18.1.2017 9:00",
    ],
)
def test_an_hour_may_stand_beside_a_day(written: str | float | datetime) -> None:
    assert (day_of(written).day, day_of(written).minute) == (_DAY, 9 * 60)
    hours = hours_of(written)
    assert hours.day is not None
    assert (hours.day.day, hours.start) == (_DAY, 9 * 60)


@pytest.mark.parametrize(
    ("written", "start", "minutes"),
    [
        ("09:00", 540, None),
        ("9:00", 540, None),
        ("9.30", 570, None),
        ("09:00:00", 540, None),
        ("٩:٣٠", 570, None),
        ("0.375", 540, None),
        ("0,375", 540, None),
        (0.375, 540, None),
        (time(9), 540, None),
        (timedelta(hours=25), 1500, None),
        (datetime(1900, 1, 1, 9), 540, None),
        ("24:30", 1470, None),
        ("9:00 AM", 540, None),
        ("2:30 p.m.", 870, None),
        ("12:00 am", 0, None),
        ("٢:٣٠ م", 870, None),
        ("9 am", 540, None),
        ("09:00-10:30", 540, 90),
        ("09:00 – 10:30", 540, 90),
        ("14:30 16:30", 870, 120),
        ("9:00 to 10:30", 540, 90),
        ("من 9:00 إلى 10:30", 540, 90),
        ("23:00-00:30", 1380, 90),
        ("10:00-10:00", 600, None),
        ("18.1.2017 09:00-10:30", 540, 90),
    ],
)
def test_hours_are_told_in_many_ways(
    written: str | float | time | timedelta, start: int, minutes: int | None
) -> None:
    hours = hours_of(written)
    assert (hours.start, hours.minutes) == (start, minutes)


@pytest.mark.parametrize(
    "written",
    ["", "9", "9:60", "25:61", "1.5", "soon", "about 9:00", "1:00 2:00 3:00", 9, True, "49:00"],
)
def test_what_is_no_hour_is_refused(written: str | float) -> None:
    with pytest.raises(CellError):
        hours_of(written)


def test_nobody_waits_for_a_cell_that_goes_on_and_on() -> None:
    for endless in ("9 " * 50_000, "9:00" * 25_000, "1.1." * 25_000, "a " * 50_000):
        for read in (day_of, hours_of):
            with pytest.raises(CellError):
                read(endless)
