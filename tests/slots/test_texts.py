"""What speakers write, as plain values."""

from hypothesis import given
from hypothesis import strategies as st

from planner.slots.texts import differences, joined, only, part_of, parts

words = st.sampled_from(["", "ماء", "ئاو", "river"])
texts = st.dictionaries(st.sampled_from(["en", "ar", "ckb"]), words)
values = st.fixed_dictionaries(
    {
        "display_name": texts,
        "biography": texts,
        "spoken_languages": st.lists(st.sampled_from(["ar", "ckb"]), unique=True),
        "photo": st.none() | st.just("0123.jpg"),
    }
)


def test_only_what_differs_is_told_with_how_it_was() -> None:
    now = {"title": {"ar": "ماء", "en": "Water"}, "spoken_languages": ["ar"]}
    wanted = {"title": {"ar": "ماء", "en": "Waters", "ckb": "ئاو"}, "spoken_languages": ["ar"]}
    assert differences(now, wanted) == (
        {"title": {"en": "Water", "ckb": ""}},
        {"title": {"en": "Waters", "ckb": "ئاو"}},
    )


def test_some_parts_can_be_taken_out_of_what_differs() -> None:
    content = {"title": {"en": "Waters", "ckb": "ئاو"}, "photo": None}
    assert only(content, [("title", "ckb"), ("photo", "")]) == {
        "title": {"ckb": "ئاو"},
        "photo": None,
    }


@given(values, values)
def test_what_differs_leads_from_one_to_the_other(now: dict, wanted: dict) -> None:  # type: ignore[type-arg]
    base, content = differences(now, wanted)
    became = joined(now, content)
    assert list(parts(base)) == list(parts(content))
    for name, lang in {*parts(now), *parts(wanted)}:
        assert part_of(became, name, lang) == part_of(wanted, name, lang)
    assert differences(became, wanted) == ({}, {})
