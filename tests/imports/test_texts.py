"""Titles and abstracts of others, and the language they are in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.imports.texts import LONGEST_LINE, joined, line_of, markdown_of, written_language
from planner.lib.markup import html_of

_ARABIC = "حق الوصول إلى الماء في المدينة"
_SORANI = "مافی گەیشتن بە ئاو لە شاردا"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("  ماء \n و  أرض ", "ماء و أرض"),
        ("<b>ماء</b> وأرض", "ماء وأرض"),
        ("Water<br/>land", "Water land"),
        ("Water &amp; land", "Water & land"),
        ("HTML's <video> today", "HTML's <video> today"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("a\u202eb\x00", "ab"),
        ("", ""),
    ],
)
def test_titles_become_one_plain_line(written: str, plain: str) -> None:
    assert line_of(written) == plain


def test_a_title_of_endless_length_is_cut() -> None:
    line = line_of("ماء " * 1000)
    assert len(line) <= LONGEST_LINE
    assert line.endswith("…")


@pytest.mark.parametrize(
    ("written", "markdown", "told"),
    [
        ("واحد\n\nاثنان", "واحد\n\nاثنان", ""),
        ("<p>واحد</p><p>اثنان</p>", "واحد\n\nاثنان", "HTML"),
        ("واحد <i>مائل</i>\n\nاثنان", "واحد *مائل*\n\nاثنان", "HTML"),
        ("a<br><br>* one<br>* two", "a\n\n* one\n* two", "HTML"),
        ("- one <b>x</b>\n- two", "- one **x**\n- two", "HTML"),
        ("<script>alert(1)</script>ماء", "ماء", "HTML"),
        ("List\n\n    * one\n\t* two", "List\n\n* one\n* two", "indentation"),
        ("-      deep", "- deep", ""),
        ("•\tone\n• two", "- one\n- two", ""),
        ("```\nif x:\n    y\n```", "```\nif x:\n    y\n```", "indentation"),
    ],
)
def test_abstracts_become_commonmark(written: str, markdown: str, told: str) -> None:
    text, changes = markdown_of(written)
    assert text == markdown
    assert (told in " ".join(changes)) if told else not changes


def test_indented_text_never_becomes_code() -> None:
    text, _ = markdown_of("        Deep.\n\n\tDeeper.\n\n- \t      Deepest.")
    assert "<pre>" not in html_of(text)


def test_a_link_that_runs_something_loses_its_address() -> None:
    text, _ = markdown_of('<a href="javascript:alert(1)">ماء</a>')
    assert text == "ماء"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["<!--", "<![", "</", "<a ", "<p x=", "<a href='", "<b>", "<?"])
def test_markup_that_never_ends_is_read_to_its_end(piece: str) -> None:
    """A parser that looks back at each piece would not come to an end before the time limit."""
    markdown_of("<p>ماء</p>" + piece * (1_000_000 // len(piece)))
    line_of(piece * (1_000_000 // len(piece)))


def test_a_text_of_endless_length_is_cut_and_that_is_told() -> None:
    text, changes = markdown_of("ماء " * 100_000)
    assert len(text) <= 60_000
    assert changes == ("text after 60000 characters was cut off",)


def test_paragraphs_that_others_contain_are_said_once() -> None:
    parts = ["ماء وأرض", "ماء، وأرض! كل شيء.", "كل شيء"]
    assert joined(parts, beside="عنوان") == "ماء، وأرض! كل شيء."
    assert joined(["عنوان", "نص"], beside="عنوان") == "نص"
    assert joined(["نص", "نص"], beside="عنوان") == "نص"
    assert joined(["AI", "He said it."], beside="x") == "AI\n\nHe said it."


@pytest.mark.parametrize(
    ("text", "declared", "main", "expected"),
    [
        (_ARABIC, ("ar",), "en", "ar"),
        (_ARABIC, ("en",), "en", "ar"),
        (_ARABIC, (), "en", "ar"),
        (_ARABIC, ("ckb", "ar"), "en", "ar"),
        (_ARABIC, ("fa",), "en", "fa"),
        (_SORANI, ("ckb",), "en", "ckb"),
        (_SORANI, ("ar",), "en", "ckb"),
        (_SORANI, ("kmr",), "en", "ckb"),
        (_SORANI, (), "ar", "ckb"),
        ("نان", ("ckb",), "en", "ckb"),
        ("نان", (), "ckb", "ckb"),
        ("نان", (), "en", "ar"),
        ("Water and land", ("de", "en"), "en", "de"),
        ("Water and land", ("ar",), "en", "en"),
        ("Water and land", ("ar", "de"), "ckb", "de"),
        ("Water and land", (), "ar", "en"),
        ("33C3", ("ar",), "en", "en"),
        ("2017", ("ar",), "en", "ar"),
        ("2017", (), "de", "de"),
    ],
)
def test_script_decides_where_it_contradicts_what_is_declared(
    text: str, declared: tuple[str, ...], main: str, expected: str
) -> None:
    assert written_language(text, declared, main) == expected


@given(st.text(st.characters(categories=("L", "N", "P", "Z", "Cc", "S")), max_size=300))
def test_no_text_is_an_error_and_a_second_reading_changes_no_line(written: str) -> None:
    line = line_of(written)
    assert "\n" not in line
    markdown_of(written)
