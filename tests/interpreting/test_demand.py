"""What participants need of interpretation, as the interpretation plan tells it."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.agenda.operations import change_stars
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.participants.models import Participant, Principles, Standing
from tests.desks import organizer
from tests.plans import DAY, SLUG, WATER, make_plan, plan_to_change, released
from tests.statements import statements

PAGE = f"/desk/{SLUG}/interpretation/{DAY.isoformat()}"
_NOW = datetime(2016, 12, 1, tzinfo=UTC)


@pytest.fixture
def plan(app: Flask) -> Flask:
    """Return an application whose panel on water is spoken in Arabic and promised in Kurdish."""
    make_plan()
    with plan_to_change() as found:
        water = found.sessions[WATER]
        water.spoken_languages, water.interpreted_languages = ["ar"], ["ckb"]
    released()
    return app


def _star(*languages: str) -> None:
    for language in languages:
        change_stars(SLUG, None, language=language, release=1, add=[WATER])


def _register(*wishes: list[str], standing: Standing = Standing.REGISTERED) -> None:
    event_id = db.session.scalars(select(Event.id)).one()
    with write_tx() as database:
        principles = Principles(event_id=event_id, digest=f"{standing}", texts=[], since=_NOW)
        for number, wish in enumerate(wishes):
            database.add(
                Participant(
                    event_id=event_id,
                    standing=standing,
                    name=f"Participant {number}",
                    email=f"{standing}-{number}@reed.example",
                    languages=["ar"],
                    interpretation=wish,
                    language="ar",
                    nonce="n",
                    digest=f"{standing} {number}",
                    principles=principles,
                    consented_at=_NOW,
                    created_at=_NOW,
                    confirmed_at=_NOW,
                    position=number,
                )
            )


def _read(app: Flask) -> str:
    page = html.fromstring(organizer(app, MemberRole.VIEWER).get(PAGE).text)
    return " ".join(page.find(".//main").text_content().split())


def test_nothing_is_told_where_nobody_registered_and_nothing_is_starred(plan: Flask) -> None:
    assert "What participants need" not in _read(plan)


def test_it_tells_who_will_hear_nothing_of_theirs(plan: Flask) -> None:
    _star("ar", "en", "en", "ckb")
    told = _read(plan)
    assert "In 4 agendas, read in: English 2, Arabic 1, Kurdish (Sorani) 1" in told
    section = told[told.index("What participants need") :]
    assert (
        "English 2" in section[: section.index("Every turn" if "Every turn" in section else "turn")]
    )


def test_who_hears_theirs_is_no_news(plan: Flask) -> None:
    _star("ar", "ckb")
    assert "What participants need" not in _read(plan)


def test_it_tells_into_what_those_need_interpretation_who_have_a_place(plan: Flask) -> None:
    _register(["ckb"], ["ckb", "en"], [])
    _register(["en"], standing=Standing.WAITING)
    told = _read(plan)
    assert "3 people registered. They need interpretation into: English 1, Kurdish" in told
    assert "Participant" not in told.replace("What participants need", "")


def test_it_costs_no_more_however_many_there_are(plan: Flask) -> None:
    client = organizer(plan, MemberRole.VIEWER)
    _star("en")
    client.get(PAGE)
    with statements() as few:
        client.get(PAGE)
    _star("en", "ckb", "ar", "en")
    _register(["ckb"], ["ckb"])
    with statements() as many:
        client.get(PAGE)
    assert len(many) == len(few)
