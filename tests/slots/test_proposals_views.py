"""The desk's pages of what speakers propose."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.accounts.models import MemberRole
from planner.entering.speakers.operations import NAMED_ELSEWHERE
from planner.events.models import Event, TextState
from planner.extensions import db
from planner.journal.models import Entry, Way
from planner.journal.undoing import undo
from planner.removal.operations import remove_name
from planner.removal.targets import Way as RemovalWay
from planner.sessions.models import Session
from planner.slots.models import Outcome, Proposal
from planner.speakers.models import Speaker
from tests.desks import organizer
from tests.forms import hidden
from tests.plans import SIDURI, SLUG, WATER, ZIN, make_plan, plan_to_change
from tests.slots.writing import Page
from tests.statements import statements

INDEX = f"/desk/{SLUG}/proposals"


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of an editor who may know names."""
    return organizer(app, MemberRole.EDITOR)


def propose(app: Flask, code: str = SIDURI, path: str = "/texts", **texts: str) -> str:
    """Let a speaker propose texts; return the address of the proposal in the desk."""
    assert Page(app, code, path).send(**texts) == 303
    db.session.rollback()
    number = db.session.scalars(select(Proposal.id).order_by(Proposal.id.desc())).first()
    return f"{INDEX}/{number}"


def proposal() -> Proposal:
    """Return the only proposal."""
    db.session.rollback()
    return db.session.scalars(select(Proposal)).one()


def speaker(code: str = SIDURI) -> Speaker:
    """Return a speaker as the plan has them."""
    db.session.rollback()
    return db.session.scalars(select(Speaker).where(Speaker.code == code)).one()


def decide(desk: FlaskClient, address: str, **values: object) -> TestResponse:
    """Decide on a proposal as it was read."""
    return desk.post(address, data={**hidden(desk.get(address)), "do": "accept", **values})


def test_without_proposals_the_page_says_so(desk: FlaskClient) -> None:
    page = desk.get(INDEX)
    assert "No proposal waits for an answer." in page.text
    assert 'href="/desk/river-days/proposals" aria-current="page"' in page.text


def test_a_proposal_is_shown_word_by_word_against_what_is_there_now(
    app: Flask, desk: FlaskClient
) -> None:
    address = propose(app, display_name__ar="سيدوري بنت البحر", biography__ckb="ژنێک")
    assert "سيدوري" in desk.get(INDEX).text
    page = desk.get(address).text
    assert "<ins>بنت البحر</ins>" in page
    assert "Name (Arabic)" in page
    assert "Biography (" in page
    assert "changed since it was proposed" not in page


def test_accepted_it_is_a_draft_in_the_plan_and_the_speaker_reads_the_answer(
    app: Flask, desk: FlaskClient
) -> None:
    address = propose(app, display_name__en="Siduri", organisation__en="Reeds")
    sent = decide(desk, address, taken=["display_name.en"], answer="The name only.")
    assert sent.status_code == 303
    found = speaker()
    assert (found.texts["en"].display_name, found.texts["en"].organisation) == ("Siduri", "")
    assert found.texts["en"].state is TextState.DRAFT
    assert proposal().outcome is Outcome.ACCEPTED
    assert proposal().taken == ["display_name.en"]
    page = Page(app, SIDURI).text
    assert "The name only." in page
    assert "Organisation (English): not accepted" in page
    assert "accepted" in desk.get(INDEX).text


def test_accepting_can_be_undone_and_the_proposal_waits_again(
    app: Flask, desk: FlaskClient
) -> None:
    address = propose(app, display_name__en="Siduri")
    decide(desk, address, taken=["display_name.en"])
    db.session.rollback()
    entry = db.session.scalars(
        select(Entry).where(Entry.action == "speaker.proposal_accepted")
    ).one()
    event_id, user_id, number = entry.event_id, entry.user_id, entry.id
    history = desk.get(f"/desk/{SLUG}/history").text
    assert "Proposal of" in history
    db.session.rollback()
    assert user_id is not None
    undo(event_id, user_id, number)
    assert "en" not in speaker().texts
    assert proposal().outcome is Outcome.OPEN
    assert "Accept what is marked" in desk.get(address).text
    assert db.session.scalars(select(Entry.way).order_by(Entry.id.desc())).first() is Way.UNDO


