"""Content lines: folding, harmless texts, addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from planner.formats.ical_lines import folded, harmless, serialised, text_value, web_address

ARABIC = "من النبع إلى المدينة، ڕۆژانی ڕووبار "


def _pieces(line: bytes) -> list[bytes]:
    return folded(line).split(b"\r\n ")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\\^,;")))
def test_it_folds_without_losing_or_splitting_anything(text: str) -> None:
    line = f"SUMMARY:{text * 9}".encode()
    pieces = _pieces(line)
    assert b"".join(pieces) == line
    assert all(len(piece) + (number > 0) <= 75 for number, piece in enumerate(pieces))
    for piece in pieces:
        piece.decode()


@pytest.mark.parametrize("length", range(60, 90))
def test_it_never_splits_an_escape(length: int) -> None:
    pieces = _pieces(b"x" * length + rb"\n\\\,^n" * 40)
    for piece in pieces[:-1]:
        before_mark = piece.rstrip(b"\\")
        assert (len(piece) - len(before_mark)) % 2 == 0
        assert not piece.endswith(b"^")


def test_it_fills_lines_to_the_last_octet() -> None:
    pieces = _pieces(b"x" * 75 + b"y" * 74 + b"z")
    assert [len(piece) for piece in pieces] == [75, 74, 1]
    assert folded(b"x" * 75) == b"x" * 75


def test_it_writes_what_the_library_writes_but_for_the_places_of_the_folds() -> None:
    event = Event()
    event["SUMMARY"] = text_value(ARABIC * 9, "ckb")
    event["DESCRIPTION"] = text_value("a, b; c\n" + ARABIC * 20)
    ours, theirs = serialised(event), event.to_ical()
    assert ours.replace(b"\r\n ", b"") == theirs.replace(b"\r\n ", b"")
    assert ours != theirs


@pytest.mark.parametrize("text", [r"C:\New", r"C:\new", "a\\,b", "a\\;b", "a\\\nb", "BEGIN:VEVENT"])
def test_it_parts_what_programs_take_for_an_escape_or_a_component(text: str) -> None:
    told = harmless(text)
    assert told != text
    assert told.replace("\u2060", "") == text
    assert harmless(told) == told


@pytest.mark.parametrize("text", ["a\\b", "begin: nine", "a, b; c\nd", "هـ\u200cم"])
def test_it_leaves_everything_else_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_it_leaves_no_run_of_blanks_that_could_be_an_empty_line() -> None:
    assert harmless("a" + " " * 200 + "b\tc") == "a    b    c"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" https://stream.example/9?a=1,2;3#x ", "https://stream.example/9?a=1,2;3#x"),
        ("http://stream.example/%20", "http://stream.example/%20"),
        ("https://stream.example/نهر", "https://stream.example/%D9%86%D9%87%D8%B1"),
        ("javascript:alert(1)", None),
        ("ftp://stream.example/", None),
        ("https://", None),
        ("http://[::1", None),
        ("https://a.example/b c", None),
        ("https://a.example/\nATTENDEE:x", None),
        ("", None),
    ],
)
def test_it_takes_addresses_of_the_web_only(written: str, address: str | None) -> None:
    assert web_address(written) == address
