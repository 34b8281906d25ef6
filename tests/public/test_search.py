"""Search by words: whatever the spelling, the most relevant first."""

from collections.abc import Callable, Iterable

import msgspec
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from planner.lib.spelling import words_in
from planner.programme.document import Appearance, Session
from planner.programme.published import Published
from planner.programme.vocabulary import Kind, Role
from planner.public.search import Part, found_by
from tests.crowds import crowded
from tests.examples import PROGRAMME, published, session

CROWD = published(crowded(60, 5, 2))
#: Letters that are typed for one another, and what may be typed between letters or left out.
_ALIKE = ("یيىێ", "کك", "هەھة", "وۆؤ", "رڕ", "لڵ", "اأإآ", "فڤ")
_BETWEEN = ["", "", "", "ـ", "\u064e", "\u0651", "\u200c"]


def found(words: str, programme: Published | None = None) -> list[str]:
    """Return the codes of the sessions that are found, in their order."""
    return list(found_by(programme or published(), words).codes)


def of(*sessions: Session) -> Published:
    """Return the example with other sessions."""
    return published(msgspec.structs.replace(PROGRAMME, sessions=sessions))


def titled(code: str, title: str, **fields: object) -> Session:
    """Return a session about nothing but its title."""
    return session(
        code, **{"theme": None, "room": None, "title": {"ar": title}, "abstract": {}, **fields}
    )


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("ژنان", {"6CDFGH"}),
        ("ژنان ئاشتی", {"6CDFGH"}),
        ("Women PEACE", {"6CDFGH"}),
        ("الماء", {"4CDFGH", "9CDFGH"}),
        ("ماء", {"4CDFGH", "9CDFGH"}),
        ("والماء", {"4CDFGH", "9CDFGH"}),
        ("siduri", {"3CDFGH"}),
        ("سيدوري", {"3CDFGH"}),
        ("tablets", {"3CDFGH"}),
        ("صوت", {"3CDFGH"}),
        ("zagros", {"6CDFGH"}),
        ("Water", {"4CDFGH", "9CDFGH"}),
        ("4cdfgh", {"4CDFGH"}),
        ("ننس", set()),
        ("", set()),
        ("...", set()),
    ],
)
def test_it_finds_sessions_in_which_all_words_occur(words: str, codes: set[str]) -> None:
    assert set(found(words)) == codes


@pytest.mark.parametrize(
    "spelt", ["بەخێربێن", "به‌خێربێن", "بهخێربێن", "بەخیربین", "بَەخێربێن", "بـــەخێربێن"]
)
def test_letters_that_are_typed_in_several_ways_are_one(spelt: str) -> None:
    assert found(spelt) == ["3CDFGH"]


@pytest.mark.parametrize("spelt", ["والماء", "بالماء", "للماء", "الماء"])
def test_a_short_word_is_found_after_what_arabic_joins_to_it(spelt: str) -> None:
    assert found("ماء", of(titled("4CDFGH", f"حديث {spelt}"))) == ["4CDFGH"]


def test_a_short_word_is_not_found_by_chance_within_another() -> None:
    assert found("wom") == ["6CDFGH"]
    assert found("ome") == []
    assert found("omen") == ["6CDFGH"]


def test_the_kurdish_water_is_found_and_not_the_arabic_or() -> None:
    programme = of(titled("4CDFGH", "ئاو بۆ هەمووان"), titled("6CDFGH", "الماء أو الحرب"))
    assert found("ئاو", programme) == ["4CDFGH"]
    assert found("او", programme) == ["6CDFGH", "4CDFGH"]


def test_a_long_word_that_is_misspelt_is_found_only_where_nothing_else_is() -> None:
    assert found("covenent") == ["6CDFGH"]
    assert found("سيدوزي") == ["3CDFGH"]
    assert set(found("peaxe tea")) == set(found("tea peace"))
    programme = of(titled("4CDFGH", "bridges"), titled("6CDFGH", "bridger"))
    assert found("bridger", programme) == ["6CDFGH"]
    assert found("pece") == []  # too short to be sure


def test_sessions_with_some_of_the_words_are_found_where_none_has_all() -> None:
    some = found_by(published(), "ژنان چا")
    assert (set(some.codes), some.is_partial) == ({"6CDFGH", "7CDFGH"}, True)
    every = found_by(published(), "ژنان ئاشتی")
    assert (every.codes, every.is_partial) == (("6CDFGH",), False)


