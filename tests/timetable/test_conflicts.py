"""One pass over a plan: every rule, each conflict once, the worst first."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from planner.sessions.models import State
from planner.timetable.conflicts import (
    Place,
    Rule,
    Severity,
    by_session,
    conflicts,
    conflicts_of,
    rules,
)
from planner.timetable.plan import Plan
from planner.timetable.registry import rule
from tests.timetable.crowded import crowded_plans
from tests.timetable.pictures import at, only, plan, room, session, speaker

#: The rules of the organizers' table, and how bad it is to break them.
RULES = {
    "room-overlap": "error",
    "room-closed": "error",
    "day-over": "error",
    "not-a-day": "error",
    "person-twice": "error",
    "unavailable": "error",
    "not-before": "error",
    "not-apart": "error",
    "other-room": "error",
    "changeover": "warning",
    "many-sessions": "warning",
    "long-interpreting": "warning",
    "interpreter-alone": "warning",
    "capacity": "warning",
    "stars": "warning",
    "no-booth": "warning",
    "few-booths": "warning",
    "step-free": "warning",
    "not-interpreted": "warning",
    "theme-overlap": "warning",
    "theme-missing": "warning",
    "language-clash": "warning",
    "unplaced": "information",
    "no-speaker": "information",
    "no-moderator": "information",
    "missing-title": "information",
}


def test_all_rules_are_there_and_as_bad_as_agreed() -> None:
    assert {name: found.severity.word for name, found in rules().items()} == RULES


@pytest.mark.parametrize("name", RULES)
def test_a_rule_names_its_parties_and_says_what_it_is_for(name: str) -> None:
    found = rules()[name]
    places = set(re.findall(r"%\((\w+)\)s", found.words))
    assert places & {"session", "first", "earlier", "person", "theme", "sessions"}
    assert found.label
    assert bool(found.reason) is (found.place is not Place.NOTHING)


def test_what_is_accepted_of_a_room_does_not_come_back_at_another_hour() -> None:
    small = plan(session("A", at(10), "orchard", audience=50))
    later = small.with_placed("A", room="orchard", starts_at=at(11))
    assert only(small, "capacity").digest == only(later, "capacity").digest


def test_what_is_accepted_of_an_hour_does_not_come_back_in_another_room() -> None:
    water = {"theme": "water"}
    picture = plan(session("A", at(10), "tigris", **water), session("B", at(10), "zagros", **water))
    moved = picture.with_placed("A", room="orchard", starts_at=at(10))
    assert only(picture, "theme-overlap").digest == only(moved, "theme-overlap").digest
    later = picture.with_placed("A", room="tigris", starts_at=at(10, 5))
    assert only(picture, "theme-overlap").digest != only(later, "theme-overlap").digest


def test_no_two_rules_have_one_name() -> None:
    with pytest.raises(ValueError, match="there is a rule capacity already"):
        rule("capacity", Severity.ERROR, "label", "words")(lambda _plan, _session: ())


def test_a_rule_of_time_must_tell_its_edges_and_one_of_place_its_reason() -> None:
    with pytest.raises(ValueError, match="edges"):
        rule("new", Severity.ERROR, "label", "words", "reason", place=Place.TIME)
    with pytest.raises(ValueError, match="reason"):
        rule("new", Severity.ERROR, "label", "words", place=Place.ROOM)


def test_the_worst_comes_first_and_then_the_earliest() -> None:
    picture = plan(
        session("L", at(14), "tigris"),
        session("K", at(14), "tigris"),
        session("B", at(10), "zagros"),
        session("A", at(10), "zagros"),
    )
    told = [(item.severity, item.rule, item.sessions) for item in conflicts(picture)]
    assert told[:2] == [
        (Severity.ERROR, "room-overlap", ("A", "B")),
        (Severity.ERROR, "room-overlap", ("K", "L")),
    ]
    assert [severity for severity, *_ in told] == sorted(severity for severity, *_ in told)


@given(crowded_plans())
def test_each_conflict_is_found_once(picture: Plan) -> None:
    keys = [conflict.key for conflict in conflicts(picture)]
    assert len(keys) == len(set(keys))


@given(crowded_plans())
def test_the_conflicts_of_a_session_are_those_that_it_has_a_part_in(picture: Plan) -> None:
    found = conflicts(picture)
    parts = by_session(found)
    for item in picture.sessions:
        assert conflicts_of(picture, item.code) == parts.get(item.code, [])


@given(crowded_plans())
def test_the_order_of_the_plan_makes_no_difference(picture: Plan) -> None:
    turned = replace(picture, sessions=picture.sessions[::-1], speakers=picture.speakers[::-1])
    assert conflicts(turned) == conflicts(picture)


@given(crowded_plans())
def test_what_is_withdrawn_has_no_part_in_any_conflict(picture: Plan) -> None:
    gone = {item.code for item in picture.sessions if item.state is State.WITHDRAWN}
    assert not gone & by_session(conflicts(picture)).keys()


def test_a_key_fits_into_its_column_and_stays_while_facts_change() -> None:
    names = ("A" * 120, "B" * 120)
    picture = plan(*(session(name, at(10), "tigris", 1) for name in names))
    assert all(len(conflict.key) <= 200 for conflict in conflicts(picture))
    moved = picture.with_placed(names[0], room="tigris", starts_at=at(10, 30))
    before, after = only(picture, "room-overlap"), only(moved, "room-overlap")
    assert before.key == after.key
    assert before.digest != after.digest


def test_a_digest_stays_while_the_facts_do() -> None:
    first = plan(session("A", at(10), "orchard", audience=50), rooms=(room("orchard"),))
    titled = replace(first, sessions=(replace(first.sessions[0], titles={"ar": "ماء"}, version=2),))
    assert only(first, "capacity").digest == only(titled, "capacity").digest
    larger = plan(session("A", at(10), "orchard", audience=51), rooms=(room("orchard"),))
    assert only(first, "capacity").digest != only(larger, "capacity").digest


def test_an_empty_plan_breaks_nothing() -> None:
    assert conflicts(plan(speakers=(speaker(1),))) == []


def test_a_rule_can_be_looked_at_like_a_value() -> None:
    assert isinstance(rules()["capacity"], Rule)
