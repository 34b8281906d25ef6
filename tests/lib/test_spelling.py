"""Words as search compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.lib.spelling import WORD, misspelt, stems_of, words_in, words_of

texts = st.text(st.sampled_from(" \n_-،.’كيەهةھآئو\u200c\u0640\u064eab1٣é"), max_size=24)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("ڕووبارەکان", "روبارەکان"),
        ("ئەمڕۆ", "ئه‌مرو"),
        ("کوردیی", "کوردی"),
        ("گۆڤار", "گوفار"),
        ("لیژنەی ئافرەتان", "ليژنه‌ى ئافره‌تان"),
        ("السليمانيّة", "السلیمانیه"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("Straße 12", "STRASSE ١٢"),
    ],
)
def test_one_word_is_typed_in_many_ways(written: str, typed: str) -> None:
    assert words_in(written) == words_in(typed)


@pytest.mark.parametrize(("written", "typed"), [("ئافرەتان", "افرەتان"), ("ئەمڕۆ", "ەمڕۆ")])
def test_the_kurdish_carrier_of_vowels_may_be_left_out(written: str, typed: str) -> None:
    (word,) = words_in(written)
    assert words_in(typed) == list(stems_of(word))


def test_the_kurdish_water_is_not_the_arabic_or() -> None:
    assert words_in("ئاو") != words_in("أو")


def test_different_words_stay_different() -> None:
    words = ["ماء", "ماذا", "نان", "ناو", "او", "وا", "ئەو", "water", "waiter"]
    assert len({word for text in words for word in words_in(text)}) == len(words)


@given(texts)
def test_the_words_of_a_text_are_those_of_its_parts(text: str) -> None:
    """What is found in a text can be marked in it."""
    parts = [word for part in WORD.finditer(text) for word in words_of(part[0])]
    assert words_in(text) == parts


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("والماء", ["ماء"]),
        ("بالماء", ["ماء"]),
        ("للنساء", ["نساء"]),
        ("ونساء", ["نساء"]),
        ("فبالعمل", ["عمل"]),
        ("ماء", []),
        ("وطن", []),
        ("water", []),
    ],
)
def test_what_arabic_writes_onto_a_word_can_be_taken_off(word: str, stems: list[str]) -> None:
    assert list(stems_of(words_in(word)[0])) == stems


def test_a_mistake_is_one_letter_less_more_other_or_exchanged() -> None:
    found = set(misspelt("water", "aesw"))
    assert {"wter", "waster", "weter", "awter", "watre", "waters"} <= found
    assert "wa" not in found
    assert list(misspelt("wat", "aesw")) == []
    assert list(misspelt("2017a", "aesw")) == []