def test_common_words_alone_find_nothing_where_another_is_missing() -> None:
    programme = of(*(titled(f"{letter}CDFGH", f"the loom {letter}") for letter in "CDFGHJKM"))
    assert found("the xyzzy", programme) == []
    assert len(found("the loom", programme)) == 8


def test_what_stands_in_the_title_comes_first_and_in_the_abstract_last() -> None:
    theme = PROGRAMME.themes[0].slug
    speaker = (Appearance(role=Role.SPEAKER, pseudonym={"en": "Water"}),)
    programme = of(
        titled("3CDFGH", "x", abstract={"en": "about water"}),
        titled("4CDFGH", "x", theme=theme),
        titled("6CDFGH", "x", people=speaker),
        titled("7CDFGH", "water"),
    )
    assert found("water", programme) == ["7CDFGH", "6CDFGH", "4CDFGH", "3CDFGH"]


def test_a_whole_word_comes_before_its_beginning_and_that_before_what_is_within() -> None:
    programme = of(
        titled("3CDFGH", "underwater"), titled("4CDFGH", "watery"), titled("6CDFGH", "water")
    )
    assert found("water", programme) == ["6CDFGH", "4CDFGH", "3CDFGH"]
    arabic = of(titled("3CDFGH", "نسائيات"), titled("4CDFGH", "والنساء"), titled("6CDFGH", "نساء"))
    assert found("نساء", arabic) == ["6CDFGH", "4CDFGH", "3CDFGH"][:2]


def test_what_is_equally_relevant_stands_in_order_of_time() -> None:
    assert found("الماء") == ["4CDFGH", "9CDFGH"]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("siduri", [(Part.SPEAKER, "CDFGHJ")]),
        ("house tablets", [(Part.SPEAKER, "CDFGHJ")]),
        ("ئاو", [(Part.THEME, "water")]),
        ("tigr", [(Part.ROOM, "tigris")]),
        ("siduri women", []),
    ],
)
def test_speakers_themes_and_rooms_are_found_as_well(
    words: str, parts: list[tuple[Part, str]]
) -> None:
    assert list(found_by(published(), words).parts) == parts


def test_a_theme_without_sessions_is_found() -> None:
    assert found_by(of(), "نساء").parts == ((Part.THEME, "women"),)


def test_kinds_are_found_in_every_language(app: Flask) -> None:
    programme = of(titled("4CDFGH", "x", kind=Kind.WORKSHOP), titled("6CDFGH", "y"))
    for words in ("workshop", "ورشة"):
        assert found(words, programme) == ["4CDFGH"]


def test_the_index_is_made_once_for_a_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = published()
    found("ماء", programme)
    monkeypatch.setattr("planner.public.search.Index", None)
    assert found("ئاو", programme) == ["4CDFGH", "9CDFGH"]


def _respelt(word: str, choose: Callable[[Iterable[str]], str]) -> str:
    letters = []
    for letter in word:
        alike = next((group for group in _ALIKE if letter in group), letter)
        between = choose(_BETWEEN) if letter >= "\u0620" else ""
        letters.append(choose([*alike, alike[0]]) + between)
    spelt = "".join(letters)
    return spelt.upper() if choose("yn") == "y" else spelt


@pytest.mark.parametrize("programme", [published(), CROWD], ids=["example", "crowd"])
@given(data=st.data())
def test_every_word_of_a_title_finds_its_session_however_it_is_spelt(
    programme: Published, data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(programme.sessions))
    words = [word for title in item.title.values() for word in title.split() if words_in(word)]
    word = data.draw(st.sampled_from(words))
    spelt = _respelt(word, lambda choices: data.draw(st.sampled_from(list(choices))))
    assert item.code in found(word, programme)
    assert found(spelt, programme) == found(word, programme)


@given(data=st.data())
def test_the_order_is_total_and_the_same_each_time(data: st.DataObject) -> None:
    words = data.draw(
        st.lists(st.sampled_from(["نان", "bread", "ب", "rivers", "چیا", "mount", "0", "xyzzy"]))
    )
    codes = found(" ".join(words), CROWD)
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(CROWD.session_by_code)
    assert found("، ".join(reversed(words)), CROWD) == codes
