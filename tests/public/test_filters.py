"""What of the programme is asked for."""

from datetime import date

import pytest

from planner.public.filters import Filters, sessions_found
from tests.crowds import crowded
from tests.examples import published


def found(**asked: str) -> list[str]:
    """Return the codes of the sessions of the example that are found."""
    sessions = sessions_found(published(), Filters.of(asked))
    return [session.code for items in sessions.values() for session in items]


ALL = ["3CDFGH", "4CDFGH", "6CDFGH", "7CDFGH", "9CDFGH"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ALL),
        ({"day": "all"}, ALL),
        ({"day": "2017-01-19"}, ["9CDFGH"]),
        ({"theme": "women"}, ["6CDFGH"]),
        ({"room": "zagros"}, ["3CDFGH", "6CDFGH", "7CDFGH"]),
        ({"language": "ckb"}, ["3CDFGH", "4CDFGH", "6CDFGH", "9CDFGH"]),
        ({"language": "en", "day": "2017-01-18"}, ["3CDFGH", "4CDFGH"]),
        ({"theme": "water", "q": "الماء", "day": "2017-01-19"}, ["9CDFGH"]),
        ({"theme": "none"}, []),
        ({"day": "someday"}, []),
        ({"unknown": "parameter"}, ALL),
    ],
)
def test_it_finds_what_matches_all_that_is_asked(asked: dict[str, str], codes: list[str]) -> None:
    assert found(**asked) == codes


def test_a_language_finds_what_is_interpreted_into_it() -> None:
    (session,) = (item for item in published().sessions if item.code == "4CDFGH")
    assert "ckb" not in session.spoken_languages
    assert "4CDFGH" in found(language="ckb")


def test_the_query_has_one_form() -> None:
    one = Filters.of({"q": "  ئاو   و ژیان ", "day": "all", "theme": "", "x": "1"})
    other = Filters.of({"day": "all", "q": "ئاو و ژیان"})
    assert one == other
    assert one.query == "day=all&q=%D8%A6%D8%A7%D9%88+%D9%88+%DA%98%DB%8C%D8%A7%D9%86"
    assert one.but(q="", theme="water").query == "day=all&theme=water"


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({}, True),
        ({"day": "2017-01-18", "theme": "water", "room": "tigris", "language": "ckb"}, True),
        ({"day": "2017-01-20"}, False),
        ({"theme": "fire"}, False),
        ({"room": "euphrates"}, False),
        ({"language": "de"}, False),
    ],
)
def test_it_knows_what_the_programme_has(asked: dict[str, str], known: bool) -> None:
    assert Filters.of(asked).known(published()) is known


def test_a_large_programme_begins_with_its_first_day() -> None:
    large = published(crowded(301, 8, 3))
    assert Filters().settled(large).day == "2017-01-18"
    assert list(sessions_found(large, Filters().settled(large))) == [date(2017, 1, 18)]
    assert Filters(day="all").settled(large) == Filters(day="all")
    assert Filters(theme="theme-teal").settled(large) == Filters(theme="theme-teal")
    assert Filters().settled(published(crowded(300, 8, 3))) == Filters()
