"""Choosing the interface's language from what a browser asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.i18n.negotiation import negotiate

_ALL = ("en", "ar", "ckb")


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        ("ar", "ar"),
        ("ar-IQ,ar;q=0.9,en;q=0.5", "ar"),
        ("AR-sa", "ar"),
        ("en-GB,en;q=0.9", "en"),
        ("ckb", "ckb"),
        ("ckb-IQ", "ckb"),
        ("ku-IQ", "ckb"),
        ("ku-Arab-IQ,ar;q=0.8", "ckb"),
        ("ku", "ckb"),
        ("kmr", "ckb"),
        ("ku-TR,tr;q=0.9", "ckb"),
        ("sdh", "ckb"),
        ("de-DE,de;q=0.9,ckb;q=0.2,en;q=0.1", "ckb"),
        ("en;q=0.2,ar;q=0.9", "ar"),
        ("en; q=0.1, ar ; q = 0.9", "ar"),
        ("ar;q=0.5,ckb;q=0.5", "ar"),
        ("en;q=0,ar;q=0.001", "ar"),
        ("en;q=0", "en"),
        ("", "en"),
        ("*", "en"),
        ("fa,tr;q=0.8", "en"),
        ("ar;q=nan,ckb;q=0.5", "ckb"),
        ("ar;q=much,ckb;q=0.5", "ckb"),
        (";;;,,q=1,=", "en"),
    ],
)
def test_the_best_of_the_three_languages_answers(header: str, answer: str) -> None:
    assert negotiate(header, _ALL) == answer


@pytest.mark.parametrize(
    ("header", "offered", "answer"),
    [
        ("en", ("ckb", "ar"), "ckb"),
        ("fa", ("ar", "en"), "ar"),
        ("ckb,ar;q=0.1", ("ar", "en"), "ar"),
        ("ckb", ("de", "cs"), "ckb"),
        ("fr", ("de", "cs"), "en"),
        ("fr", (), "en"),
        ("en", ("de", "ar"), "ar"),
    ],
)
def test_only_languages_of_the_event_answer_unless_the_interface_speaks_none_of_them(
    header: str, offered: tuple[str, ...], answer: str
) -> None:
    assert negotiate(header, offered) == answer


@given(st.text(alphabet="arckbenqu=0.19;,-* \x00٣", max_size=40))
def test_every_header_has_an_answer(header: str) -> None:
    assert negotiate(header, _ALL) in _ALL


def test_a_header_of_great_length_costs_no_more_than_its_beginning() -> None:
    assert negotiate("xx," * 100_000 + "ar", _ALL) == "en"
