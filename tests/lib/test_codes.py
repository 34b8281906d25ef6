"""Public codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.lib.codes import ALPHABET, LENGTH, new_code, number_of

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_code_is_six_characters_of_the_alphabet() -> None:
    made = [new_code() for _ in range(200)]
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in made)
    assert len(set(made)) > 190


def test_no_two_characters_look_alike_and_no_vowel_spells_a_word() -> None:
    assert not set(ALPHABET) & set("AEIOU0O1ILB8S5Z2U")
    assert len(set(ALPHABET)) == len(ALPHABET)


@given(codes, codes)
def test_different_codes_have_different_positive_numbers(one: str, other: str) -> None:
    assert number_of(one) > 0
    assert (number_of(one) == number_of(other)) == (one == other)


def test_the_number_of_the_first_code_is_one() -> None:
    assert number_of(ALPHABET[0] * LENGTH) == 1
    assert number_of(ALPHABET[-1] * LENGTH) == len(ALPHABET) ** LENGTH


@pytest.mark.parametrize("written", ["cdfghj", "CDFGH1", "قدفغهج"])
def test_what_is_not_a_code_has_no_number(written: str) -> None:
    with pytest.raises(ValueError, match="not found"):
        number_of(written)
