"""Rules of languages: booths, interpreters for what is promised, and colleagues for them."""

from dataclasses import replace

import pytest

from planner.timetable.parts import Turn
from planner.timetable.rules.interpreting import pairs, targets
from tests.timetable.pictures import at, found, interpreter, only, plan, said, session, speaker

ZIN, MEM = 3, 4


def _interpreted(*people: object, into: tuple[str, ...] = ("ckb",), **fields: object) -> object:
    values = {"spoken_languages": ("ar",), "interpreted_languages": into, **fields}
    return session("A", at(10), "zagros", *people, **values)  # type: ignore[arg-type]


def test_nobody_needs_interpretation_into_the_one_language_that_is_spoken() -> None:
    item = session("A", spoken_languages=("ar",), interpreted_languages=("ar", "ckb"))
    assert targets(item) == ("ckb",)
    assert pairs(item) == (("ar", "ckb"),)


def test_where_two_languages_are_spoken_each_is_brought_into_the_other() -> None:
    item = session("A", spoken_languages=("ar", "ckb"), interpreted_languages=("ar", "ckb"))
    assert targets(item) == ("ar", "ckb")
    assert pairs(item) == (("ckb", "ar"), ("ar", "ckb"))


@pytest.mark.usefixtures("app")
def test_interpretation_needs_a_booth() -> None:
    item = session(
        "A", at(10), "tigris", spoken_languages=("ar",), interpreted_languages=("ckb", "en")
    )
    assert only(plan(item), "no-booth").severity.word == "warning"
    assert said(plan(item), "no-booth") == (
        "“جلسة A” needs interpretation (Kurdish (Sorani), English), and قاعة دجلة has no booth."
    )
    assert not found(plan(_interpreted()), "no-booth")
    assert not found(plan(session("A", at(10), "tigris", spoken_languages=("ar",))), "no-booth")


@pytest.mark.usefixtures("app")
def test_each_language_needs_a_booth_of_its_own() -> None:
    picture = plan(_interpreted(into=("ckb", "en")))
    assert only(picture, "few-booths").severity.word == "warning"
    assert said(picture, "few-booths") == (
        "“جلسة A” is interpreted into more languages than ژووری زاگرۆس has booths: "
        "Kurdish (Sorani), English (booths: 1)."
    )
    assert not found(picture, "no-booth")
    assert not found(plan(_interpreted()), "few-booths")


@pytest.mark.usefixtures("app")
def test_somebody_must_bring_what_is_spoken_into_what_is_promised() -> None:
    knows = (speaker(ZIN, "زین", languages=("ar", "ckb")),)
    picture = plan(_interpreted(interpreter(ZIN), into=("ckb", "en")), speakers=knows)
    assert only(picture, "not-interpreted").severity.word == "warning"
    assert said(picture, "not-interpreted") == (
        "Nobody on “جلسة A” interprets Arabic into English, which is promised."
    )
    assert not found(plan(_interpreted(interpreter(ZIN)), speakers=knows), "not-interpreted")


def test_an_interpreter_must_know_both_languages_and_be_one_in_that_session() -> None:
    half = (speaker(ZIN, "زین", languages=("ckb",)),)
    assert found(plan(_interpreted(interpreter(ZIN)), speakers=half), "not-interpreted")
    knows = (speaker(ZIN, "زین", languages=("ar", "ckb")),)
    assert found(plan(_interpreted(ZIN), speakers=knows), "not-interpreted")
    assert found(plan(_interpreted()), "not-interpreted")


@pytest.mark.usefixtures("app")
def test_an_interpreter_may_not_be_alone_for_too_long() -> None:
    knows = tuple(speaker(who, "زین", languages=("ar", "ckb")) for who in (ZIN, MEM))
    alone = plan(_interpreted(interpreter(ZIN), minutes=31), speakers=knows)
    conflict = only(alone, "interpreter-alone")
    assert (conflict.severity.word, conflict.speakers) == ("warning", (ZIN,))
    assert said(alone, "interpreter-alone") == (
        "زین interprets Arabic into Kurdish (Sorani) in “جلسة A” alone for 31 minutes; "
        "the limit is 30 minutes."
    )
    short = plan(_interpreted(interpreter(ZIN), minutes=30), speakers=knows)
    assert not found(short, "interpreter-alone")
    two = plan(_interpreted(interpreter(ZIN), interpreter(MEM)), speakers=knows)
    assert not found(two, "interpreter-alone")


def test_a_colleague_with_other_languages_is_no_help() -> None:
    people = (
        speaker(ZIN, "زین", languages=("ar", "ckb")),
        speaker(MEM, "مەم", languages=("ar", "en")),
    )
    picture = plan(
        _interpreted(interpreter(ZIN), interpreter(MEM), into=("ckb", "en")), speakers=people
    )
    assert {item.speakers for item in found(picture, "interpreter-alone")} == {(ZIN,), (MEM,)}


def _turn(speaker_id: int, begins: int, ends: int) -> Turn:
    return Turn(begins, speaker_id, "ar", "ckb", begins, ends)


@pytest.mark.usefixtures("app")
def test_where_turns_are_dealt_out_alone_means_without_relief() -> None:
    both = (
        speaker(ZIN, "زین", languages=("ar", "ckb")),
        speaker(MEM, "مەم", languages=("ar", "ckb")),
    )
    people = (interpreter(ZIN), interpreter(MEM))
    shared = (_turn(ZIN, 0, 30), _turn(MEM, 30, 60))
    assert not found(plan(_interpreted(*people, turns=shared), speakers=both), "interpreter-alone")
    long = (_turn(ZIN, 0, 30), _turn(ZIN, 30, 45), _turn(MEM, 45, 60))
    told = said(plan(_interpreted(*people, turns=long), speakers=both), "interpreter-alone")
    assert told is not None
    assert told.startswith("زین interprets Arabic into Kurdish (Sorani) in “جلسة A” alone")
    assert "45 minutes" in told


def test_minutes_of_a_day_are_those_of_the_turns() -> None:
    who = (speaker(ZIN, "زین", languages=("ar", "ckb")),)
    items = [
        session(
            code,
            at(8 + 2 * place),
            "zagros",
            interpreter(ZIN),
            minutes=110,
            spoken_languages=("ar",),
            interpreted_languages=("ckb",),
            turns=(_turn(ZIN, 0, 30),),
        )
        for place, code in enumerate("ABC")
    ]
    assert not found(plan(*items, speakers=who), "long-interpreting")
    whole = [replace(item, turns=()) for item in items]
    assert found(plan(*whole, speakers=who), "long-interpreting")
