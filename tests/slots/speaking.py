"""Speakers of the small event, and browsers in which their links are open."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.links.models import Opens
from planner.links.operations import link_of
from planner.sessions.models import Answer, Session, SessionSpeaker
from planner.speakers.models import Speaker
from tests.conftest import BASE_URL
from tests.plans import SLUG


def link(code: str, opens: Opens = Opens.PAGE) -> str:
    """Return the token of a speaker's link."""
    with write_tx() as database:
        speaker = database.scalars(select(Speaker).where(Speaker.code == code)).one()
        return link_of(database, speaker.id, opens)


def show_plan(*, shown: bool = True) -> None:
    """Let speakers see the plan, or not."""
    with write_tx() as database:
        database.scalars(select(Event).where(Event.slug == SLUG)).one().shows_plan = shown


def answers(session: str, speaker: str) -> set[Answer]:
    """Return what a speaker answered to a session, in all of their roles."""
    db.session.rollback()
    found = db.session.scalars(
        select(SessionSpeaker.answer)
        .join(Session, Session.id == SessionSpeaker.session_id)
        .join(Speaker, Speaker.id == SessionSpeaker.speaker_id)
        .where(Session.code == session, Speaker.code == speaker)
    )
    return set(found)


class Visitor:
    """Somebody with a speaker's link and a browser that has no script and keeps no cookies."""

    def __init__(self, app: Flask, code: str, lang: str = "en") -> None:
        self.client: FlaskClient = app.test_client(use_cookies=False)
        self.address = f"/speak/{link(code)}"
        self.lang = lang

    def look(self) -> str:
        """Return the page."""
        response = self.client.get(f"{self.address}?lang={self.lang}", base_url=BASE_URL)
        assert response.status_code == 200
        return response.text

    def say(self, do: str, code: str = "", **fields: object) -> TestResponse:
        """Send one of the forms of the page."""
        return self.client.post(
            f"{self.address}?lang={self.lang}",
            data={"do": do, "code": code, **fields},
            base_url=BASE_URL,
        )
