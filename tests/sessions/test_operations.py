"""Making and changing sessions."""

import pytest
from flask import Flask
from sqlalchemy import select

from planner.events.models import TextState
from planner.extensions import db
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Answer, Session, State
from planner.sessions.operations import add_session, place, set_people, set_text, unplace
from tests.plans import ENKIDU, OPENING, SIDURI, WATER, ZIN, at, make_plan, plan_to_change


def session_with(code: str) -> Session:
    """Return a session as the database has it."""
    db.session.rollback()
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def test_a_session_is_proposed_and_unplaced_unless_somebody_says_otherwise(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        made = add_session(plan.event, kind=Kind.SPORT, minutes=90, original_language="ckb")
        code = made.code
    found = session_with(code)
    assert found.state is State.PROPOSED
    assert (found.starts_at, found.room, found.across_rooms) == (None, None, False)
    assert len(found.guid) == 36
    assert (found.spoken_languages, found.interpreted_languages) == ([], [])


def test_a_session_is_placed_and_unplaced(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(14), room=plan.rooms["zagros"])
    found = session_with(WATER)
    assert found.starts_at == at(14)
    assert found.room is not None
    assert found.room.slug == "zagros"
    with plan_to_change() as plan:
        unplace(plan.sessions[WATER])
    found = session_with(WATER)
    assert (found.starts_at, found.room) == (None, None)


def test_only_what_is_held_across_all_rooms_needs_none(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        place(plan.sessions[OPENING], starts_at=at(8), room=None)
        with pytest.raises(ValueError, match=WATER):
            place(plan.sessions[WATER], starts_at=at(8), room=None)
    assert session_with(OPENING).room is None
    assert session_with(WATER).starts_at == at(10)


def test_a_text_replaces_the_one_in_its_language_only(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        set_text(plan.sessions[WATER], "ckb", title="مافی ئاو", state=TextState.REVIEWED)
        set_text(plan.sessions[WATER], "ar", title="الماء", state=TextState.DRAFT)
    texts = session_with(WATER).texts
    assert {lang: text.title for lang, text in texts.items()} == {"ar": "الماء", "ckb": "مافی ئاو"}
    assert texts["ar"].abstract == ""
    assert texts["ckb"].state is TextState.REVIEWED


def test_people_stand_in_the_order_in_which_they_are_given(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        people = plan.speakers
        set_people(
            plan.sessions[WATER],
            [
                (people[ZIN], Role.MODERATOR),
                (people[SIDURI], Role.SPEAKER),
                (people[ZIN], Role.INTERPRETER),
                (people[ZIN], Role.MODERATOR),
            ],
        )
    assert [(person.speaker.code, person.role) for person in session_with(WATER).people] == [
        (ZIN, Role.MODERATOR),
        (SIDURI, Role.SPEAKER),
        (ZIN, Role.INTERPRETER),
    ]


def test_who_stays_keeps_the_answer_that_was_given(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WATER].people[0].answer = Answer.CONFIRMED
    with plan_to_change() as plan:
        people, before = plan.speakers, list(plan.sessions[WATER].people)
        set_people(
            plan.sessions[WATER], [(people[ENKIDU], Role.SPEAKER), (people[SIDURI], Role.SPEAKER)]
        )
        assert plan.sessions[WATER].people == [before[1], before[0]]
    answers = {person.speaker.code: person.answer for person in session_with(WATER).people}
    assert answers == {ENKIDU: Answer.ASKED, SIDURI: Answer.CONFIRMED}


def test_the_same_people_again_change_nothing(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        before = plan.sessions[WATER].version
        people = [(person.speaker, person.role) for person in plan.sessions[WATER].people]
        set_people(plan.sessions[WATER], people)
    assert session_with(WATER).version == before


def test_who_was_just_added_can_be_taken_out_again(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        set_people(plan.sessions[OPENING], [(plan.speakers[ZIN], Role.PERFORMER)])
        set_people(plan.sessions[OPENING], [])
    assert session_with(OPENING).people == []


def test_a_session_can_lose_all_its_people(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        set_people(plan.sessions[WATER], [])
    assert session_with(WATER).people == []
