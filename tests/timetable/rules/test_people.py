"""Rules of people: two places, hours that are not free, the way between rooms, too much work."""

from dataclasses import replace

import pytest

from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Answer
from planner.timetable.parts import Person
from tests.timetable.pictures import (
    FIRST,
    LIMITS,
    at,
    found,
    interpreter,
    only,
    plan,
    said,
    session,
    speaker,
    withheld,
)

SIDURI, ZIN = 14, 3


@pytest.mark.usefixtures("app")
def test_nobody_can_be_in_two_places_in_whatever_roles() -> None:
    picture = plan(
        session("A", at(10), "tigris", SIDURI),
        session("B", at(10, 55), "zagros", interpreter(SIDURI)),
    )
    conflict = only(picture, "person-twice")
    assert (conflict.severity.word, conflict.speakers) == ("error", (SIDURI,))
    assert conflict.parties == ("A", "B", "S14")
    assert said(picture, "person-twice") == (
        "سيدوري takes part in “جلسة A” (10:00–11:00) and in “جلسة B” (10:55–11:55) "
        "at the same time."
    )


@pytest.mark.usefixtures("app")
def test_whoever_may_not_know_a_name_is_told_a_number() -> None:
    picture = plan(
        session("A", at(10), "tigris", SIDURI),
        session("B", at(10), "zagros", SIDURI),
        speakers=(withheld(speaker(SIDURI)),),
    )
    assert said(picture, "person-twice", sees_names=False).startswith("Speaker 14 takes part in")
    assert said(picture, "person-twice").startswith("سيدوري takes part in")


def test_a_person_may_go_from_one_session_to_the_next() -> None:
    picture = plan(session("A", at(10), "tigris", ZIN), session("B", at(11), "zagros", ZIN))
    assert not found(picture, "person-twice")


def test_two_roles_in_one_session_are_no_two_places() -> None:
    picture = plan(session("A", at(10), "tigris", ZIN, (ZIN, Role.MODERATOR)))
    assert not found(picture, "person-twice")


def test_whoever_declined_is_in_no_place() -> None:
    declined = Person(ZIN, Role.SPEAKER, Answer.DECLINED)
    picture = plan(session("A", at(10), "tigris", ZIN), session("B", at(10), "zagros", declined))
    assert not found(picture, "person-twice")


@pytest.mark.usefixtures("app")
def test_nobody_may_be_placed_outside_the_hours_that_they_gave() -> None:
    free = (at(9), at(11))
    for outside in (at(8, 55), at(10, 5)):
        picture = plan(session("A", outside, "tigris", ZIN), speakers=(speaker(ZIN, "زین", free),))
        assert only(picture, "unavailable").severity.word == "error"
    for inside in (at(9), at(10)):
        picture = plan(session("A", inside, "tigris", ZIN), speakers=(speaker(ZIN, "زین", free),))
        assert not found(picture, "unavailable")
    picture = plan(session("A", at(10, 30), "tigris", ZIN), speakers=(speaker(ZIN, "زین", free),))
    assert said(picture, "unavailable") == ("زین is not free during all of “جلسة A” (10:30–11:30).")


def test_hours_that_touch_are_free_throughout() -> None:
    hours = ((at(9), at(10)), (at(10), at(12)))
    picture = plan(session("A", at(9, 30), "tigris", ZIN), speakers=(speaker(ZIN, "زین", *hours),))
    assert not found(picture, "unavailable")


def test_whoever_gave_no_hours_is_always_free() -> None:
    assert not found(plan(session("A", at(9, 30), "tigris", ZIN)), "unavailable")


@pytest.mark.usefixtures("app")
def test_one_needs_time_from_a_room_to_another() -> None:
    picture = plan(session("A", at(10), "tigris", ZIN), session("B", at(11, 9), "zagros", ZIN))
    assert only(picture, "changeover").severity.word == "warning"
    assert said(picture, "changeover") == (
        "سيدوري has 9 minutes from “جلسة A” (قاعة دجلة, 10:00–11:00) to “جلسة B” "
        "(ژووری زاگرۆس, 11:09–12:09), and needs 10 minutes."
    )
    later = plan(session("A", at(10), "tigris", ZIN), session("B", at(11, 10), "zagros", ZIN))
    assert not found(later, "changeover")


def test_one_needs_more_time_from_a_site_to_another() -> None:
    picture = plan(session("A", at(10), "tigris", ZIN), session("B", at(11, 29), "orchard", ZIN))
    assert found(picture, "changeover")
    later = plan(session("A", at(10), "tigris", ZIN), session("B", at(11, 30), "orchard", ZIN))
    assert not found(later, "changeover")


def test_one_needs_no_time_within_a_room_nor_to_what_is_everywhere() -> None:
    everywhere = session("B", at(11), None, ZIN, across_rooms=True)
    assert not found(plan(session("A", at(10), "tigris", ZIN), everywhere), "changeover")
    same = plan(session("A", at(10), "tigris", ZIN), session("B", at(11), "tigris", ZIN))
    assert not found(same, "changeover")


@pytest.mark.usefixtures("app")
def test_there_is_a_limit_of_sessions_a_day_for_anybody() -> None:
    items = [session(f"{hour}", at(hour), "tigris", ZIN) for hour in (8, 10, 12)]
    limits = replace(LIMITS, sessions_a_day=2)
    picture = plan(*items, limits=limits)
    conflict = only(picture, "many-sessions")
    assert (conflict.severity.word, conflict.speakers, conflict.day) == ("warning", (ZIN,), FIRST)
    assert set(conflict.sessions) == {"8", "10", "12"}
    assert said(picture, "many-sessions") == (
        "سيدوري has too many sessions on Wednesday 18 January: 3, where the limit is 2 "
        "(“جلسة 8”, “جلسة 10”, “جلسة 12”)."
    )
    assert not found(plan(*items[:2], limits=limits), "many-sessions")


def test_pauses_interpreting_and_other_days_do_not_count_as_sessions() -> None:
    limits = replace(LIMITS, sessions_a_day=2)
    picture = plan(
        session("A", at(8), "tigris", ZIN),
        session("B", at(10), "tigris", ZIN),
        session("C", at(12), "tigris", ZIN, kind=Kind.MEAL),
        session("D", at(14), "tigris", interpreter(ZIN)),
        session("E", at(10, days=1), "tigris", ZIN),
        limits=limits,
    )
    assert not found(picture, "many-sessions")


@pytest.mark.usefixtures("app")
def test_there_is_a_limit_of_minutes_a_day_for_an_interpreter() -> None:
    items = [session("A", at(9), "tigris", interpreter(ZIN), minutes=120)]
    items.append(session("B", at(12), "tigris", interpreter(ZIN), minutes=125))
    picture = plan(*items)
    assert only(picture, "long-interpreting").severity.word == "warning"
    assert said(picture, "long-interpreting") == (
        "سيدوري interprets for 4 hours and 5 minutes on Wednesday 18 January; "
        "the limit is 4 hours (“جلسة A”, “جلسة B”)."
    )
    fitting = plan(items[0], replace(items[1], minutes=120))
    assert not found(fitting, "long-interpreting")
    speaking = plan(items[0], session("B", at(12), "tigris", ZIN, minutes=125))
    assert not found(speaking, "long-interpreting")
