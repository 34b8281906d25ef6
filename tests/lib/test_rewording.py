"""What changed between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from planner.lib.rewording import Fate, reworded

SAME, GONE, NEW = Fate.SAME, Fate.GONE, Fate.NEW
_TEXTS = st.text(alphabet="اب \n", max_size=30)


def test_words_that_stayed_went_and_came_are_told_in_order() -> None:
    assert list(reworded("حق الوصول إلى الماء", "حق الجميع إلى ماء الشرب")) == [
        (SAME, "حق"),
        (GONE, "الوصول"),
        (NEW, "الجميع"),
        (SAME, "إلى"),
        (GONE, "الماء"),
        (NEW, "ماء الشرب"),
    ]


def test_what_is_all_new_or_all_gone_is_one_piece() -> None:
    assert list(reworded("", "ژنان و ئاشتی")) == [(NEW, "ژنان و ئاشتی")]
    assert list(reworded("ژنان و ئاشتی", "")) == [(GONE, "ژنان و ئاشتی")]
    assert list(reworded("", "")) == []


def test_paragraphs_stay_apart() -> None:
    assert list(reworded("یەک\n\nدوو", "یەک\n\nسێ")) == [
        (SAME, "یەک\n\n"),
        (GONE, "دوو"),
        (NEW, "سێ"),
    ]


def test_very_long_texts_are_told_whole() -> None:
    before, after = "كلمة " * 3000, "كلمة " * 3001
    assert [piece.fate for piece in reworded(before, after)] == [GONE, NEW]


@given(_TEXTS, _TEXTS)
def test_nothing_is_lost_and_nothing_added(before: str, after: str) -> None:
    pieces = list(reworded(before, after))
    for text, fates in ((before, {SAME, GONE}), (after, {SAME, NEW})):
        kept = " ".join(piece.text for piece in pieces if piece.fate in fates)
        assert kept.split() == text.split()
        assert kept.count("\n") == text.count("\n")
