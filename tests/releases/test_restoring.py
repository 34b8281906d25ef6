"""Bringing what a release said back into the plan."""

import pytest
from flask import Flask

from planner.database import write_tx
from planner.events.models import TextState
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import recorded
from planner.journal.undoing import undo
from planner.programme.document import Programme
from planner.programme.vocabulary import Kind, Role, Stage, Status
from planner.releases.builder import content_of
from planner.releases.operations import UnknownReleaseError
from planner.releases.queries import whole_plan
from planner.releases.restoring import restore
from planner.sessions.models import State
from planner.sessions.operations import place, set_people, set_text
from tests.desks import make_user
from tests.plans import (
    ENKIDU,
    FIRST,
    OPENING,
    PROPOSED,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    at,
    make_plan,
    plan_to_change,
    released,
)

_DELETED = words.action("session.tested", N_("Texts of the event changed"))


@pytest.fixture(autouse=True)
def first(app: Flask) -> Programme:
    """Publish the plan, change much of it, and return what was published."""
    make_plan()
    programme = released()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
        plan.sessions[WATER].minutes = 25
        plan.sessions[WATER].kind = Kind.WORKSHOP
        plan.sessions[WATER].theme = plan.themes["women"]
        set_text(plan.sessions[WATER], "ar", title="الماء", state=TextState.REVIEWED)
        set_text(plan.sessions[WATER], "ckb", title="ئاو", state=TextState.DRAFT)
        people = [(plan.speakers[ENKIDU], Role.SPEAKER), (plan.speakers[ZIN], Role.INTERPRETER)]
        set_people(plan.sessions[WATER], people)
        plan.sessions[WOMEN].state = State.WITHDRAWN
        plan.sessions[PROPOSED].state = State.ACCEPTED
        place(plan.sessions[PROPOSED], starts_at=at(16), room=plan.rooms["tigris"])
        plan.rooms["tigris"].name = {"ar": "قاعة أخرى"}
        plan.rooms["tigris"].capacity = 3
    return programme


def brought_back(number: int = 1) -> int | None:
    """Bring a release back; return the number of the entry that can be undone."""
    with plan_to_change() as plan:
        event_id = plan.event.id
    entry = restore(event_id, make_user(f"{number}@desk.example"), SLUG, number)
    return entry.id if entry else None


def said() -> Programme:
    """Return what a release of the plan would say, as if there had been none."""
    db.session.rollback()
    plan = whole_plan(SLUG)
    assert plan is not None
    return content_of(plan, FIRST)


def by_code(programme: Programme) -> dict[str, object]:
    """Return the sessions of a programme, by their codes."""
    return {session.code: session for session in programme.sessions}


def test_the_plan_says_what_the_release_said(first: Programme) -> None:
    assert by_code(said()) != by_code(first)
    brought_back()
    now = said()
    told = by_code(now)
    assert {code: told[code] for code in told if code != WATER} == {
        code: session for code, session in by_code(first).items() if code != WATER
    }
    assert (now.rooms, now.themes, now.speakers) == (first.rooms, first.themes, first.speakers)


def test_named_people_are_back_and_the_others_stay(first: Programme) -> None:
    brought_back()
    with plan_to_change() as plan:
        people = {(one.speaker.code, one.role) for one in plan.sessions[WATER].people}
    assert people == {
        (SIDURI, Role.SPEAKER),
        (ENKIDU, Role.SPEAKER),
        (ZIN, Role.INTERPRETER),
    }


def test_what_was_not_public_then_is_taken_out_of_its_place() -> None:
    brought_back()
    with plan_to_change() as plan:
        assert plan.sessions[PROPOSED].starts_at is None
        assert plan.sessions[PROPOSED].state is State.ACCEPTED


def test_a_session_that_was_deleted_is_made_anew_under_its_code(first: Programme) -> None:
    with plan_to_change() as plan:
        event_id = plan.event.id
    with recorded(event_id, None, _DELETED):
        with_plan = {session.code: session for session in whole_plan(SLUG).sessions}  # type: ignore[union-attr]
        db.session.delete(with_plan[OPENING])
    brought_back()
    told = by_code(said())[OPENING]
    assert told == by_code(first)[OPENING]


def test_what_the_release_told_as_cancelled_is_withdrawn() -> None:
    second = released(hours=1)
    assert by_code(second)[WOMEN].status is Status.CANCELLED  # type: ignore[attr-defined]
    with plan_to_change() as plan:
        plan.sessions[WOMEN].state = State.CONFIRMED
    brought_back(2)
    with plan_to_change() as plan:
        assert plan.sessions[WOMEN].state is State.WITHDRAWN


def test_it_can_be_undone_whole() -> None:
    before = said()
    number = brought_back()
    assert number is not None
    with plan_to_change() as plan:
        event_id = plan.event.id
    undo(event_id, make_user("undoing@desk.example"), number)
    assert said() == before


def test_nothing_is_written_when_the_plan_says_it_already() -> None:
    brought_back()
    assert restore_again() is None


def restore_again() -> object:
    """Bring the first release back once more."""
    with plan_to_change() as plan:
        event_id = plan.event.id
    return restore(event_id, make_user("again@desk.example"), SLUG, 1)


def test_nothing_becomes_public_by_it(first: Programme) -> None:
    brought_back()
    with write_tx():
        assert len(whole_plan(SLUG).releases) == 1  # type: ignore[union-attr]


def test_a_release_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownReleaseError):
        brought_back(7)


def test_a_release_of_a_final_programme_comes_back_as_well() -> None:
    released(Stage.FINAL, hours=1)
    assert brought_back(2) is None
