"""What a release would change, before anybody publishes it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from planner.events.models import TextState
from planner.programme.document import decode
from planner.programme.vocabulary import Change, Kind, Stage
from planner.releases.compare import compare
from planner.releases.issuing import OtherwiseReviewedError
from planner.releases.operations import NothingToPublishError, publish
from planner.releases.queries import last_release, whole_plan
from planner.releases.review import Review, review
from planner.sessions.models import State
from planner.sessions.operations import place, set_text, unplace
from tests.plans import (
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


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    make_plan()


def reviewed() -> Review:
    """Return what a release would change now."""
    plan = whole_plan(SLUG)
    assert plan is not None
    last = last_release(plan.id)
    return review(plan, decode(last.document) if last else None)


def test_before_the_first_release_everything_is_new() -> None:
    found = reviewed()
    assert found.previous is None
    assert (found.number, found.session_count) == (1, 3)
    assert found.changes_something
    assert found.differences == ()


@pytest.mark.parametrize("stage", list(Stage))
def test_after_a_release_nothing_is_new(stage: Stage) -> None:
    released(stage)
    found = reviewed()
    assert found.number == 2
    assert not found.changes_something
    assert found.differences == ()


def test_sessions_that_changed_are_told_and_those_counted_that_take_place() -> None:
    released()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(11), room=plan.rooms["zagros"])
        unplace(plan.sessions[WOMEN])
        plan.sessions[PROPOSED].state = State.ACCEPTED
        place(plan.sessions[PROPOSED], starts_at=at(14), room=plan.rooms["tigris"])
    found = reviewed()
    assert {told.after.code: told.changes for told in found.differences} == {
        WOMEN: (Change.CANCELLED,),
        WATER: (Change.MOVED, Change.ROOM),
        PROPOSED: (Change.NEW,),
    }
    assert found.session_count == 3


def change_event(plan: Any) -> None:
    plan.event.tagline = {"ar": "من النبع إلى المدينة"}


def change_room(plan: Any) -> None:
    plan.rooms["tigris"].capacity = 100


def change_order(plan: Any) -> None:
    plan.rooms["tigris"].position = 7


def change_theme(plan: Any) -> None:
    plan.themes["water"].description = {"ckb": "ئاو"}


def change_biography(plan: Any) -> None:
    plan.speakers[SIDURI].texts["ar"].biography = "صاحبة الحانة على البحر."


def change_kind(plan: Any) -> None:
    plan.sessions[OPENING].kind = Kind.CEREMONY


@pytest.mark.parametrize(
    "edit",
    [change_event, change_room, change_order, change_theme, change_biography, change_kind],
)
def test_what_else_differs_changes_something(edit: Any) -> None:
    released()
    before = reviewed().digest
    with plan_to_change() as plan:
        edit(plan)
    found = reviewed()
    assert found.changes_something
    assert found.differences == ()
    assert found.previous is not None
    assert compare(found.previous, found.programme)
    assert found.digest != before


def test_what_the_public_never_reads_changes_nothing() -> None:
    released()
    before = reviewed().digest
    with plan_to_change() as plan:
        plan.speakers[ZIN].texts["ar"].display_name = "زین الصغيرة"
        plan.speakers[SIDURI].email = "siduri@people.invalid"
        plan.sessions[WATER].remark = "يحتاج إلى شاشة"
        set_text(plan.sessions[PROPOSED], "ar", title="غيره", state=TextState.DRAFT)
    assert reviewed().digest == before
    assert not reviewed().changes_something


def test_what_was_reviewed_is_published() -> None:
    digest = reviewed().digest
    assert publish(SLUG, Stage.FINAL, reviewed=digest).number == 1


def test_a_plan_that_was_changed_since_it_was_reviewed_is_not_published() -> None:
    digest = reviewed().digest
    with plan_to_change() as plan:
        unplace(plan.sessions[WOMEN])
    with pytest.raises(OtherwiseReviewedError):
        publish(SLUG, Stage.DRAFT, reviewed=digest)
    assert publish(SLUG, Stage.DRAFT, reviewed=reviewed().digest).number == 1


def test_a_release_that_somebody_else_made_meanwhile_is_reviewed_first() -> None:
    """Its changes against the one before are others, though the plan says the same."""
    digest = reviewed().digest
    released()
    with pytest.raises(OtherwiseReviewedError):
        publish(SLUG, Stage.FINAL, reviewed=digest)
    with pytest.raises(NothingToPublishError):
        publish(SLUG, Stage.DRAFT, reviewed=reviewed().digest)


def test_that_the_event_is_over_changes_nothing() -> None:
    """Two who review before and after midnight review the same."""
    released()
    with plan_to_change() as plan:
        unplace(plan.sessions[WOMEN])
    publish(SLUG, Stage.DRAFT, at=datetime(2017, 1, 18, tzinfo=UTC))
    found = reviewed()
    assert not found.changes_something
    with pytest.raises(NothingToPublishError):
        publish(SLUG, Stage.DRAFT, reviewed=found.digest, at=datetime(2017, 3, 1, tzinfo=UTC))