def test_undoing_opens_no_second_proposal_for_the_same_texts(app: Flask, desk: FlaskClient) -> None:
    """Neither one that was taken back nor one that was accepted, beside a newer one."""
    for path in ("/texts", f"/sessions/{WATER}/texts"):
        name = "biography" if path == "/texts" else "abstract"
        address = propose(app, path=path, **{f"{name}__en": "First"})
        number = address.rpartition("/")[2]
        code = "" if path == "/texts" else WATER
        sent = Page(app, SIDURI).post("/back", {"proposal": number, "session": code})
        assert sent.status_code == 303
        second = propose(app, path=path, **{f"{name}__en": "Second"})
        assert undo_last(desk, "speaker.took_back").status_code == 409
        decide(desk, second, taken=[f"{name}.en"])
        propose(app, path=path, **{f"{name}__en": "Third"})
        assert undo_last(desk, "speaker.proposal_accepted").status_code == 409
    assert "2 proposals wait for an answer" in desk.get(INDEX).text


def undo_last(desk: FlaskClient, action: str) -> TestResponse:
    """Take the last entry of some kind back."""
    db.session.rollback()
    number = db.session.scalars(
        select(Entry.id).where(Entry.action == action).order_by(Entry.id.desc())
    ).first()
    db.session.rollback()
    return desk.post(f"/desk/{SLUG}/history/{number}/undo")


def test_refused_it_changes_nothing_and_the_speaker_reads_why(
    app: Flask, desk: FlaskClient
) -> None:
    address = propose(app, display_name__en="Siduri")
    sent = decide(desk, address, do="refuse", answer="As on your passport, please.")
    assert sent.status_code == 303
    assert "en" not in speaker().texts
    page = Page(app, SIDURI).text
    assert "Your proposal was not accepted." in page
    assert "As on your passport" in page
    assert "What you propose" not in page


def test_accepting_nothing_of_it_is_no_answer(app: Flask, desk: FlaskClient) -> None:
    address = propose(app, display_name__en="Siduri")
    sent = decide(desk, address, answer="What I typed")
    assert sent.status_code == 422
    assert "Mark what you accept" in sent.text
    assert "What I typed" in sent.text
    assert proposal().outcome is Outcome.OPEN


def test_what_changed_since_it_was_proposed_is_marked(app: Flask, desk: FlaskClient) -> None:
    address = propose(app, display_name__ar="سيدوري بنت البحر")
    with plan_to_change() as plan:
        plan.speakers[SIDURI].texts["ar"].display_name = "سيدوري الأولى"
    page = desk.get(address).text
    assert "changed since it was proposed" in page
    assert "<del>الأولى</del>" in page


def test_what_changed_after_it_was_read_is_shown_before_it_is_decided(
    app: Flask, desk: FlaskClient
) -> None:
    address = propose(app, display_name__ar="سيدوري بنت البحر")
    read = hidden(desk.get(address))
    with plan_to_change() as plan:
        plan.speakers[SIDURI].remark = "counts one version more"
    sent = {**read, "do": "accept", "taken": ["display_name.ar"], "answer": "Typed"}
    answer = desk.post(address, data=sent)
    assert answer.status_code == 409
    assert "changed meanwhile" in answer.text
    assert "Typed" in answer.text
    again = desk.post(address, data={**sent, **hidden(answer)})
    assert again.status_code == 303


def test_what_somebody_else_decided_or_the_speaker_replaced_is_not_decided_again(
    app: Flask, desk: FlaskClient
) -> None:
    address = propose(app, display_name__en="Siduri")
    read = hidden(desk.get(address))
    decide(desk, address, do="refuse")
    again = desk.post(address, data={**read, "do": "accept", "taken": ["display_name.en"]})
    assert again.status_code == 409
    assert "Somebody else decided this meanwhile." in again.text
    address = propose(app, display_name__en="Siduri of Uruk")
    propose(app, display_name__en="Siduri of Ur")
    assert desk.get(address).status_code == 404


