"""What cells mean: numbers, lengths, words and languages."""

from datetime import date, datetime, time, timedelta

import pytest

from planner.workbook.telling import CellError
from planner.workbook.values import (
    address_of,
    checked_text,
    count_of,
    email_of,
    is_emptied,
    languages_of,
    minutes_of,
    text_of,
    truth_of,
)

pytestmark = pytest.mark.usefixtures("app")
_LANGUAGES = ("en", "ar", "ckb")


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("90", 90),
        (90, 90),
        (90.0, 90),
        ("٩٠", 90),
        ("1:30", 90),
        ("1h30", 90),
        ("1h 30m", 90),
        ("90 min", 90),
        ("90 دقيقة", 90),
        ("90 خولەک", 90),
        (time(1, 30), 90),
        (timedelta(minutes=90), 90),
        (datetime(1900, 1, 1, 1, 30), 90),
        (0.0625, 90),
        ("0:45", 45),
    ],
)
def test_lengths_are_told_in_many_ways(written: str | float | time, minutes: int) -> None:
    assert minutes_of(written) == minutes


@pytest.mark.parametrize("written", ["0", "-5", "", "long", "1.5", "6000", True, 1e9])
def test_what_is_no_length_is_refused(written: str | float) -> None:
    with pytest.raises(CellError):
        minutes_of(written)


def test_counts_are_whole_and_not_below_the_least() -> None:
    assert [count_of(written, least=1) for written in ("1", "٢٥٠", 3.0, "3.0")] == [1, 250, 3, 3]
    for written in ("0", "-1", "1.5", "many", "", "1e12", "nan", "inf"):
        with pytest.raises(CellError):
            count_of(written, least=1)


@pytest.mark.parametrize(
    ("written", "truth"),
    [
        *((word, True) for word in ("yes", "Y", "x", "✓", "نعم", "بەڵێ", "TRUE", 1, True)),
        *((word, False) for word in ("no", "0", "لا", "نەخێر", "False", False)),
    ],
)
def test_yes_and_no_are_said_in_three_languages(written: str | float, truth: bool) -> None:
    assert truth_of(written) is truth


def test_what_is_neither_is_refused() -> None:
    with pytest.raises(CellError):
        truth_of("perhaps")


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("ar; en", ["ar", "en"]),
        ("Arabic, English", ["ar", "en"]),
        ("العربية، الكردية", ["ar", "ckb"]),
        ("کوردی + ئینگلیزی", ["ckb", "en"]),
        ("Kurdish (Sorani)/ar", ["ckb", "ar"]),
        ("ku", ["ckb"]),
        ("kmr", ["kmr"]),
        ("de\nfr", ["de", "fr"]),
        ("ar;ar", ["ar"]),
    ],
)
def test_languages_are_told_by_code_and_by_name(written: str, codes: list[str]) -> None:
    assert languages_of(written, _LANGUAGES) == codes


@pytest.mark.parametrize("written", ["Klingonish", "xx", "ar; yes"])
def test_what_is_no_language_is_refused(written: str) -> None:
    with pytest.raises(CellError, match="not a language"):
        languages_of(written, _LANGUAGES)


@pytest.mark.parametrize("written", ["-", " - ", "–", "—", "−", "\u200f-"])
def test_a_dash_takes_out(written: str) -> None:
    assert is_emptied(written)


@pytest.mark.parametrize("written", ["", "--", "- a", None, 0, "-1"])
def test_nothing_else_does(written: str | int | None) -> None:
    assert not is_emptied(written)


def test_numbers_days_and_hours_are_text_where_text_is_wanted() -> None:
    cells = (1984, 1984.0, 0.5, True, date(2017, 1, 18), time(9), datetime(2017, 1, 18, 9, 5), None)
    assert [text_of(cell, lines=False) for cell in cells] == [
        *("1984", "1984", "0.5", "TRUE", "2017-01-18", "09:00", "2017-01-18 09:05", "")
    ]


def test_text_is_as_long_as_the_plan_has_room_for() -> None:
    assert len(checked_text("ا" * 60_000, lines=True)) == 60_000
    for text, lines in (("ا" * 60_001, True), ("ا" * 2001, False), ("#REF!", False)):
        with pytest.raises(CellError):
            checked_text(text, lines=lines)


def test_addresses_are_of_the_web_and_of_people() -> None:
    assert address_of("https://live.example/1") == "https://live.example/1"
    assert email_of(" zin@people.invalid ") == "zin@people.invalid"
    for read, wrong in (
        (address_of, "javascript:alert(1)"),
        (email_of, "zin"),
        (email_of, "a@b c"),
    ):
        with pytest.raises(CellError):
            read(wrong)
