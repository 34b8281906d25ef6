"""Texts of the programme in the next best language."""

import pytest

from planner.i18n.content import LocalText, localize

_ALL = {"en": "Water", "ar": "ماء", "ckb": "ئاو"}


@pytest.mark.parametrize("reader", ["en", "ar", "ckb"])
def test_a_reader_gets_the_language_asked_for(reader: str) -> None:
    assert localize(_ALL, reader, original="ar") == LocalText(_ALL[reader], reader, False)


@pytest.mark.parametrize(
    ("there", "reader", "original", "order", "lang"),
    [
        ("ar ckb", "en", "ckb", (), "ckb"),
        ("ar ckb", "en", None, (), "ar"),
        ("en ar", "ckb", None, (), "ar"),
        ("en ar", "ckb", "en", (), "en"),
        ("en ckb", "ar", None, (), "en"),
        ("de fr", "ckb", None, ("fr", "de"), "fr"),
        ("de fr", "ckb", "de", ("fr", "de"), "de"),
        ("de", "ar", "ckb", ("en",), "de"),
        ("en", "kmr", None, (), "en"),
    ],
)
def test_a_missing_text_falls_back_to_the_original_then_to_the_next_best_then_to_the_event(
    there: str, reader: str, original: str | None, order: tuple[str, ...], lang: str
) -> None:
    texts = {code: f"in {code}" for code in there.split()}
    assert localize(texts, reader, original=original, order=order) == LocalText(
        f"in {lang}", lang, True
    )


def test_an_empty_text_is_a_missing_one() -> None:
    assert localize({"ar": "", "ckb": "ئاو"}, "ar").lang == "ckb"


def test_what_is_missing_everywhere_is_empty_and_no_fallback() -> None:
    text = localize({}, "ar", original="ckb", order=("en",))
    assert text == LocalText("", "ar", False)
    assert not text


def test_a_text_tells_its_own_language_and_direction_and_is_escaped() -> None:
    text = localize({"ckb": "<b>ئاو</b>"}, "en")
    assert text.__html__() == '<span lang="ckb" dir="rtl">&lt;b&gt;ئاو&lt;/b&gt;</span>'
    assert str(text) == "<b>ئاو</b>"
