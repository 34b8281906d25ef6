"""Accepting a conflict with a reason: it leaves the list, and returns when its facts change."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.recording import GoneError, StaleError
from planner.journal.undoing import undo
from planner.journal.words import described
from planner.timetable.acknowledging import MustBeMendedError, acknowledge, reopen
from planner.timetable.models import Acknowledgement
from planner.timetable.plan import Plan, plan_of
from planner.timetable.registry import Conflict, Severity
from planner.timetable.standing import Standing, standing
from tests.desks import join, make_user
from tests.plans import WATER, WOMEN, at, make_plan, plan_to_change

REASON = "القاعة الكبيرة لا تتسع لأكثر، والباب مفتوح"


@pytest.fixture
def user_id(app: Flask) -> int:
    """Return an organizer of a plan in which a panel expects more people than fit."""
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 300
    found = make_user()
    join(found)
    return found


def read() -> Plan:
    """Return the plan as it is now."""
    db.session.rollback()
    return plan_of(1)


def crowded(plan: Plan) -> Conflict:
    """Return the warning of the panel."""
    stand = standing(plan)
    known = (*stand.open, *(item for item, _ in stand.accepted))
    (conflict,) = [item for item in known if item.rule == "capacity"]
    return conflict


def accept(user_id: int, reason: str = REASON) -> Conflict:
    """Accept the warning of the panel."""
    plan = read()
    conflict = crowded(plan)
    acknowledge(plan, user_id, conflict.key, digest=conflict.digest, reason=reason)
    return conflict


def stands() -> Standing:
    """Return how the conflicts stand now."""
    return standing(read())


def test_an_accepted_warning_leaves_the_list_and_stays_on_record(user_id: int) -> None:
    key = accept(user_id).key
    stand = stands()
    assert key not in {conflict.key for conflict in stand.open}
    ((conflict, acceptance),) = stand.accepted
    assert conflict.key == key
    assert (acceptance.reason, acceptance.by) == (REASON, "Inanna")


def test_it_returns_when_its_facts_change_with_what_was_said_before(user_id: int) -> None:
    key = accept(user_id).key
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 301
    stand = stands()
    assert not stand.accepted
    assert key in {conflict.key for conflict in stand.open}
    assert stand.formerly[key].reason == REASON


def test_it_stays_accepted_while_other_things_change(user_id: int) -> None:
    accept(user_id)
    with plan_to_change() as plan:
        plan.sessions[WATER].starts_at = at(14)
        plan.sessions[WATER].texts["ar"].title = "الماء"
    assert len(stands().accepted) == 1


def test_a_conflict_that_comes_back_as_it_was_is_still_accepted(user_id: int) -> None:
    accept(user_id)
    for audience in (100, 300):
        with plan_to_change() as plan:
            plan.sessions[WATER].audience = audience
    assert len(stands().accepted) == 1


def test_accepting_anew_replaces_the_reason(user_id: int) -> None:
    accept(user_id)
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 301
    accept(user_id, "چونکە هۆڵەکە گەورەیە")
    ((_, acceptance),) = stands().accepted
    assert acceptance.reason == "چونکە هۆڵەکە گەورەیە"
    assert db.session.scalar(select(func.count()).select_from(Acknowledgement)) == 1


def test_an_error_must_be_mended(user_id: int) -> None:
    plan = read()
    error = next(item for item in standing(plan).open if item.severity is Severity.ERROR)
    with pytest.raises(MustBeMendedError):
        acknowledge(plan, user_id, error.key, digest=error.digest, reason=REASON)


def test_information_can_be_accepted_too(user_id: int) -> None:
    plan = read()
    item = next(item for item in standing(plan).open if item.rule == "no-moderator")
    acknowledge(plan, user_id, item.key, digest=item.digest, reason=REASON)
    assert [conflict for conflict, _ in stands().accepted] == [item]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_accepted_without_a_reason(user_id: int, reason: str) -> None:
    with pytest.raises(ValueError, match="for a reason"):
        accept(user_id, reason)
    assert not stands().accepted


def test_facts_that_nobody_saw_are_not_accepted(user_id: int) -> None:
    seen = crowded(read()).digest
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 500
    now = read()
    with pytest.raises(StaleError):
        acknowledge(now, user_id, crowded(now).key, digest=seen, reason=REASON)


def test_what_is_gone_cannot_be_accepted_nor_opened(user_id: int) -> None:
    plan = read()
    for key in ("capacity:NOBODY", "", "x" * 300):
        with pytest.raises(GoneError):
            acknowledge(plan, user_id, key, digest="", reason=REASON)
        with pytest.raises(GoneError):
            reopen(plan, user_id, key)
    with pytest.raises(GoneError):
        reopen(plan, user_id, crowded(plan).key)


def test_an_accepted_conflict_can_be_opened_again(user_id: int) -> None:
    key = accept(user_id).key
    reopen(read(), user_id, key)
    assert key in {conflict.key for conflict in stands().open}


def test_both_are_in_the_journal_and_can_be_taken_back(user_id: int) -> None:
    key = accept(user_id).key
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert entry.action == "conflict.acknowledged"
    told = described(entry.action, entry.facts, "en", str).striptags()
    assert told == "Conflict accepted: Room too small, “حق الوصول إلى الماء”"
    undo(1, user_id, entry.id)
    assert key in {conflict.key for conflict in stands().open}


def test_the_journal_names_nobody(user_id: int) -> None:
    """A conflict about a person is told by its rule and session."""
    with plan_to_change() as plan:
        plan.sessions[WOMEN].starts_at = at(11) + timedelta(minutes=5)
    now = read()
    item = next(item for item in standing(now).open if item.rule == "changeover")
    entry = acknowledge(now, user_id, item.key, digest=item.digest, reason=REASON)
    assert entry is not None
    written = str(entry.facts) + str([row.after for row in entry.rows])
    assert "زین" not in written
    assert item.speakers
