"""Cleaning of text, folding for search, slugs."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.lib.text import clean_line, clean_text, fold, slug_of

_AWKWARD = "\x00\x07\x1f\x7f\x85\u2028\u2029\u202a\u202b\u202c\u202e\u2066\u2069\ufeff\ufffd"
#: Text as programs mangle it: controls, direction marks, joiners, letters in several spellings.
texts = st.text(
    st.one_of(
        st.sampled_from(f"{_AWKWARD} \t\r\n\u00a0\u2003e\u0301كيەهةھآئ\u200cab"), st.characters()
    ),
    max_size=16,
)


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("سطر\r\nآخر\rوثالث", "سطر\nآخر\nوثالث"),
        ("one\u2028two\u2029three\x85four", "one\ntwo\n\nthree\nfour"),
        ("ماء\x00\x07\ufeff\ufffd\x9f", "ماء"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("  ڕووبار \t\nئاو  ", "ڕووبار\nئاو"),
        ("tab\tstays", "tab\tstays"),
        ("e\u0301", "é"),
        ("e\ufeff\u0301", "é"),
        ("\ud800", ""),
    ],
)
def test_text_loses_what_breaks_files_and_keeps_its_lines(written: str, cleaned: str) -> None:
    assert clean_text(written) == cleaned


@pytest.mark.parametrize(
    "written",
    [
        "\u202eabc",
        "abc\u202c",
        "\u2067abc",
        "\u202eabc\u2069",
        "\u2066a\u202eb\u2069c\u202c",
        "\u202a\u2069",
    ],
)
def test_direction_controls_that_do_not_pair_up_are_taken_out(written: str) -> None:
    assert clean_line(written) == re.sub("[\u202a-\u202e\u2066-\u2069]", "", written)
    assert clean_text(f"before\n{written}\nafter") == f"before\n{clean_line(written)}\nafter"


@pytest.mark.parametrize(
    "written", ["\u2066COP 27\u2069 في بغداد", "\u202b\u2067a\u2069\u202c", "a\u200fb"]
)
def test_direction_controls_that_pair_up_stay(written: str) -> None:
    assert clean_line(written) == written


def test_the_control_that_is_open_at_the_end_of_a_line_does_not_reach_the_next() -> None:
    assert clean_text("\u202ea\nb\u202c") == "a\nb"


def test_a_line_is_one_line_with_single_blanks() -> None:
    assert clean_line(" دجلة \n\n و\u00a0\u2003 الفرات\t") == "دجلة و الفرات"


@given(texts)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(texts)
def test_clean_text_can_be_written_as_xml_and_as_utf_8(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert not [c for c in cleaned if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    assert unicodedata.is_normalized("NFC", cleaned)


@given(texts)
def test_a_clean_line_holds_no_run_of_white_space(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("كوردستان", "کوردستان"),
        ("علي", "علی"),
        ("مدرسه", "مدرسة"),
        ("احمد", "أحمد"),
        ("اسلام", "إسلام"),
        ("القران", "القرآن"),
        ("سلام", "سَلَامٌ"),
        ("سلام", "ســـلام"),
        ("به‌رنامه‌", "بەرنامە"),
        ("بهرنامه", "بەرنامە"),
        ("کورد", "كۆرد"),
        ("سليمانى", "سلێمانی"),
        ("مهولانا", "مەولانا"),
        ("هیوا", "ھیوا"),
        ("گول", "گوڵ"),
        ("2017", "٢٠١٧"),
        ("2017", "۲۰۱۷"),
        ("resume", "Résumé"),
        ("STRASSE", "straße"),
        ("ﻻ", "لا"),
    ],
)
def test_search_finds_a_word_however_it_is_typed(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(
    ("one", "other"), [("دجلة", "دجل"), ("ماء", "ما"), ("کار", "گار"), ("ئاو", "باو")]
)
def test_search_does_not_confuse_different_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_punctuation_parts_words_and_does_not_join_them() -> None:
    assert fold("ماء، وعمل – وكلمة!") == fold("ماء وعمل وكلمة")


@given(texts)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Water & Land", "water-land"),
        ("Café Ürümqi", "cafe-urumqi"),
        ("قاعة دجلة", "room"),
        ("  --  ", "room"),
        ("Saal 1", "saal-1"),
        ("x" * 60, "x" * 48),
        ("a" * 47 + " b", "a" * 47),
    ],
)
def test_a_slug_is_short_and_latin(text: str, slug: str) -> None:
    assert slug_of(text, set(), "room") == slug


def test_a_slug_that_is_taken_gets_a_number() -> None:
    assert slug_of("قاعة", {"room", "room-2"}, "room") == "room-3"
    assert slug_of("Hall", {"hall"}, "room") == "hall-2"


@given(st.lists(texts, max_size=6))
def test_slugs_are_usable_and_differ(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        slug = slug_of(name, taken, "theme")
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert slug not in taken
        taken.add(slug)
