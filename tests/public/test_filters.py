"""What of the programme is asked for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.programme.published import Published
from planner.public.filters import ASPECTS, Filters, sessions_found, sessions_ranked, tally
from tests.crowds import crowded
from tests.examples import published

CROWD = published(crowded(60, 5, 2))
#: What may be asked for: of each aspect something that there is, nothing, and what there is not.
asked = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["", "all", "2017-01-18", "2017-01-19", "2030-01-01"]),
        "theme": st.sampled_from(["", "water", "theme-teal", "theme-rose", "none"]),
        "room": st.sampled_from(["", "zagros", "room-1", "room-2"]),
        "language": st.sampled_from(["", "en", "ckb", "de"]),
        "kind": st.sampled_from(["", "panel", "workshop", "sport"]),
        "q": st.sampled_from(["", "نان", "rivers", "bread mountains", "...", "xyzzy"]),
    }
)


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
        ({"kind": "break"}, ["7CDFGH"]),
        ({"kind": "panel", "room": "tigris", "day": "2017-01-18"}, ["4CDFGH"]),
        ({"q": "..."}, ALL),
        ({"theme": "none"}, []),
        ({"kind": "none"}, []),
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
    assert Filters.of({"order": "time"}) == Filters()
    by_time = Filters.of({"order": "time", "q": "x", "kind": "panel"})
    assert by_time.query == "kind=panel&q=x&order=time"
    assert by_time.but(q="").query == "kind=panel"


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({}, True),
        ({"day": "2017-01-18", "theme": "water", "room": "tigris", "language": "ckb"}, True),
        ({"day": "2017-01-20"}, False),
        ({"theme": "fire"}, False),
        ({"room": "euphrates"}, False),
        ({"language": "de"}, False),
        ({"kind": "sport"}, False),
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


def codes_of(programme: Published, filters: Filters) -> list[str]:
    """Return the codes of what is found."""
    found = sessions_found(programme, filters)
    return [session.code for sessions in found.values() for session in sessions]


@pytest.mark.parametrize("programme", [published(), CROWD], ids=["example", "crowd"])
@given(query=asked)
def test_one_filter_more_never_finds_more(programme: Published, query: dict[str, str]) -> None:
    filters = Filters.of(query)
    found = set(codes_of(programme, filters))
    for name in ASPECTS:
        assert found <= set(codes_of(programme, filters.but(**{name: ""})))


@pytest.mark.parametrize("programme", [published(), CROWD], ids=["example", "crowd"])
@given(query=asked)
def test_what_is_counted_is_what_would_be_found(
    programme: Published, query: dict[str, str]
) -> None:
    filters = Filters.of(query)
    counted = tally(programme, filters)
    for name in ASPECTS:
        without = codes_of(programme, filters.but(**{name: ""}))
        assert counted.without[name] == len(without), name
    for name, numbers in counted.of.items():
        for value, number in numbers.items():
            assert number == len(codes_of(programme, filters.but(**{name: value}))), name


@pytest.mark.parametrize("programme", [published(), CROWD], ids=["example", "crowd"])
@given(query=asked)
def test_by_relevance_and_by_time_the_same_is_found(
    programme: Published, query: dict[str, str]
) -> None:
    filters = Filters.of(query)
    if filters.by_relevance:
        ranked = [session.code for session in sessions_ranked(programme, filters)]
        assert sorted(ranked) == sorted(codes_of(programme, filters))
