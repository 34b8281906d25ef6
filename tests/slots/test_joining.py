"""Two entries of one person that are joined: what was said through the link of either stays."""

import pytest
from flask import Flask
from sqlalchemy import select

from planner.entering.speakers.merging import join_speakers
from planner.extensions import db
from planner.journal.undoing import undo
from planner.slots.models import Outcome, Proposal, Request, Seen
from planner.speakers.models import Speaker
from tests.desks import make_user
from tests.plans import ENKIDU, SIDURI, WATER, WOMEN, ZIN, make_plan, released
from tests.slots.speaking import Visitor
from tests.slots.writing import Page


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event, published."""
    make_plan()
    released()


def ids() -> dict[str, int]:
    """Return the numbers of speakers by their codes."""
    db.session.rollback()
    return {speaker.code: speaker.id for speaker in db.session.scalars(select(Speaker))}


def join(kept: str, going: str) -> int:
    """Join two entries; return the entry of the history."""
    user_id, event_id = make_user(), db.session.scalars(select(Speaker.event_id)).first()
    assert event_id is not None
    db.session.rollback()
    entry = join_speakers(event_id, user_id, kept, going)
    assert entry is not None
    number = entry.id
    db.session.rollback()
    return number


def test_requests_go_to_the_one_that_stays_with_what_was_seen(app: Flask) -> None:
    visitor = Visitor(app, ZIN)
    visitor.say("ask", WOMEN, wish="hour", text="Not before noon")
    visitor.say("seen")
    kept = ids()[SIDURI]
    join(SIDURI, ZIN)
    (request,) = db.session.scalars(select(Request)).all()
    assert (request.speaker_id, request.text) == (kept, "Not before noon")
    assert {(seen.speaker_id, seen.session_code) for seen in db.session.scalars(select(Seen))} == {
        (kept, WATER),
        (kept, WOMEN),
    }
    assert "Not before noon" in Visitor(app, SIDURI).look()
    assert visitor.client.get(visitor.address).status_code == 404


def test_proposals_go_to_the_one_that_stays_and_back_when_it_is_undone(app: Flask) -> None:
    assert Page(app, ZIN).send(biography__en="Sings.") == 303
    before = ids()
    entry = join(SIDURI, ZIN)
    (proposal,) = db.session.scalars(select(Proposal)).all()
    assert (proposal.speaker_id, proposal.outcome) == (before[SIDURI], Outcome.OPEN)
    event_id = proposal.event_id
    db.session.rollback()
    undo(event_id, make_user("other@desk.example"), entry)
    (proposal,) = db.session.scalars(select(Proposal)).all()
    assert proposal.speaker_id == before[ZIN]
    assert proposal.content == {"biography": {"en": "Sings."}}


def test_of_two_that_are_open_for_one_thing_there_is_one_with_what_both_say(app: Flask) -> None:
    assert Page(app, SIDURI).send(biography__en="Brews.", display_name__en="Siduri") == 303
    assert Page(app, ENKIDU).send(biography__en="Runs.", biography__ckb="ڕادەکات") == 303
    path = f"/sessions/{WATER}/texts"
    assert Page(app, ENKIDU, path).send(title__en="Water") == 303
    kept = ids()[SIDURI]
    join(SIDURI, ENKIDU)
    found = db.session.scalars(select(Proposal).order_by(Proposal.id)).all()
    assert {proposal.speaker_id for proposal in found} == {kept}
    assert [proposal.content for proposal in found] == [
        {
            "display_name": {"en": "Siduri"},
            "biography": {"en": "Brews.", "ckb": "ڕادەکات"},
        },
        {"title": {"en": "Water"}},
    ]
    assert found[0].base == {"display_name": {"en": ""}, "biography": {"en": "", "ckb": ""}}
