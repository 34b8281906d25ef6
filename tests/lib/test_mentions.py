"""Finding names in texts, however they are spelt there."""

import re
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.lib.mentions import Mentions, words_of
from planner.lib.text import fold

NAMES = [
    "إنانا بنت الخابور",
    "ئینانای کچی خابوور",
    "Inanna bint al-Khabur",
    "سيدوري",
    "زین",
    "inanna@khabur.example",
]


@pytest.fixture(scope="module")
def mentions() -> Mentions:
    """Return what finds the names."""
    return Mentions(NAMES)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("تتحدث إنانا بنت الخابور عن الماء", "تتحدث … عن الماء"),
        ("انانا  بنت\nالخابور", "…"),
        ("وإنَانا بنـت الخابور", "و…"),
        ("إنانا بنتالخابور", "…"),
        ("ئێنانای كچی خابوور", "…"),
        ("ئینانای کچی خابوورە", "…"),
        ("INANNA BINT AL KHABUR's talk", "…'s talk"),
        ("**Inanna** bint _al-Khabur_, and others", "**…_, and others"),
        ("Ínánna bint al\u2010Khabur", "…"),
        ("write to Inanna@Khabur.example.", "write to …."),
        ("see https://x.example/" + quote("إنانا بنت الخابور"), "see https://x.example/…"),
        ("ولسيدوري كلمة", "ول… كلمة"),
        ("زین و زین", "… و …"),
    ],
)
def test_it_finds_a_name_in_other_spellings(mentions: Mentions, text: str, left: str) -> None:
    assert mentions.replaced(text, "…") == left


@pytest.mark.parametrize(
    "text",
    [
        "",
        "إنانا وحدها",
        "بنت الخابور",
        "Inanna bint al-Khaburi",
        "سيدوريون",
        "زینگ",
        "بزین",
        "100%",
    ],
)
def test_it_leaves_what_is_not_the_whole_name(mentions: Mentions, text: str) -> None:
    assert mentions.of(text) == []
    assert mentions.replaced(text, "…") == text


def test_it_says_where_a_name_stands(mentions: Mentions) -> None:
    text = "مع إنانا بنت الخابور وسيدوري"
    assert [text[found.start : found.end] for found in mentions.of(text)] == [
        "إنانا بنت الخابور",
        "سيدوري",
    ]


def test_without_names_it_finds_nothing() -> None:
    for names in ([], ["", " ", "…", "a"]):
        assert not Mentions(names)
        assert Mentions(names).of("a … a") == []


def test_the_words_of_a_name_are_those_that_tell_something() -> None:
    assert words_of(NAMES) == {
        *("انانا", "بنت", "الخابور", "یینانای", "کچی", "خابوور"),
        *("inanna", "bint", "khabur", "example"),
    }


_SPELLING = st.text(
    st.characters(categories=["L", "M", "N", "P", "S", "Z", "Cf"], max_codepoint=0x2FFF),
    max_size=30,
)


@given(before=_SPELLING, after=_SPELLING, name=st.sampled_from(NAMES))
def test_a_name_that_stands_alone_is_always_found(before: str, after: str, name: str) -> None:
    mentions = Mentions([name])
    left = mentions.replaced(f"{before} {name} {after}", " (…) ")
    assert not mentions.of(left)
    words = re.escape(fold(name))
    assert not re.search(rf"(?<!\w){words}(?!\w)", fold(left))


@given(text=_SPELLING)
def test_what_surrounds_a_name_is_left_as_it_was(text: str) -> None:
    mentions = Mentions(["سيدوري"])
    assume(not mentions.of(text))
    assert mentions.replaced(f"{text} سيدوري {text}", "…") == f"{text} … {text}"
