"""What speakers are told of what is stored about them, and that it is all of it."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.interpreting.models import Turn
from planner.journal.recording import recorded
from planner.lib.clock import now
from planner.slots.models import Proposal, Request, Wish
from planner.speakers.models import Availability, Speaker
from tests.conftest import BASE_URL
from tests.desks import make_user
from tests.plans import ENKIDU, SIDURI, SLUG, WATER, ZIN, at, make_plan, plan_to_change, released
from tests.slots.speaking import Visitor
from tests.traces import traces


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event, published, with something of everything about one person."""
    make_plan()
    released()
    user_id = make_user()
    with plan_to_change() as plan:
        plan.event.shows_plan = True
        event_id, water = plan.event.id, plan.sessions[WATER].id
        siduri = plan.speakers[SIDURI].id
    with recorded(event_id, user_id, "speaker.changed") as record:
        speaker = record.database.get_one(Speaker, siduri)
        speaker.remark = "Comes with أنكيدو, knows زین"
        speaker.free_note = "Not at noon"
        speaker.free.append(Availability(starts_at=at(8), ends_at=at(18)))
    with write_tx() as database:
        database.add(
            Turn(session_id=water, speaker_id=siduri, into="ckb", spoken="ar", begins=0, ends=30)
        )
        for model, told in (
            (Request, {"wish": Wish.HOUR, "text": "Later, please", "answer": "Ask أنكيدو"}),
            (Proposal, {"base": {}, "content": {"title": {"ar": "ماء"}}}),
        ):
            database.add(
                model(
                    event_id=event_id,
                    speaker_id=siduri,
                    session_id=water,
                    created_at=now(),
                    **told,
                )
            )


def take(app: Flask, code: str = SIDURI) -> dict[str, Any]:
    """Return what somebody takes with them."""
    visitor = Visitor(app, code)
    response = visitor.client.get(f"{visitor.address}/data/download", base_url=BASE_URL)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(response.text)
    return found


def test_everything_is_in_the_file(app: Flask) -> None:
    visitor = Visitor(app, SIDURI)
    visitor.say("seen")
    told = take(app)
    assert told["event"]["slug"] == SLUG
    assert told["speaker"]["email"] == f"{SIDURI}@people.invalid"
    assert told["speaker"]["free_note"] == "Not at noon"
    assert [text["display_name"] for text in told["texts"]] == ["سيدوري"]
    assert told["free_hours"] == [
        {"starts_at": "2017-01-18T08:00:00", "ends_at": "2017-01-18T18:00:00"}
    ]
    assert WATER in {part["code"] for part in told["sessions"]}
    assert told["interpreting"][0]["session"] == WATER
    assert [link["opens"] for link in told["links"]] == ["page"]
    assert told["requests"][0]["text"] == "Later, please"
    assert told["proposals"][0]["content"] == {"title": {"ar": "ماء"}}
    assert [letter["kind"] for letter in told["letters"]] == ["schedule"]
    assert told["history"][-1]["by"] == "an organizer"
    assert told["history"][-1]["changed"][0]["after"]["free_note"] == "Not at noon"
    (release,) = told["releases"]
    assert (release["number"], release["entry"]["name"]) == (1, {"ar": "سيدوري"})
    assert WATER in release["named_in"]


def test_nobody_else_is_in_it(app: Flask) -> None:
    told = json.dumps(take(app), ensure_ascii=False).encode()
    for secret in ("أنكيدو", f"{ENKIDU}@people.invalid", f"{ZIN}@people.invalid", "Inanna"):
        assert traces(told, secret) == []
    assert take(app)["speaker"]["remark"] == "Comes with …, knows …"


def test_no_token_is_in_it(app: Flask) -> None:
    visitor = Visitor(app, SIDURI)
    told = json.dumps(take(app))
    assert visitor.address.rpartition("/")[2] not in told
    assert "nonce" not in told
    assert '"digest"' not in told


def test_every_table_of_what_is_about_somebody_is_in_it() -> None:
    """A new table that refers to speakers must be put into the file, and into removals."""
    known = {
        *("speaker_text", "availability", "session_speaker", "interpreting_turn", "speaker_link"),
        *("speaker_seen", "speaker_request", "speaker_proposal", "outbox", "told"),
    }
    found = {
        table.name
        for table in Speaker.metadata.sorted_tables
        for column in table.columns
        for reference in column.foreign_keys
        if reference.column.table.name == "speaker"
    }
    assert found == known


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_page_says_what_is_stored(app: Flask, lang: str) -> None:
    visitor = Visitor(app, SIDURI)
    response = visitor.client.get(f"{visitor.address}/data?lang={lang}", base_url=BASE_URL)
    assert response.status_code == 200
    assert f"{SIDURI}@people.invalid" in response.text
    assert "/data/download" in response.text
    assert len(response.data) < 25_000


def test_looking_changes_nothing(app: Flask) -> None:
    event = db.session.scalars(select(Event)).one()
    before = event.id, len(db.session.scalars(select(Request)).all())
    take(app)
    assert before == (event.id, len(db.session.scalars(select(Request)).all()))
