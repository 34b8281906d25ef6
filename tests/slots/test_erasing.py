"""Asking to be erased, and what organizers then do at one place."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.extensions import db
from planner.interpreting.models import Turn
from planner.links.models import SpeakerLink
from planner.removal.operations import remove_name
from planner.removal.targets import Way
from planner.sessions.models import SessionSpeaker
from planner.slots.models import Outcome, Proposal, Request, Seen, Wish
from planner.speakers.models import Speaker
from tests.conftest import BASE_URL
from tests.desks import organizer
from tests.plans import SIDURI, SLUG, make_plan, released
from tests.slots.speaking import Visitor


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event."""
    make_plan()
    released()


class Leaver(Visitor):
    """Somebody who asks to be erased."""

    def ask(self, **fields: str) -> TestResponse:
        """Send the form."""
        address = f"{self.address}/data/erasure"
        return self.client.post(address, data=fields, base_url=BASE_URL)

    def see(self) -> str:
        """Return the page."""
        return self.client.get(f"{self.address}/data", base_url=BASE_URL).text


def asked() -> list[Request]:
    """Return who asked for what."""
    db.session.rollback()
    return list(db.session.scalars(select(Request).order_by(Request.id)))


def test_it_is_asked_with_a_sign_that_it_is_meant(app: Flask) -> None:
    leaver = Leaver(app, SIDURI)
    response = leaver.ask(text="Please")
    assert response.status_code == 422
    assert "Say so first." in response.text
    assert "Please" in response.text
    assert asked() == []
    assert leaver.ask(text="Please", understood="y").status_code == 303
    leaver.ask(text="Now", understood="y")
    (request,) = asked()
    assert (request.wish, request.text, request.outcome) == (Wish.ERASURE, "Please", Outcome.OPEN)
    assert "You asked for it on" in leaver.see()
    assert leaver.look()


def test_it_can_be_taken_back(app: Flask) -> None:
    leaver = Leaver(app, SIDURI)
    leaver.ask(understood="y")
    assert leaver.ask(leave="1").status_code == 303
    assert [request.outcome for request in asked()] == [Outcome.WITHDRAWN]
    assert "You asked for it on" not in leaver.see()


def test_organizers_are_led_to_the_page_that_erases(app: Flask) -> None:
    Leaver(app, SIDURI).ask(understood="y")
    client = organizer(app)
    page = client.get(f"/desk/{SLUG}/speakers/{SIDURI}/remove?way=erase").text
    assert 'value="erase" checked' in page
    page = client.get(f"/desk/{SLUG}/speakers/{SIDURI}/remove").text
    assert 'value="withhold" checked' in page


def test_once_erased_nothing_of_it_is_left_and_the_link_is_dead(app: Flask) -> None:
    leaver = Leaver(app, SIDURI)
    leaver.say("seen")
    leaver.ask(understood="y", text="Leave me out")
    instance = Path(app.instance_path)
    remove_name(SLUG, SIDURI, Way.ERASE, instance=instance)
    db.session.rollback()
    for model in (SpeakerLink, Seen, Request, Proposal):
        assert db.session.scalars(select(model)).all() == []
    speaker = db.session.scalars(select(Speaker).where(Speaker.code == SIDURI)).one()
    parts = select(SessionSpeaker).where(SessionSpeaker.speaker_id == speaker.id)
    assert len(db.session.scalars(parts).all()) == 3
    assert db.session.scalars(select(Turn)).all() == []
    assert leaver.client.get(leaver.address, base_url=BASE_URL).status_code == 404
