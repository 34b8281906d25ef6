"""The order of names in lists."""

import pytest

from planner.i18n.sorting import sort_key


@pytest.mark.parametrize(
    "names",
    [
        ["Adapa", "Enkidu", "Siduri", "أحمد", "ليلى"],
        ["آدابا", "بابل", "تموز", "جلجامش", "ليلى"],
        ["ئازاد", "پشکۆ", "چیا", "ڕێبوار", "زین", "کاوە", "گوڵ", "ڵانە", "مەم", "ۆر", "یاران"],
        ["Ésther", "Fatima"],
    ],
)
def test_names_stand_in_the_order_of_their_alphabet(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [("كاوە", "کاوە"), ("سَلام", "سلام"), ("سـلام", "سلام"), ("zin", "ZIN"), ("é", "E")],
)
def test_spellings_of_one_name_stand_together(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)
