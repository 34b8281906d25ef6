"""Identities for schedule.xml and schedule.json."""

import re
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from planner.formats.schedule_ids import (
    acronym_of,
    distinct,
    guids_of,
    numbers_of,
    slug_of_session,
)
from planner.lib.codes import ALPHABET, number_of

CODES = st.text(ALPHABET, min_size=6, max_size=6)
KEYS = st.lists(CODES | st.text("34C-د", min_size=1, max_size=9), max_size=40)


@given(KEYS)
def test_every_key_has_a_positive_number_of_its_own_within_31_bits(keys: list[str]) -> None:
    numbers = numbers_of(keys)
    assert set(numbers) == set(keys)
    assert len(set(numbers.values())) == len(numbers)
    assert all(0 < number < 2**31 for number in numbers.values())


@given(CODES, KEYS)
def test_a_code_has_the_same_number_whoever_else_there_is(code: str, others: list[str]) -> None:
    assert numbers_of([*others, code])[code] == number_of(code)


def test_short_keys_do_not_take_the_number_of_a_code() -> None:
    """As a number, 333334 is the same as 4 is."""
    assert len(set(numbers_of(["333334", "4", "34"]).values())) == 3


def test_two_keys_of_the_same_hash_have_two_numbers() -> None:
    assert (
        numbers_of(["3CDFGH-82922"])["3CDFGH-82922"] == numbers_of(["3CDFGH-89340"])["3CDFGH-89340"]
    )
    assert len(set(numbers_of(["3CDFGH-82922", "3CDFGH-89340"]).values())) == 2


def test_a_session_keeps_its_guid() -> None:
    guid = "B8E0EB47-4832-4726-BC9B-9015BD96BECF"
    assert guids_of({"3CDFGH": guid}, "host.example") == {"3CDFGH": guid.lower()}


@given(st.dictionaries(CODES, st.sampled_from(["", "x", str(UUID(int=1)), str(UUID(int=2))])))
def test_all_guids_are_uuids_and_none_is_used_twice(given_guids: dict[str, str]) -> None:
    guids = guids_of(given_guids, "host.example")
    assert set(guids) == set(given_guids)
    assert len(set(guids.values())) == len(guids)
    assert all(str(UUID(guid)) == guid for guid in guids.values())


def test_a_guid_that_is_made_belongs_to_the_host() -> None:
    here, there = (guids_of({"3CDFGH": ""}, host)["3CDFGH"] for host in ("a.example", "b.example"))
    assert here != there


@given(st.text(max_size=12))
def test_every_slug_of_an_event_gives_an_acronym_that_both_formats_take(slug: str) -> None:
    assert re.fullmatch(r"[a-z0-9_]{4,}", acronym_of(slug))


def test_a_code_in_another_alphabet_gives_a_slug_of_its_number() -> None:
    assert slug_of_session("33c3", "3CDFGH", 5) == "33c3-3cdfgh"
    assert slug_of_session("33c3", "ورشة", 113379999) == "33c3-113379999"


@given(st.dictionaries(st.text(max_size=2), st.sampled_from(["قاعة", "قاعة (2)", "Hall"])))
def test_no_two_names_are_the_same_and_the_first_stays_as_it_is(names: dict[str, str]) -> None:
    made = distinct(names)
    assert list(made) == list(names)
    assert len(set(made.values())) == len(made)
    assert all(made[key].startswith(name) for key, name in names.items())
    if names:
        first = next(iter(names))
        assert made[first] == names[first]
