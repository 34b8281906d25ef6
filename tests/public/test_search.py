"""Search by words."""

import msgspec
import pytest

from planner.public.search import found_by
from tests.examples import PROGRAMME, published, session


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("ژنان", {"6CDFGH"}),
        ("ژنان ئاشتی", {"6CDFGH"}),
        ("ژنان چا", set()),
        ("Women PEACE", {"6CDFGH"}),
        ("الماء", {"4CDFGH", "9CDFGH"}),
        ("ماء", {"4CDFGH", "9CDFGH"}),
        ("siduri", {"3CDFGH"}),
        ("سيدوري", {"3CDFGH"}),
        ("tablets", {"3CDFGH"}),
        ("صوت", {"3CDFGH"}),
        ("zagros", {"6CDFGH"}),
        ("Water", {"4CDFGH", "9CDFGH"}),
        ("ننس", set()),
        ("", {"3CDFGH", "4CDFGH", "6CDFGH", "7CDFGH", "9CDFGH"}),
        ("...", {"3CDFGH", "4CDFGH", "6CDFGH", "7CDFGH", "9CDFGH"}),
    ],
)
def test_it_finds_sessions_in_which_all_words_occur(words: str, codes: set[str]) -> None:
    assert found_by(published(), words) == codes


@pytest.mark.parametrize(
    "spelt", ["بەخێربێن", "به‌خێربێن", "بهخێربێن", "بەخیربین", "بَەخێربێن", "بـــەخێربێن"]
)
def test_letters_that_are_typed_in_several_ways_are_one(spelt: str) -> None:
    assert found_by(published(), spelt) == {"3CDFGH"}


@pytest.mark.parametrize("spelt", ["والماء", "بالماء", "للماء", "الماء"])
def test_a_short_word_is_found_after_what_arabic_joins_to_it(spelt: str) -> None:
    programme = msgspec.structs.replace(
        PROGRAMME,
        sessions=(session("4CDFGH", theme=None, title={"ar": f"حديث {spelt}"}, abstract={}),),
    )
    assert found_by(published(programme), "ماء") == {"4CDFGH"}


def test_a_short_word_is_not_found_by_chance_within_another() -> None:
    assert found_by(published(), "wom") == {"6CDFGH"}
    assert found_by(published(), "ome") == frozenset()
