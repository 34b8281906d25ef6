"""Rules of rooms and hours: each finds its fault, and none where things only touch."""

import pytest

from planner.programme.vocabulary import Kind
from planner.sessions.models import State
from planner.timetable.parts import day_with_hours
from tests.timetable.pictures import FIRST, at, found, only, plan, room, said, session


@pytest.mark.usefixtures("app")
def test_two_sessions_in_one_room_at_a_time_are_an_error_that_names_both() -> None:
    picture = plan(session("A", at(10), "tigris"), session("B", at(10, 30), "tigris", minutes=45))
    conflict = only(picture, "room-overlap")
    assert (conflict.severity.word, conflict.room, conflict.day) == ("error", "tigris", FIRST)
    assert conflict.sessions == ("A", "B")
    assert said(picture, "room-overlap") == (
        "“جلسة A” (10:00–11:00) and “جلسة B” (10:30–11:15) take the same room at the same time: "
        "قاعة دجلة."
    )


def test_sessions_in_one_room_may_follow_one_another_without_a_pause() -> None:
    assert not found(
        plan(session("A", at(10), "tigris"), session("B", at(11), "tigris")), "room-overlap"
    )


def test_sessions_in_two_rooms_do_not_meet() -> None:
    assert not found(
        plan(session("A", at(10), "tigris"), session("B", at(10), "zagros")), "room-overlap"
    )


def test_sessions_that_meet_after_midnight_are_found() -> None:
    night = session("A", at(23), "tigris", minutes=180)
    picture = plan(night, session("B", at(25, 30), "tigris"), session("C", at(26), "tigris"))
    assert [item.sessions for item in found(picture, "room-overlap")] == [("A", "B"), ("B", "C")]


@pytest.mark.usefixtures("app")
def test_nothing_may_stand_beside_what_is_held_across_all_rooms() -> None:
    lunch = session("L", at(12), None, kind=Kind.MEAL, across_rooms=True)
    picture = plan(lunch, session("A", at(11, 30), "zagros"), session("B", at(13), "tigris"))
    assert only(picture, "room-overlap").sessions == ("A", "L")
    assert said(picture, "room-overlap").endswith("at the same time: ژووری زاگرۆس.")


@pytest.mark.usefixtures("app")
def test_two_pauses_for_everybody_take_all_rooms() -> None:
    picture = plan(
        session("A", at(12), "tigris", across_rooms=True),
        session("B", at(12, 30), None, across_rooms=True),
    )
    assert said(picture, "room-overlap").endswith("at the same time: all rooms.")


def test_what_was_withdrawn_takes_no_room() -> None:
    gone = session("A", at(10), "tigris", state=State.WITHDRAWN)
    assert not found(plan(gone, session("B", at(10), "tigris")), "room-overlap")


@pytest.mark.usefixtures("app")
def test_a_room_that_opens_later_or_closes_earlier_is_closed() -> None:
    rooms = (room("tigris", opens=9 * 60, closes=18 * 60),)
    for early in (at(8, 30), at(17, 30)):
        picture = plan(session("A", early, "tigris"), rooms=rooms)
        assert only(picture, "room-closed").severity.word == "error"
    for fitting in (at(9), at(17)):
        assert not found(plan(session("A", fitting, "tigris"), rooms=rooms), "room-closed")
    assert said(plan(session("A", at(8, 30), "tigris"), rooms=rooms), "room-closed") == (
        "قاعة دجلة is closed during a part of “جلسة A” (08:30–09:30)."
    )


def test_a_room_may_close_after_midnight() -> None:
    rooms = (room("tigris", opens=20 * 60, closes=60),)
    days = (day_with_hours(FIRST, 8 * 60, 26 * 60),)
    for fitting in (at(20), at(24)):
        picture = plan(session("A", fitting, "tigris"), rooms=rooms, days=days)
        assert not found(picture, "room-closed")
    late = plan(session("A", at(24, 5), "tigris"), rooms=rooms, days=days)
    assert found(late, "room-closed")


def test_a_room_without_an_hour_of_opening_may_close_in_the_night() -> None:
    rooms = (room("tigris", closes=60),)
    days = (day_with_hours(FIRST, 8 * 60, 26 * 60),)
    assert not found(plan(session("A", at(24), "tigris"), rooms=rooms, days=days), "room-closed")
    assert found(plan(session("A", at(24, 5), "tigris"), rooms=rooms, days=days), "room-closed")


