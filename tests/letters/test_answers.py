"""Being asked anew when something is put right on the day, and what is forgotten on request."""

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.undoing import undo
from planner.letters.models import Told
from planner.letters.operations import forget, forget_session
from planner.notices.models import Notice
from planner.releases.correcting import Correction, correct
from planner.sessions.models import Answer
from planner.timetable.queries import Slot
from tests.desks import make_user
from tests.letters.outbox import answer_of, letter_to, letters, told_everybody
from tests.plans import (
    ENKIDU,
    SIDURI,
    SLUG,
    WATER,
    ZIN,
    at,
    make_plan,
    plan_to_change,
    released,
)


@pytest.fixture(autouse=True)
def event_id(app: Flask) -> int:
    """Make the small event, of which every speaker was told; return its number."""
    make_plan()
    told_everybody()
    db.session.rollback()
    return db.session.scalars(select(Event.id)).one()


def test_a_correction_and_those_asked_anew_by_it_are_two_entries_and_both_can_be_undone(
    event_id: int,
) -> None:
    with plan_to_change() as plan:
        for person in plan.sessions[WATER].people:
            person.answer = Answer.CONFIRMED
    user = make_user()
    slot = Slot(starts_at=at(13), room="tigris", across=False, minutes=60)
    correct(event_id, user, SLUG, Correction(WATER, slot, None), current=1)
    assert answer_of(WATER, ENKIDU) is Answer.ASKED
    assert "13:00" in (letter_to(ENKIDU).text or "")
    entries = db.session.scalars(
        select(Entry).where(Entry.rows.any()).order_by(Entry.id.desc()).limit(2)
    ).all()
    assert {entry.action for entry in entries} == {"session.corrected", "speaker.asked_anew"}
    numbers = [entry.id for entry in entries]
    db.session.rollback()
    for number in numbers:
        undo(event_id, user, number)
    assert answer_of(WATER, ENKIDU) is Answer.CONFIRMED


def test_a_speaker_is_forgotten_with_all_letters_and_what_they_were_told(event_id: int) -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].starts_at = at(13)
        numbers = {code: speaker.id for code, speaker in plan.speakers.items()}
    released(hours=2)
    with write_tx() as database:
        forget(database, [numbers[ENKIDU]])
    assert {one.speaker.code for one in letters() if one.speaker} == {SIDURI, ZIN}
    assert numbers[ENKIDU] not in db.session.scalars(select(Told.speaker_id)).all()
    assert not db.session.scalars(select(Notice).where(Notice.speaker_id == numbers[ENKIDU])).all()


def test_the_title_of_a_session_is_forgotten_and_its_end_can_still_be_told(event_id: int) -> None:
    title = "حق الوصول إلى الماء"
    with write_tx() as database:
        forget_session(database, event_id, WATER)
    kept = f"{db.session.execute(select(Told.facts)).all()}"
    kept += f"{db.session.execute(select(Notice.text, Notice.invitations)).all()}"
    assert title not in kept
    with plan_to_change() as plan:
        plan.event.sessions.remove(plan.sessions[WATER])
    released(hours=2)
    letter = letter_to(ENKIDU)
    assert letter.invitations is not None
    assert [one["method"] for one in letter.invitations] == ["CANCEL"]
    assert "Panel\nCancelled" in (letter.text or "")
