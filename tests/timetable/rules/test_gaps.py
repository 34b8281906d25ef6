"""Rules of what is missing: information about sessions that are to be held."""

import pytest

from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Answer, State
from planner.timetable.parts import Person
from tests.timetable.pictures import at, found, interpreter, only, plan, said, session

ZIN = 3
INFORMATION = ("unplaced", "no-speaker", "no-moderator", "missing-title")


@pytest.mark.usefixtures("app")
def test_an_accepted_session_without_a_place_is_told() -> None:
    picture = plan(session("A", state=State.ACCEPTED))
    assert only(picture, "unplaced").severity.word == "information"
    assert said(picture, "unplaced") == "“جلسة A” has no room and hour yet."
    assert not found(plan(session("A", at(10), "tigris")), "unplaced")


def test_a_proposal_that_nobody_placed_may_lack_anything() -> None:
    picture = plan(session("A", state=State.PROPOSED, titles={}))
    assert not [rule for rule in INFORMATION if found(picture, rule)]
    placed = plan(session("A", at(10), "tigris", state=State.PROPOSED, titles={}))
    assert [rule for rule in INFORMATION if found(placed, rule)] == ["no-speaker", "missing-title"]


@pytest.mark.usefixtures("app")
def test_a_session_needs_somebody() -> None:
    assert said(plan(session("A")), "no-speaker") == "Nobody takes part in “جلسة A” yet."
    assert found(plan(session("A", None, None, interpreter(ZIN))), "no-speaker")
    declined = Person(ZIN, Role.SPEAKER, Answer.DECLINED)
    assert found(plan(session("A", None, None, declined)), "no-speaker")
    assert not found(plan(session("A", None, None, (ZIN, Role.PERFORMER))), "no-speaker")


@pytest.mark.parametrize("kind", [Kind.BREAK, Kind.MEAL, Kind.CEREMONY, Kind.SPORT])
def test_pauses_ceremonies_and_sport_need_nobody(kind: Kind) -> None:
    assert not found(plan(session("A", kind=kind)), "no-speaker")


@pytest.mark.usefixtures("app")
def test_a_panel_needs_a_moderator_once_it_has_people() -> None:
    assert said(plan(session("A", None, None, ZIN)), "no-moderator") == (
        "The panel “جلسة A” has no moderator."
    )
    assert not found(plan(session("A")), "no-moderator")
    for role in (Role.MODERATOR, Role.FACILITATOR):
        assert not found(plan(session("A", None, None, ZIN, (4, role))), "no-moderator")
    assert not found(plan(session("A", None, None, ZIN, kind=Kind.WORKSHOP)), "no-moderator")


@pytest.mark.usefixtures("app")
def test_a_title_is_told_to_be_missing_in_each_language_of_the_event() -> None:
    picture = plan(session("A", titles={"ar": "جلسة"}), languages=("en", "ar", "ckb"))
    assert said(picture, "missing-title") == "“جلسة” has no title in English, Kurdish (Sorani)."
    assert not found(plan(session("A")), "missing-title")


@pytest.mark.usefixtures("app")
def test_a_session_without_any_title_is_told_by_its_code() -> None:
    picture = plan(session("A", titles={}))
    assert said(picture, "missing-title") == "“A” has no title in Arabic, Kurdish (Sorani)."


def test_what_was_withdrawn_lacks_nothing() -> None:
    picture = plan(session("A", state=State.WITHDRAWN, titles={}))
    assert not [rule for rule in INFORMATION if found(picture, rule)]
