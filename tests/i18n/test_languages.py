"""The table of languages."""

import pytest

from planner.i18n.languages import INTERFACE, canonical_code, language, name_of


def test_the_interface_speaks_three_languages_in_two_directions() -> None:
    directions = {code: known.direction for code, known in INTERFACE.items()}
    assert directions == {"en": "ltr", "ar": "rtl", "ckb": "rtl"}
    assert all(code == known.code for code, known in INTERFACE.items())


def test_every_language_of_the_interface_falls_back_to_the_others() -> None:
    for code, known in INTERFACE.items():
        assert sorted([code, *known.fallbacks]) == sorted(INTERFACE)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("English", "en"),
        ("en_US", "en"),
        ("ARA", "ar"),
        ("ar-IQ", "ar"),
        ("ckb-IR", "ckb"),
        ("ku-IQ", "ckb"),
        ("Kurdish", "ckb"),
        ("ku", "kmr"),
        ("kmr-TR", "kmr"),
        ("Deutsch", "de"),
        ("de-DE", "de"),
        ("pt-BR", "pt-br"),
        (" fa ", "fa"),
        ("", None),
        ("e", None),
        ("español", None),
        ("formal talk", None),
        ("../etc", None),
    ],
)
def test_what_others_write_for_a_language_is_understood(written: str, code: str | None) -> None:
    assert canonical_code(written) == code


@pytest.mark.parametrize("code", ["fa", "he", "ur", "syr", "arc", "azb", "ug-cn"])
def test_languages_of_content_know_that_they_are_written_from_the_right(code: str) -> None:
    assert language(code).direction == "rtl"


@pytest.mark.parametrize("code", ["de", "kmr", "tr", "xx", "zh-hant"])
def test_every_code_has_an_answer(code: str) -> None:
    known = language(code)
    assert known.direction == "ltr"
    assert known.name
    assert known.fallbacks == ("en", "ar", "ckb")


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("ckb", "en", "Kurdish (Sorani)"),
        ("ckb", "ar", "الكردية (السورانية)"),
        ("ckb", "ckb", "کوردی (سۆرانی)"),
        ("ar", "ckb", "عەرەبی"),
        ("en", "ckb", "ئینگلیزی"),
        ("en", "ar", "الإنكليزية"),
        ("de", "ar", "الألمانية"),
        ("kmr", "en", "Kurdish (Kurmanji)"),
        ("xx", "en", "xx"),
    ],
)
def test_a_language_has_a_name_in_the_language_of_the_reader(
    code: str, reader: str, name: str
) -> None:
    assert name_of(code, reader) == name
