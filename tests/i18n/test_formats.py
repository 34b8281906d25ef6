"""Dates, hours and lengths in three languages."""

import unicodedata
from datetime import date, datetime

import pytest
from flask import Flask

from planner.i18n.formats import (
    clock,
    date_range,
    duration,
    long_date,
    plain_date,
    plain_time_range,
    short_date,
    time_range,
)
from planner.i18n.interface import speaking

_DAY = date(2017, 1, 18)
_EVENING = datetime(2017, 1, 18, 23, 30)
_ARABIC_MONTHS = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
_KURDISH_MONTHS = [
    "کانوونی دووەم",
    "شوبات",
    "ئازار",
    "نیسان",
    "ئایار",
    "حوزەیران",
    "تەمووز",
    "ئاب",
    "ئەیلوول",
    "تشرینی یەکەم",
    "تشرینی دووەم",
    "کانوونی یەکەم",
]
_KURDISH_DAYS = ["دووشەممە", "سێشەممە", "چوارشەممە", "پێنجشەممە", "هەینی", "شەممە", "یەکشەممە"]


@pytest.mark.parametrize(
    ("reader", "told", "short", "plain"),
    [
        ("en", "Wednesday, 18 January 2017", "Wednesday 18 January", "18 January 2017"),
        (
            "ar",
            "الأربعاء، 18 كانون الثاني 2017",
            "الأربعاء، 18 كانون الثاني",
            "18 كانون الثاني 2017",
        ),
        (
            "ckb",
            "چوارشەممە، 18ی کانوونی دووەمی 2017",
            "چوارشەممە، 18ی کانوونی دووەم",
            "18ی کانوونی دووەمی 2017",
        ),
    ],
)
def test_a_day_is_told_as_the_region_tells_it(
    reader: str, told: str, short: str, plain: str
) -> None:
    assert long_date(_DAY, reader) == told
    assert short_date(_DAY, reader) == short
    assert plain_date(_DAY, reader) == plain


@pytest.mark.parametrize("month", range(1, 13))
def test_the_months_have_the_names_that_they_have_in_iraq(month: int) -> None:
    day = date(2017, month, 5)
    assert _plain_blanks(plain_date(day, "ar")) == f"5 {_ARABIC_MONTHS[month - 1]} 2017"
    assert plain_date(day, "ckb") == f"5ی {_KURDISH_MONTHS[month - 1]}ی 2017"
    assert short_date(day, "ckb").endswith(f"، 5ی {_KURDISH_MONTHS[month - 1]}")


@pytest.mark.parametrize("weekday", range(7))
def test_the_days_of_the_week_are_written_with_one_letter_h(weekday: int) -> None:
    day = date(2017, 1, 16 + weekday)
    assert long_date(day, "ckb").split("، ")[0] == _KURDISH_DAYS[weekday]


@pytest.mark.parametrize("reader", ["en", "ar", "ckb"])
@pytest.mark.parametrize("month", range(1, 13))
def test_digits_are_latin_everywhere(reader: str, month: int) -> None:
    day = date(2017, month, 28)
    told = "".join(f(day, reader) for f in (long_date, short_date, plain_date))
    told += date_range(day, date(2018, 1, 9), reader)
    assert {c for c in told if unicodedata.category(c) == "Nd"} <= set("0123456789")


@pytest.mark.parametrize(
    ("reader", "within", "across"),
    [
        ("en", "18–20 Jan 2017", "30 Jan – 2 Feb 2017"),
        ("ar", "18–20 كانون الثاني 2017", "30 كانون الثاني – 2 شباط 2017"),
        ("ckb", "18–20ی کانوونی دووەمی 2017", "30ی کانوونی دووەم – 2ی شوباتی 2017"),
    ],
)
def test_the_days_of_an_event_are_a_range(reader: str, within: str, across: str) -> None:
    ranges = [
        date_range(_DAY, date(2017, 1, 20), reader),
        date_range(date(2017, 1, 30), date(2017, 2, 2), reader),
    ]
    assert [_plain_blanks(told) for told in ranges] == [within, across]


@pytest.mark.parametrize("reader", ["en", "ar", "ckb"])
def test_an_event_of_one_day_has_that_day(reader: str) -> None:
    assert date_range(_DAY, _DAY, reader) == long_date(_DAY, reader)


def test_languages_of_content_have_dates_too() -> None:
    assert "2017" in long_date(_DAY, "de")
    assert "2017" in long_date(_DAY, "xx")


def test_hours_have_two_digits_and_no_halves_of_days() -> None:
    assert clock(datetime(2017, 1, 18, 9, 5)) == "09:05"
    assert clock(_EVENING) == "23:30"


def test_a_range_of_hours_is_isolated_from_the_direction_around_it() -> None:
    assert plain_time_range(datetime(2017, 1, 18, 9, 0), 60) == "\u206609:00–10:00\u2069"


def test_a_range_that_passes_midnight_ends_on_the_next_day() -> None:
    assert plain_time_range(_EVENING, 60) == "\u206623:30–00:30\u2069"
    assert '<time datetime="2017-01-19T00:30">00:30</time>' in time_range(_EVENING, 60)


def test_a_range_of_hours_in_html_has_its_own_direction() -> None:
    told = time_range(datetime(2017, 1, 18, 9, 0), 35)
    assert told.startswith('<bdi dir="ltr"')
    assert told.striptags() == "09:00–09:35"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (120, "2 hours"),
        (90, "1 hour and 30 minutes"),
        (121, "2 hours and 1 minute"),
    ],
)
def test_a_length_is_told_in_hours_and_minutes(app: Flask, minutes: int, told: str) -> None:
    with speaking("en"):
        assert duration(minutes) == told


def _plain_blanks(text: str) -> str:
    """Return text without the thin and unbreakable blanks that CLDR puts into ranges."""
    return text.replace("\u2009", " ").replace("\u202f", " ").replace("\u00a0", " ")
