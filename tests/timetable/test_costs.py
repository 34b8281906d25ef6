"""What a slot costs: it must be what the rules say of the plan with the session placed there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import State
from planner.timetable.conflicts import Place, Severity, conflicts, rules
from planner.timetable.costs import STEP, Level, Run, best_slots, costs
from planner.timetable.models import Relation
from planner.timetable.parts import day_with_hours
from planner.timetable.plan import Plan
from planner.timetable.wording import reasoned
from tests.timetable.crowded import LIFTED, crowded_plans
from tests.timetable.pictures import (
    FIRST,
    LIMITS,
    asked,
    at,
    plan,
    room,
    session,
    speaker,
    withheld,
)

ZIN = 3


@settings(max_examples=300)
@given(some.data())
def test_every_slot_costs_what_the_rules_say_of_the_plan_with_the_session_there(
    data: some.DataObject,
) -> None:
    """Level, rules and parties are those of one pass over the whole plan, slot by slot."""
    picture = data.draw(crowded_plans())
    day = FIRST + timedelta(days=data.draw(some.sampled_from([0, 0, 0, 1, 1, -1, 2])))
    minutes = data.draw(some.sampled_from([None, 15, 25, 90]))
    slots = list(_slots(costs(picture, LIFTED, day, minutes=minutes)))
    hours = picture.hours(day)
    lifted = picture.by_code[LIFTED]
    columns = 1 if lifted.across_rooms else len(picture.rooms)
    assert len(slots) == columns * ((hours.ends_at - hours.starts_at) // STEP)
    for run, start in data.draw(some.lists(some.sampled_from(slots), min_size=20, max_size=20)):
        there = lifted.room if lifted.across_rooms else run.room
        moved = picture.with_placed(LIFTED, room=there, starts_at=start, minutes=minutes)
        told = [
            (conflict.rule, conflict.parties)
            for conflict in conflicts(moved)
            if LIFTED in conflict.sessions and rules()[conflict.rule].place is not Place.NOTHING
        ]
        assert sorted((item.rule, item.parties) for item in run.conflicts) == sorted(told)
        assert run.level is _level(told)


def _slots(runs: list[Run]) -> Iterator[tuple[Run, datetime]]:
    for run in runs:
        start = run.start
        while start < run.end:
            yield run, start
            start += STEP


def _level(told: list[tuple[str, tuple[str, ...]]]) -> Level:
    severities = {rules()[name].severity for name, _ in told}
    if Severity.ERROR in severities:
        return Level.ERROR
    return Level.WARNING if Severity.WARNING in severities else Level.FREE


@given(crowded_plans())
def test_runs_cover_each_room_from_the_beginning_of_the_day_to_its_end(picture: Plan) -> None:
    for day in picture.days:
        by_room: dict[str | None, list[Run]] = {}
        for run in costs(picture, LIFTED, day.date):
            by_room.setdefault(run.room, []).append(run)
        for found in by_room.values():
            assert found[0].start == day.starts_at
            assert found[-1].end == day.ends_at
            assert all(one.end == other.start for one, other in pairwise(found))


def test_an_empty_day_is_free_until_the_session_would_end_after_it() -> None:
    picture = plan(session("A"))
    told = [(run.room, run.start, run.end, run.level) for run in costs(picture, "A", FIRST)]
    assert told[:2] == [
        ("tigris", at(8), at(19, 5), Level.FREE),
        ("tigris", at(19, 5), at(20), Level.ERROR),
    ]
    assert len(told) == 6


def test_a_slot_is_free_where_sessions_touch_and_impossible_where_they_overlap() -> None:
    picture = plan(session("A"), session("B", at(12), "tigris"))
    runs = [run for run in costs(picture, "A", FIRST) if run.room == "tigris"]
    told = [(run.start, run.end, run.level.word) for run in runs]
    assert told == [
        (at(8), at(11, 5), "free"),
        (at(11, 5), at(13), "error"),
        (at(13), at(19, 5), "free"),
        (at(19, 5), at(20), "error"),
    ]


def test_an_hour_off_the_grid_leaves_no_slot_half_free() -> None:
    picture = plan(session("A"), session("B", at(12, 2), "tigris", minutes=41))
    taken = next(run for run in costs(picture, "A", FIRST) if run.level is Level.ERROR)
    assert (taken.start, taken.end) == (at(11, 5), at(12, 45))


@pytest.mark.usefixtures("app")
def test_the_reason_of_a_slot_names_the_other_party_and_hides_who_must_be_hidden() -> None:
    picture = plan(
        session("A", None, None, 14),
        session("B", at(9, 30), "zagros", 14),
        speakers=(withheld(speaker(14)),),
    )
    runs = costs(picture, "A", FIRST)
    run = next(run for run in runs if run.room == "tigris" and run.level is Level.ERROR)
    told = [
        reasoned(conflict, picture, "A", "en", sees_names=False).striptags()
        for conflict in run.conflicts
    ]
    assert told == ["Speaker 14 is in “جلسة B” until 10:30: ژووری زاگرۆس, 09:30–10:30."]


def test_only_what_depends_on_the_place_costs_anything() -> None:
    picture = plan(session("A", titles={}, interpreted_languages=("en",), spoken_languages=("ar",)))
    reasons = {item.rule for run in costs(picture, "A", FIRST) for item in run.conflicts}
    assert reasons == {"no-booth", "day-over"}


def test_another_length_costs_what_that_length_costs() -> None:
    picture = plan(session("A", at(10), "tigris"), session("B", at(12), "tigris"))
    taken = next(run for run in costs(picture, "A", FIRST, minutes=120) if run.level is Level.ERROR)
    assert taken.start == at(10, 5)


def test_what_is_held_across_all_rooms_has_one_column() -> None:
    lunch = session("L", None, None, kind=Kind.MEAL, across_rooms=True)
    picture = plan(lunch, session("B", at(12), "tigris"), session("C", at(14), "orchard"))
    runs = costs(picture, "L", FIRST)
    assert {run.room for run in runs} == {None}
    taken = [(run.start, run.end) for run in runs if run.level is Level.ERROR]
    assert taken == [(at(11, 5), at(13)), (at(13, 5), at(15)), (at(19, 5), at(20))]


def test_what_was_withdrawn_costs_nothing_anywhere() -> None:
    picture = plan(session("A", state=State.WITHDRAWN), session("B", at(12), "tigris"))
    assert {run.level for run in costs(picture, "A", FIRST)} == {Level.FREE}


def test_a_day_that_is_none_of_the_event_is_impossible_throughout() -> None:
    runs = costs(plan(session("A")), "A", date(2017, 2, 1))
    assert [(run.level, run.conflicts[0].rule) for run in runs] == [(Level.ERROR, "not-a-day")] * 3


def test_a_day_may_go_on_after_midnight() -> None:
    picture = plan(session("A"), days=(day_with_hours(FIRST, 20 * 60, 26 * 60),))
    free = [run for run in costs(picture, "A", FIRST) if run.level is Level.FREE]
    assert {(run.start, run.end) for run in free} == {(at(20), at(25, 5))}


def test_no_session_is_no_cost() -> None:
    with pytest.raises(KeyError):
        costs(plan(), "A", FIRST)
    with pytest.raises(KeyError):
        best_slots(plan(), "A")


def test_the_best_slots_are_free_ones_near_the_present_place() -> None:
    picture = plan(
        session("A", at(10), "tigris", ZIN),
        session("B", at(10), "tigris"),
        session("C", at(10), "zagros", ZIN),
    )
    best = best_slots(picture, "A")
    assert [(slot.room, slot.start, slot.level) for slot in best[:3]] == [
        ("zagros", at(9), Level.FREE),
        ("zagros", at(11), Level.FREE),
        ("tigris", at(8, 50), Level.FREE),
    ]
    assert len(best) == 5


def test_of_two_free_slots_at_one_hour_the_one_in_the_same_room_is_better() -> None:
    picture = plan(session("A", at(10), "zagros"), session("B", at(10), "zagros"))
    first = best_slots(picture, "A", 1)[0]
    assert (first.room, first.start) == ("tigris", at(10))
    busy = plan(
        session("A", at(10), "zagros"),
        session("B", at(10), "zagros"),
        session("C", at(9, 30), "tigris", minutes=150),
        session("D", at(9, 30), "orchard", minutes=150),
    )
    assert best_slots(busy, "A", 1)[0].room == "zagros"


def test_for_what_is_unplaced_the_earliest_slots_are_the_best() -> None:
    best = best_slots(plan(session("A")), "A")
    assert [(slot.room, slot.start) for slot in best] == [
        ("tigris", at(8)),
        ("zagros", at(8)),
        ("orchard", at(8)),
        ("tigris", at(8, days=1)),
        ("zagros", at(8, days=1)),
    ]


def test_a_warning_is_better_than_an_error_and_worse_than_nothing() -> None:
    picture = plan(
        session("A", audience=50),
        session("B", at(8), "tigris", minutes=720),
        rooms=(room("orchard"), room("tigris")),
        days=(day_with_hours(FIRST, 8 * 60, 20 * 60),),
    )
    assert [slot.level for slot in best_slots(picture, "A", 2)] == [Level.WARNING, Level.ERROR]


def test_nothing_is_proposed_on_top_of_what_is_pinned_or_for_everybody() -> None:
    day = (day_with_hours(FIRST, 8 * 60, 9 * 60),)
    for fixed in (
        session("B", at(8), "tigris", pinned=True),
        session("B", at(8), None, across_rooms=True),
    ):
        picture = plan(session("A"), fixed, days=day, rooms=(room("tigris"),))
        assert best_slots(picture, "A") == []
    loose = plan(session("A"), session("B", at(8), "tigris"), days=day, rooms=(room("tigris"),))
    assert best_slots(loose, "A")


@given(crowded_plans())
def test_no_slot_is_better_than_the_best(picture: Plan) -> None:
    best = best_slots(picture, LIFTED, 3)
    ranks = [[item.severity for item in slot.conflicts] for slot in best]
    weights = [(rank.count(Severity.ERROR), rank.count(Severity.WARNING)) for rank in ranks]
    assert weights == sorted(weights)
    lifted = picture.by_code[LIFTED]
    for slot in best:
        assert (slot.start - picture.hours(slot.day).starts_at) % STEP == timedelta()
        assert (slot.room, slot.start) != (lifted.room, lifted.starts_at)


def test_where_a_session_stands_is_proposed_only_for_another_length() -> None:
    picture = plan(session("A", at(10), "tigris"))
    assert ("tigris", at(10)) not in _places(picture)
    longer = best_slots(picture, "A", minutes=90)
    assert (longer[0].room, longer[0].start) == ("tigris", at(10))


def _places(picture: Plan) -> list[tuple[str | None, datetime]]:
    return [(slot.room, slot.start) for slot in best_slots(picture, "A", 50)]


def test_what_is_for_everybody_is_proposed_without_a_room() -> None:
    lunch = session("L", kind=Kind.MEAL, across_rooms=True)
    assert {slot.room for slot in best_slots(plan(replace(lunch)), "L")} == {None}


@pytest.mark.parametrize(
    ("role", "limit", "rule"),
    [
        (Role.SPEAKER, {"sessions_a_day": 1}, "many-sessions"),
        (Role.INTERPRETER, {"interpreter_a_day": 60}, "long-interpreting"),
    ],
)
def test_limits_of_a_day_end_where_the_next_day_begins(
    role: Role, limit: dict[str, int], rule: str
) -> None:
    """A night may go on while the next day has begun: what begins then belongs to that day."""
    picture = plan(
        session("A", None, None, (ZIN, role)),
        session("B", at(20), "tigris", (ZIN, role)),
        days=(
            day_with_hours(FIRST, 20 * 60, 26 * 60),
            day_with_hours(FIRST + timedelta(days=1), 60, 20 * 60),
        ),
        limits=replace(LIMITS, **limit),
        rooms=(room("tigris"),),
    )
    runs = costs(picture, "A", FIRST)
    limited = [run for run in runs if rule in {item.rule for item in run.conflicts}]
    assert (limited[0].start, limited[-1].end) == (at(20), at(25))


def test_what_must_be_apart_is_impossible_only_where_both_meet() -> None:
    picture = plan(
        session("A"),
        session("B", at(12), "tigris"),
        constraints=(asked(Relation.APART, "B", "A"),),
        rooms=(room("tigris"), room("zagros")),
    )
    runs = [run for run in costs(picture, "A", FIRST) if run.room == "zagros"]
    taken = [(run.start, run.end) for run in runs if run.conflicts[:1]]
    assert taken[0] == (at(11, 5), at(13))
