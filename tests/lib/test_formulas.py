"""Text that begins like a formula, out and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.lib.formulas import guarded, marked, unmarked

_WRITTEN = st.text(alphabet="'=+-@ \u200f\tsinالنهر＝%", max_size=8)


@given(_WRITTEN)
def test_marks_can_be_taken_off_again(text: str) -> None:
    assert unmarked(marked(text)) == text


@given(_WRITTEN)
def test_what_was_only_guarded_can_be_taken_back_as_well(text: str) -> None:
    if not text.startswith("'"):
        assert unmarked(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "\u200f=1", "-", "'=1", "''-2", "\tx", "＝1"])
def test_no_marked_text_begins_a_formula(text: str) -> None:
    assert marked(text) == f"'{text}"


@pytest.mark.parametrize("text", ["الماء", "'أهلا' قال", "18.1.2017", "1-2", ""])
def test_other_text_is_not_marked(text: str) -> None:
    assert marked(text) == unmarked(text) == text