def test_title_and_abstract_are_taken_into_the_session(app: Flask, desk: FlaskClient) -> None:
    address = propose(app, path=f"/sessions/{WATER}/texts", title__ckb="مافی ئاو")
    assert "حق الوصول إلى الماء" in desk.get(address).text
    assert decide(desk, address, taken=["title.ckb"]).status_code == 303
    db.session.rollback()
    found = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    assert found.texts["ckb"].title == "مافی ئاو"
    assert found.texts["ckb"].state is TextState.DRAFT


def test_who_may_not_know_a_name_sees_a_number_and_no_text(app: Flask) -> None:
    address = propose(app, ZIN, display_name__en="Zin Berfin")
    other = organizer(app, MemberRole.EDITOR, sees_names=False)
    page = other.get(INDEX).text
    assert "Speaker 3" in page
    assert "Berfin" not in page
    assert "Shown to those who may know the name" in page
    assert other.get(address).status_code == 404
    assert other.get(f"{address}/photo").status_code == 404
    assert other.post(address, data={"do": "refuse"}).status_code == 404
    history = other.get(f"/desk/{SLUG}/history").text
    assert "Proposed by" in history
    assert "Berfin" not in history


def test_viewers_look_and_decide_nothing(app: Flask) -> None:
    address = propose(app, display_name__en="Siduri")
    viewer = organizer(app, MemberRole.VIEWER)
    page = viewer.get(address)
    assert "<ins>Siduri</ins>" in page.text
    assert "Accept what is marked" not in page.text
    assert viewer.post(address, data={"do": "refuse"}).status_code == 403


def test_a_photo_that_waits_is_shown_and_not_swept_away(app: Flask, desk: FlaskClient) -> None:
    photo = BytesIO()
    Image.new("RGB", (64, 64), "red").save(photo, "PNG")
    photo.seek(0)
    Page(app, SIDURI).post("/photo", {"photo": (photo, "me.png")})
    found = proposal()
    name = found.content["photo"]
    assert any(name in told() for told in NAMED_ELSEWHERE)
    address = f"{INDEX}/{found.id}"
    assert f"{address}/photo" in desk.get(address).text
    assert desk.get(f"{address}/photo").mimetype == "image/jpeg"
    decide(desk, address, taken=["photo"])
    assert speaker().photo == name


def test_who_is_erased_leaves_nothing_of_what_they_proposed(app: Flask, desk: FlaskClient) -> None:
    propose(app, biography__en="Of the reed house Emesh")
    address = propose(app, biography__en="Of the reed house Enten")
    decide(desk, address, taken=["biography.en"])
    remove_name(SLUG, SIDURI, RemovalWay.ERASE, instance=Path(app.instance_path))
    db.session.rollback()
    assert db.session.scalars(select(Proposal)).all() == []
    entries = db.session.scalars(select(Entry)).all()
    rows = [str((row.before, row.after)) for entry in entries for row in entry.rows]
    assert not [row for row in rows if "reed house" in row]


def test_lists_cost_as_much_with_many_as_with_one(app: Flask, desk: FlaskClient) -> None:
    propose(app, display_name__en="Siduri")
    desk.get(INDEX)
    with statements() as few:
        desk.get(INDEX)
    for path in ("/texts", f"/sessions/{WATER}/texts"):
        names = {"biography__en": "Life"} if path == "/texts" else {"abstract__en": "Reeds"}
        propose(app, ZIN, path, **names)
    with statements() as many:
        desk.get(INDEX)
    assert len(many) <= len(few) + 1


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_the_pages_stand_in_every_language(app: Flask, lang: str) -> None:
    address = propose(app, display_name__en="Siduri")
    desk = organizer(app, MemberRole.EDITOR, lang=lang)
    for page in (INDEX, address):
        assert desk.get(page).status_code == 200


def test_what_is_taken_at_once_is_a_setting_of_the_event(desk: FlaskClient) -> None:
    address = f"/desk/{SLUG}/settings/speakers"
    sent = {**hidden(desk.get(address)), "takes_texts": "y"}
    assert desk.post(address, data=sent).status_code == 302
    db.session.rollback()
    event = db.session.scalars(select(Event)).one()
    assert (event.takes_texts, event.shows_plan) == (True, False)