@pytest.mark.usefixtures("app")
def test_a_session_must_lie_within_the_hours_of_its_day() -> None:
    for outside in (at(7, 55), at(19, 5)):
        assert only(plan(session("A", outside, "tigris")), "day-over").severity.word == "error"
    for inside in (at(8), at(19)):
        assert not found(plan(session("A", inside, "tigris")), "day-over")
    assert said(plan(session("A", at(19, 30), "tigris")), "day-over") == (
        "“جلسة A” (19:30–20:30) is outside the hours of the day, 08:00–20:00."
    )


def test_a_session_may_go_from_one_day_into_the_next_where_they_touch() -> None:
    days = (
        day_with_hours(FIRST, 8 * 60, 32 * 60),
        day_with_hours(FIRST.replace(day=19), 8 * 60, 20 * 60),
    )
    picture = plan(session("A", at(7, 30, days=1), "tigris"), days=days)
    assert not found(picture, "day-over")


@pytest.mark.usefixtures("app")
def test_a_day_that_is_none_of_the_event_is_an_error_of_its_own() -> None:
    picture = plan(session("A", at(10, days=3), "tigris"))
    assert said(picture, "not-a-day") == (
        "“جلسة A” is placed on Saturday 21 January, which is not a day of the event."
    )
    assert not found(picture, "day-over")
    assert not found(plan(session("A", at(10, days=2), "tigris")), "not-a-day")


def test_the_small_hours_belong_to_the_day_before_where_that_goes_on() -> None:
    days = (day_with_hours(FIRST, 8 * 60, 26 * 60),)
    assert not found(plan(session("A", at(25), "tigris"), days=days), "not-a-day")
    assert found(plan(session("A", at(26), "tigris"), days=days), "not-a-day")


@pytest.mark.usefixtures("app")
def test_an_audience_must_fit_into_the_room() -> None:
    picture = plan(session("A", at(10), "orchard", audience=41))
    assert only(picture, "capacity").severity.word == "warning"
    assert said(picture, "capacity") == (
        "Expected audience of “جلسة A”: 41. البستان has room for fewer: 40."
    )
    assert not found(plan(session("A", at(10), "orchard", audience=40)), "capacity")
    assert not found(plan(session("A", at(10), "zagros", audience=400)), "capacity")


@pytest.mark.usefixtures("app")
def test_a_room_is_too_small_for_all_who_have_a_session_in_their_agenda() -> None:
    picture = plan(session("A", at(10), "orchard", stars=57))
    assert only(picture, "stars").severity.word == "warning"
    assert said(picture, "stars") == (
        "At least 50 participants have “جلسة A” in their agenda. البستان has room for fewer: 40."
    )
    assert not found(plan(session("A", at(10), "orchard", stars=40)), "stars")
    assert not found(plan(session("A", at(10), "zagros", stars=400)), "stars")
    assert "At least 41 participants" in said(
        plan(session("A", at(10), "orchard", stars=42)), "stars"
    )


def test_one_more_star_does_not_reopen_what_was_accepted() -> None:
    before, after = (plan(session("A", at(10), "orchard", stars=num)) for num in (51, 59))
    assert only(before, "stars").digest == only(after, "stars").digest
    many = plan(session("A", at(10), "orchard", stars=61))
    assert only(before, "stars").digest != only(many, "stars").digest


def test_a_room_that_is_too_small_anyway_is_told_once() -> None:
    picture = plan(session("A", at(10), "orchard", audience=50, stars=60))
    assert found(picture, "capacity")
    assert not found(picture, "stars")


@pytest.mark.usefixtures("app")
def test_step_free_access_must_be_there_where_it_was_asked_for() -> None:
    picture = plan(session("A", at(10), "orchard", needs_step_free=True))
    assert said(picture, "step-free") == (
        "“جلسة A” needs step-free access, and البستان is not known to have it."
    )
    assert not found(plan(session("A", at(10), "tigris", needs_step_free=True)), "step-free")
    assert not found(plan(session("A", at(10), "orchard")), "step-free")
