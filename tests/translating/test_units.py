"""Where translations stand, and how many."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planner.events.models import TextState
from planner.translating.finding import Filter, filter_of, following, listed
from planner.translating.units import (
    TO_DO,
    Part,
    Standing,
    Text,
    Unit,
    UnitKind,
    counts,
    digest_of,
    original_of,
)

LANGUAGES = ("en", "ar", "ckb")
PARTS = (Part("title", ("title",)), Part("abstract", ("abstract",), lines=8))
_words = st.sampled_from(["", " ", "الماء", "ئاو", "Water"])


@st.composite
def units(draw: Any) -> list[Unit]:
    """Make units in any state."""
    made = []
    for number in range(draw(st.integers(0, 6))):
        texts = {
            lang: Text(
                {"title": draw(_words), "abstract": draw(_words)},
                draw(st.sampled_from(TextState)),
                draw(st.sampled_from([None, "0" * 64, digest_of(["الماء", ""])])),
            )
            for lang in draw(st.sets(st.sampled_from(LANGUAGES)))
        }
        original = original_of(texts, LANGUAGES, draw(st.sampled_from([None, *LANGUAGES])))
        if original is None:
            continue
        digest = digest_of(texts[original].values.values())
        kind = draw(st.sampled_from(UnitKind))
        made.append(Unit(kind, str(number), f"x:{number}", PARTS, original, digest, texts, PARTS))
    return made


@given(units())
def test_every_unit_is_counted_once_in_each_language(made: list[Unit]) -> None:
    """As the original, or where its translation stands."""
    for lang in LANGUAGES:
        found = counts(made, lang)
        originals = [unit for unit in made if unit.original == lang]
        assert found.total + len(originals) == len(made)
        assert sum(found[standing] for standing in Standing) == found.total
        assert found.to_do == sum(found[standing] for standing in TO_DO)
        if found.total:
            assert abs(sum(found.percent(standing) for standing in Standing) - 100) < 1e-6


@given(units())
def test_the_standings_divide_a_list(made: list[Unit]) -> None:
    """A unit is in the list of one standing only, and the numbers are those of the progress."""
    for lang in LANGUAGES:
        found = counts(made, lang)
        for standing in Standing:
            wanted = Filter(standings=frozenset({standing}))
            assert len(listed(made, lang, wanted)) == found[standing]
        assert len(listed(made, lang, Filter())) == found.total
        by_kind = [len(listed(made, lang, Filter(kind=kind))) for kind in UnitKind]
        assert sum(by_kind) == found.total


@given(units())
def test_going_on_meets_everything_that_is_to_be_done(made: list[Unit]) -> None:
    """From whatever unit one begins, around the end of the list, and nothing besides."""
    for lang in LANGUAGES:
        open_ones = {unit.id for unit in made if unit.standing(lang) in TO_DO}
        for begin in made:
            met, present = set(), begin.id
            for _ in made:
                unit = following(made, lang, Filter(), present)
                if unit is None:
                    break
                present = unit.id
                met.add(present)
            assert met - {begin.id} == open_ones - {begin.id}


@given(units())
def test_an_original_has_a_text_and_is_not_to_be_translated(made: list[Unit]) -> None:
    """It has no standing, and one calls the unit by it."""
    for unit in made:
        assert unit.text(unit.original)
        assert unit.standing(unit.original) is None
        assert unit.title[unit.original].strip()


def test_what_was_translated_from_another_is_no_original() -> None:
    """A name in Kurdish that was translated into English keeps Kurdish for its original."""
    kurdish, english = Text({"name": "ژوور"}), Text({"name": "Room"}, digest="0" * 64)
    assert original_of({"ckb": kurdish, "en": english}, LANGUAGES) == "ckb"
    assert original_of({"ckb": kurdish, "en": Text({"name": "Room"})}, LANGUAGES) == "en"
    assert original_of({"en": english}, LANGUAGES) == "en"
    assert original_of({"de": Text({"name": "Raum"})}, LANGUAGES) == "de"
    assert original_of({"en": english, "ckb": Text({"name": " "})}, LANGUAGES, "ckb") == "en"


def test_a_filter_is_what_an_address_asks_for() -> None:
    """And the other way round."""
    for query in ({}, {"kind": "room"}, {"state": "todo", "q": "ماء"}, {"state": "stale"}):
        assert filter_of(query).query == query
    assert filter_of({"kind": "x", "state": "x", "q": "  "}).query == {}
