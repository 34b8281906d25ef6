"""Rules that organizers set: before, apart, in the same room."""

import pytest

from planner.sessions.models import State
from planner.timetable.models import Relation
from tests.timetable.pictures import asked, at, found, only, plan, said, session

BEFORE = (asked(Relation.BEFORE, "A", "B"),)
APART = (asked(Relation.APART, "A", "B"),)
SAME_ROOM = (asked(Relation.SAME_ROOM, "A", "B"),)


@pytest.mark.usefixtures("app")
def test_what_must_come_before_must_be_over() -> None:
    picture = plan(
        session("A", at(10), "tigris"), session("B", at(10, 59), "zagros"), constraints=BEFORE
    )
    assert only(picture, "not-before").severity.word == "error"
    assert said(picture, "not-before") == (
        "“جلسة A” must be over before “جلسة B” begins (10:00–11:00 and 10:59–11:59)."
    )
    later = plan(session("A", at(10), "tigris"), session("B", at(11), "zagros"), constraints=BEFORE)
    assert not found(later, "not-before")


@pytest.mark.usefixtures("app")
def test_what_comes_after_instead_of_before_is_told_in_the_order_that_was_asked_for() -> None:
    picture = plan(
        session("A", at(12), "tigris"), session("B", at(10), "zagros"), constraints=BEFORE
    )
    assert said(picture, "not-before").startswith("“جلسة A” must be over before “جلسة B” begins")
    assert only(picture, "not-before").parties == ("A", "B")


@pytest.mark.usefixtures("app")
def test_what_must_be_apart_may_not_share_a_minute() -> None:
    picture = plan(
        session("A", at(10), "tigris"), session("B", at(10, 59), "zagros"), constraints=APART
    )
    assert only(picture, "not-apart").severity.word == "error"
    assert said(picture, "not-apart") == (
        "“جلسة A” (10:00–11:00) and “جلسة B” (10:59–11:59) must not be at the same time."
    )
    later = plan(session("A", at(10), "tigris"), session("B", at(11), "zagros"), constraints=APART)
    assert not found(later, "not-apart")


@pytest.mark.usefixtures("app")
def test_what_must_be_in_the_same_room_may_not_be_in_two() -> None:
    picture = plan(
        session("A", at(10), "tigris"), session("B", at(14), "zagros"), constraints=SAME_ROOM
    )
    assert only(picture, "other-room").severity.word == "error"
    assert said(picture, "other-room") == (
        "“جلسة A” and “جلسة B” must be in the same room, and are in قاعة دجلة and ژووری زاگرۆس."
    )
    same = plan(
        session("A", at(10), "tigris"), session("B", at(14), "tigris"), constraints=SAME_ROOM
    )
    assert not found(same, "other-room")


@pytest.mark.parametrize("constraints", [BEFORE, APART, SAME_ROOM])
def test_nothing_is_asked_of_what_is_unplaced_or_withdrawn(constraints: tuple[object]) -> None:
    gone = session("B", at(10), "zagros", state=State.WITHDRAWN)
    for other in (session("B"), gone):
        picture = plan(session("A", at(10), "tigris"), other, constraints=constraints)
        for rule in ("not-before", "not-apart", "other-room"):
            assert not found(picture, rule)


def test_what_was_asked_both_ways_is_broken_once() -> None:
    both = (*APART, asked(Relation.APART, "B", "A"))
    picture = plan(session("A", at(10), "tigris"), session("B", at(10), "zagros"), constraints=both)
    assert len(found(picture, "not-apart")) == 1
