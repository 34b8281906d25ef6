"""Making an earlier release current again, and letting old content through the privacy gate."""

from datetime import timedelta

import pytest
from flask import Flask

from planner.events.models import TextState
from planner.programme.document import Programme, Session, decode
from planner.programme.vocabulary import Change, Role, Stage, Status
from planner.releases.issuing import OtherwiseReviewedError, UnknownEventError
from planner.releases.models import Origin
from planner.releases.operations import NothingToPublishError, UnknownReleaseError, take_back
from planner.sessions.models import State
from planner.sessions.operations import place, set_text
from planner.speakers.models import Visibility
from planner.speakers.operations import set_text as set_speaker_text
from tests.plans import (
    ENKIDU,
    FIRST,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    at,
    make_plan,
    plan_to_change,
    released,
)


@pytest.fixture(autouse=True)
def _two_releases(app: Flask) -> None:
    make_plan()
    released()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
        set_text(plan.sessions[WATER], "ar", title="الماء", state=TextState.DRAFT)
        plan.sessions[WOMEN].state = State.WITHDRAWN
    released(Stage.FINAL, hours=1)


def taken_back(number: int, *, current: int, hours: int) -> Programme:
    """Make a release current again so many hours after the first, and return what is public."""
    moment = FIRST + timedelta(hours=hours)
    return decode(take_back(SLUG, number, current=current, at=moment).document)


def session(programme: Programme, code: str) -> Session:
    """Return a session of a programme."""
    return next(found for found in programme.sessions if found.code == code)


def test_an_earlier_release_becomes_a_new_one_that_calendars_follow() -> None:
    release = take_back(SLUG, 1, current=2, at=FIRST + timedelta(hours=2), note={"en": "Sorry"})
    assert (release.number, release.origin, release.of_number) == (3, Origin.TAKEN_BACK, 1)
    programme = decode(release.document)
    assert programme.release.stage is Stage.DRAFT
    assert programme.release.note == {"en": "Sorry"}
    water = session(programme, WATER)
    assert (water.starts_at, water.room, water.title) == (
        at(10),
        "tigris",
        {"ar": "حق الوصول إلى الماء"},
    )
    assert water.sequence == 2
    assert water.changed_at == FIRST + timedelta(hours=2)
    assert water.created_at == FIRST
    assert set(water.changes) == {Change.MOVED, Change.ROOM, Change.TEXT}
    women = session(programme, WOMEN)
    assert women.status is Status.TENTATIVE
    assert Change.RESTORED in women.changes
    assert women.sequence == 2


def test_what_came_later_is_cancelled_by_it() -> None:
    taken_back(1, current=2, hours=2)
    programme = taken_back(2, current=3, hours=3)
    assert session(programme, WOMEN).status is Status.CANCELLED
    assert session(programme, WATER).sequence == 3
    assert programme.release.stage is Stage.FINAL


@pytest.mark.parametrize("visibility", [Visibility.WITHHELD, Visibility.PSEUDONYM])
def test_nobody_is_named_again_who_asked_since_that_they_are_not(visibility: Visibility) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = visibility
        plan.speakers[ENKIDU].visibility = Visibility.WITHHELD
    programme = taken_back(1, current=2, hours=2)
    assert programme.speakers == ()
    people = session(programme, WATER).people
    assert [person.role for person in people] == [Role.SPEAKER, Role.SPEAKER, Role.INTERPRETER]
    assert not any(person.speaker or person.pseudonym for person in people)


def test_people_are_called_what_they_are_called_now() -> None:
    with plan_to_change() as plan:
        set_speaker_text(plan.speakers[SIDURI], "ar", display_name="صاحبة الحانة")
    (speaker,) = taken_back(1, current=2, hours=2).speakers
    assert speaker.name == {"ar": "صاحبة الحانة"}


def test_a_picture_that_was_taken_away_does_not_come_back(app: Flask) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].photo = "one.webp"
    released(Stage.FINAL, hours=2)
    with plan_to_change() as plan:
        plan.speakers[SIDURI].photo = None
    released(Stage.FINAL, hours=3)
    (speaker,) = taken_back(1, current=4, hours=4).speakers
    assert speaker.photo is None


def test_a_release_that_came_meanwhile_is_not_overwritten_unseen() -> None:
    with pytest.raises(OtherwiseReviewedError):
        take_back(SLUG, 1, current=1)


@pytest.mark.parametrize("number", [0, 2, 3])
def test_only_an_earlier_release_can_be_made_current_again(number: int) -> None:
    with pytest.raises(UnknownReleaseError):
        take_back(SLUG, number, current=2)


def test_an_event_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownEventError):
        take_back("nothing", 1, current=2)


def test_what_is_public_already_is_not_published_again() -> None:
    taken_back(1, current=2, hours=2)
    with pytest.raises(NothingToPublishError):
        take_back(SLUG, 1, current=3)
