"""The history of an event: who did what, before and after, and the way back."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole, User
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import recorded
from planner.sessions.models import Session
from planner.sessions.operations import place
from planner.speakers.models import Speaker
from tests.desks import make_user, organizer
from tests.plans import SIDURI, SLUG, WATER, ZIN, at, make_plan
from tests.statements import statements

MOVED = words.action("session.tried", N_("“%(session)s” moved to %(room)s, %(start)s"))
RENAMED = words.action("speaker.tried", N_("%(speaker)s described"))
HISTORY = f"/desk/{SLUG}/history"


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of an editor who sees names, with forms that need no token."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    return organizer(app, MemberRole.EDITOR)


def move(user_id: int | None = None) -> int:
    """Move the session on water as an editor; return the number of the entry."""
    event_id = db.session.scalars(select(Event.id)).one()
    user_id = user_id or db.session.scalars(select(User.id)).first()
    with recorded(event_id, user_id, MOVED) as record:
        session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        place(session, starts_at=at(12), room=session.event.rooms[1])
        record.facts.update(
            session=words.texts({"ar": session.texts["ar"].title}),
            room=words.texts(session.event.rooms[1].name),
            start=words.moment(at(12)),
        )
    assert record.entry is not None
    return record.entry.id


def describe(code: str) -> None:
    """Write what somebody does."""
    event_id = db.session.scalars(select(Event.id)).one()
    user_id = db.session.scalars(select(User.id)).first()
    with recorded(event_id, user_id, RENAMED) as record:
        speaker = record.database.scalars(select(Speaker).where(Speaker.code == code)).one()
        speaker.texts["ar"].biography = f"سيرة سرية {code}"
        record.facts["speaker"] = words.speaker(speaker.number)


def test_the_history_of_what_is_deleted_is_found_by_its_code(desk: FlaskClient) -> None:
    move()
    desk.post(f"/desk/{SLUG}/sessions/{WATER}/delete")
    page = desk.get(f"{HISTORY}?session={WATER}").text
    assert page.count('<li class="entry') == 2
    assert "Nothing like that was done" in desk.get(f"{HISTORY}?session=ZZZZZZ").text


def test_an_empty_history_says_so(desk: FlaskClient) -> None:
    assert "Nothing was done here yet" in desk.get(HISTORY).text


def test_a_change_is_told_with_who_before_and_after(desk: FlaskClient) -> None:
    move()
    page = desk.get(HISTORY).text
    assert "Editor" in page
    assert "حق الوصول إلى الماء" in page
    assert '<bdi dir="ltr">10:00</bdi>' in page
    assert '<bdi dir="ltr">12:00</bdi>' in page
    assert "قاعة دجلة" in page


def test_every_page_offers_to_take_back_what_one_did_last(desk: FlaskClient) -> None:
    entry = move()
    page = desk.get(HISTORY).text
    assert f"{HISTORY}/{entry}/undo" in page
    answer = desk.post(f"{HISTORY}/{entry}/undo", data={"next": f"{HISTORY}?kind=session"})
    assert (answer.status_code, answer.location) == (302, f"{HISTORY}?kind=session")
    session = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    assert session.starts_at == at(10)
    page = desk.get(HISTORY).text
    assert "Undone:" in page
    assert "/redo" in page


def test_what_others_built_on_is_shown_with_their_changes(app: Flask, desk: FlaskClient) -> None:
    first = move()
    other = make_user("enki@desk.example", name="Enki of the Deep")
    event_id = db.session.scalars(select(Event.id)).one()
    with recorded(event_id, other, MOVED) as record:
        session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        place(session, starts_at=at(13), room=session.event.rooms[1])
    answer = desk.post(f"{HISTORY}/{first}/undo")
    assert answer.status_code == 409
    assert "Enki of the Deep" in answer.text


def test_it_is_sent_on_to_no_other_site(desk: FlaskClient) -> None:
    answer = desk.post(f"{HISTORY}/{move()}/undo", data={"next": "https://evil.example/"})
    assert answer.location == HISTORY


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", True),
        (f"?session={WATER}", True),
        ("?session=7CDFGH", False),
        ("?session=GGGGGG", False),
        (f"?speaker={SIDURI}", False),
        ("?kind=session", True),
        ("?kind=room", False),
        ("?kind=nonsense", True),
        ("?user=1", True),
        ("?user=77", False),
        ("?user=x", True),
        ("?before=1", False),
    ],
)
def test_it_is_filtered(desk: FlaskClient, query: str, shown: bool) -> None:
    move()
    page = desk.get(HISTORY + query).text
    assert ('class="entry"' in page) is shown


def test_who_may_not_know_a_speaker_reads_a_number_and_no_details(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    desk = organizer(app, MemberRole.EDITOR, sees_names=False)
    describe(ZIN)
    describe(SIDURI)
    page = desk.get(HISTORY).text
    assert "Speaker 3" in page
    assert "details withheld" in page
    assert "زین" not in page
    assert f"سيرة سرية {ZIN}" not in page
    assert "سيدوري" in page
    assert f"سيرة سرية {SIDURI}" in page


def test_translators_take_back_only_their_own(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    other = make_user("enki@desk.example", name="Enki")
    desk = organizer(app, MemberRole.TRANSLATOR, languages=("ar",))
    assert desk.post(f"{HISTORY}/{move(other)}/undo").status_code == 403
    own = db.session.scalars(select(User.id).where(User.id != other)).one()
    event_id = db.session.scalars(select(Event.id)).one()
    with recorded(event_id, own, MOVED) as record:
        session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        session.texts["ar"].abstract = "نص"
    assert record.entry is not None
    assert desk.post(f"{HISTORY}/{record.entry.id}/undo").status_code == 302


def test_a_page_of_it_takes_a_fixed_number_of_statements(desk: FlaskClient) -> None:
    move()
    describe(SIDURI)
    desk.get(HISTORY)
    db.session.remove()
    with statements() as few:
        desk.get(HISTORY)
    for _ in range(8):
        describe(ZIN)
        describe(SIDURI)
    db.session.remove()
    with statements() as many:
        desk.get(HISTORY)
    assert len(many) <= len(few)
