"""What became of originals, and what translations lost of them."""

from hypothesis import given
from hypothesis import strategies as st

from planner.translating.changes import difference, lost

_texts = st.lists(st.sampled_from(["الماء", "حق", "to", "water", "for\n\n", "all."])).map(" ".join)


@given(_texts, _texts)
def test_a_difference_holds_both_texts(was: str, now: str) -> None:
    """Without what came it is the old text, without what went the new one, blanks aside."""
    pieces = difference(was, now)
    old = " ".join(piece.text for piece in pieces if piece.kind != "new")
    new = " ".join(piece.text for piece in pieces if piece.kind != "gone")
    assert old.split() == was.split()
    assert new.split() == now.split()


def test_a_word_at_the_end_is_the_same_word() -> None:
    """Though no blank follows it."""
    kinds = [(piece.kind, piece.text) for piece in difference("حق الماء", "حق الماء للجميع")]
    assert kinds == [("same", "حق الماء "), ("new", "للجميع")]


def test_very_long_texts_are_not_compared() -> None:
    """One went, and one came."""
    assert [piece.kind for piece in difference("a " * 5000, "b " * 5000)] == ["gone", "new"]


def test_addresses_and_numbers_are_missed() -> None:
    """In the order in which the original has them, addresses first, each once."""
    original = "In 1991 see https://water.example/a?b=1. Write to zin@water.example, 1991 (20%)."
    assert lost(original, "See elsewhere.") == [
        "https://water.example/a?b=1",
        "zin@water.example",
        "1991",
        "20",
    ]
    assert lost(original, "") == []


def test_digits_of_all_scripts_are_alike() -> None:
    """And so are the marks between thousands; one digit alone is often a word."""
    assert lost("1991, 1,500 people, 3 halls, 10:30", "١٩٩١ و۱۵۰۰ شخص في ١٠:٣٠") == []
    assert lost("12 أو 13", "Twelve or 13") == ["12"]


def test_markup_around_an_address_is_not_part_of_it() -> None:
    """CommonMark puts brackets and stars there."""
    original = "[Map](https://map.example/a) and **https://b.example**, <https://c.example>"
    assert lost(original, "https://map.example/a https://b.example https://c.example") == []
    assert lost(original, "[خريطة](https://map.example/a) <https://c.example>") == [
        "https://b.example"
    ]
