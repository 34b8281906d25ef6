"""Putting one session right on the day, and nothing else with it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from planner.events.models import TextState
from planner.events.operations import add_room
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.recording import GoneError, StaleError
from planner.journal.undoing import undo
from planner.programme.document import Programme, Session, decode
from planner.programme.vocabulary import Change, Stage, Status
from planner.releases.correcting import Correction, NotPublicError, correct
from planner.releases.issuing import OtherwiseReviewedError
from planner.releases.models import Origin
from planner.releases.operations import NothingToPublishError
from planner.sessions.models import State
from planner.sessions.operations import set_text
from planner.speakers.models import Visibility
from planner.timetable.operations import ImpossibleError
from planner.timetable.queries import Slot
from tests.desks import make_user
from tests.plans import (
    FIRST,
    PROPOSED,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    at,
    make_plan,
    plan_to_change,
    released,
)

LATER = Slot(at(15), "zagros", 45)


@pytest.fixture(autouse=True)
def _published(app: Flask) -> None:
    make_plan()
    released(Stage.FINAL)


@pytest.fixture
def event_id() -> int:
    """Return the number of the event."""
    with plan_to_change() as plan:
        return plan.event.id


def corrected(
    event_id: int,
    code: str = WATER,
    slot: Slot | None = LATER,
    *,
    current: int = 1,
    user_id: int | None = None,
    note: dict[str, str] | None = None,
) -> Programme:
    """Put a session right, and return what is public then."""
    release = correct(
        event_id,
        user_id,
        SLUG,
        Correction(code, slot, version=None),
        current=current,
        note=note,
        at=FIRST + timedelta(hours=current),
    )
    assert release.origin is Origin.CORRECTION
    return decode(release.document)


def session(programme: Programme, code: str) -> Session:
    """Return a session of a programme."""
    return next(found for found in programme.sessions if found.code == code)


def test_a_session_moves_in_the_plan_and_in_public_at_once(event_id: int) -> None:
    programme = corrected(event_id, note={"ar": "القاعة مغلقة"})
    water = session(programme, WATER)
    assert (water.starts_at, water.room, water.minutes) == (at(15), "zagros", 45)
    assert (water.sequence, water.status) == (1, Status.CONFIRMED)
    assert set(water.changes) == {Change.MOVED, Change.ROOM, Change.LENGTH}
    assert programme.release.note == {"ar": "القاعة مغلقة"}
    assert programme.release.stage is Stage.FINAL
    others = [other for other in programme.sessions if other.code != WATER]
    assert all(other.sequence == 0 and not other.changes for other in others)
    with plan_to_change() as plan:
        found = plan.sessions[WATER]
        assert (found.starts_at, found.minutes) == (at(15), 45)


def test_nothing_else_of_the_plan_becomes_public_with_it(event_id: int) -> None:
    with plan_to_change() as plan:
        set_text(plan.sessions[WATER], "ar", title="سر", state=TextState.DRAFT)
        set_text(plan.sessions[WOMEN], "ckb", title="نهێنی", state=TextState.DRAFT)
        plan.sessions[PROPOSED].state = State.ACCEPTED
        plan.rooms["tigris"].name = {"ar": "قاعة أخرى"}
    programme = corrected(event_id)
    assert session(programme, WATER).title == {"ar": "حق الوصول إلى الماء"}
    assert session(programme, WOMEN).title == {"ar": "ژنان و ئاشتی"}
    assert [room.name for room in programme.rooms] == [
        {"ar": "قاعة دجلة"},
        {"ckb": "ژووری زاگرۆس"},
    ]


def test_who_asked_since_not_to_be_named_is_not_named_by_it(event_id: int) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
    programme = corrected(event_id)
    assert programme.speakers == ()


def test_a_session_is_cancelled_and_takes_place_after_all(event_id: int) -> None:
    cancelled = session(corrected(event_id, slot=None), WATER)
    assert (cancelled.status, cancelled.people, cancelled.sequence) == (Status.CANCELLED, (), 1)
    with plan_to_change() as plan:
        assert plan.sessions[WATER].state is State.WITHDRAWN
    again = session(corrected(event_id, current=2), WATER)
    assert (again.status, again.sequence) == (Status.CONFIRMED, 2)
    assert again.people[0].speaker == SIDURI
    with plan_to_change() as plan:
        assert plan.sessions[WATER].state is State.CONFIRMED


def test_a_room_that_was_not_public_yet_comes_with_it(event_id: int) -> None:
    with plan_to_change() as plan:
        add_room(plan.event, slug="garden", name={"ar": "الحديقة"})
    programme = corrected(event_id, slot=Slot(at(10), "garden", 60))
    assert session(programme, WATER).room == "garden"
    assert programme.rooms[-1].name == {"ar": "الحديقة"}


def test_a_place_that_is_impossible_is_refused_and_nothing_is_changed(event_id: int) -> None:
    taken = Slot(at(10), "zagros", 60)
    with pytest.raises(ImpossibleError):
        corrected(event_id, slot=taken)
    with plan_to_change() as plan:
        assert plan.sessions[WATER].room is plan.rooms["tigris"]
    wanted = Correction(WATER, taken, version=None, anyway=True)
    correct(event_id, None, SLUG, wanted, current=1)


def test_it_can_be_undone_in_the_plan(event_id: int) -> None:
    user = make_user()
    corrected(event_id, user_id=user)
    entry = db.session.scalars(select(Entry).where(Entry.action == "session.corrected")).one()
    undo(event_id, user, entry.id)
    with plan_to_change() as plan:
        assert plan.sessions[WATER].starts_at == at(10)


def test_what_cannot_be_put_right_is_told(event_id: int) -> None:
    with pytest.raises(NotPublicError):
        corrected(event_id, PROPOSED)
    with pytest.raises(OtherwiseReviewedError):
        corrected(event_id, current=4)
    with pytest.raises(GoneError):
        corrected(event_id, slot=Slot(at(15), "nowhere", 45))
    with pytest.raises(StaleError):
        stale = Correction(WATER, LATER, version=99)
        correct(event_id, None, SLUG, stale, current=1)
    with pytest.raises(NothingToPublishError):
        corrected(event_id, slot=Slot(at(10), "tigris", 60))


def test_a_note_alone_is_something_to_tell(event_id: int) -> None:
    programme = corrected(event_id, slot=Slot(at(10), "tigris", 60), note={"en": "Bring water."})
    assert programme.release.number == 2
    assert all(found.sequence == 0 for found in programme.sessions)
