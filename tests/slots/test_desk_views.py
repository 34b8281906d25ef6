"""Requests of speakers in the desk: who reads them, and how they are answered."""

import pytest
from flask import Flask
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.journal.models import Entry
from planner.slots.models import Outcome, Request, Wish
from tests.desks import organizer
from tests.plans import ENKIDU, SIDURI, SLUG, WATER, ZIN, make_plan, released
from tests.slots.speaking import Visitor
from tests.statements import statements

HERE = f"/desk/{SLUG}/requests"


@pytest.fixture(autouse=True)
def plan(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be the small event, published."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    make_plan()
    released()


def _asked(app: Flask, code: str = ENKIDU, text: str = "بعد الظهر", wish: str = "hour") -> int:
    assert Visitor(app, code).say("ask", WATER, wish=wish, text=text).status_code == 303
    return db.session.scalars(select(Request.id).order_by(Request.id.desc())).first() or 0


def test_before_anybody_asks_the_page_says_so(app: Flask) -> None:
    """An empty list is no blank page."""
    page = organizer(app, MemberRole.VIEWER).get(HERE).text
    assert "Nobody has asked for anything yet." in page


def test_a_request_is_read_answered_and_shown_to_the_speaker(app: Flask) -> None:
    """With the session, a way to move it, and what the speaker answered to it."""
    number = _asked(app)
    browser = organizer(app, MemberRole.EDITOR)
    page = browser.get(HERE).text
    for told in ("بعد الظهر", "Another hour", "أنكيدو", f"/sessions/{WATER}/move", "No answer yet"):
        assert told in page
    response = browser.post(
        f"{HERE}/{number}",
        data={"was": "open", "outcome": "accepted", "text": "At three o’clock."},
    )
    assert response.status_code == 302
    db.session.rollback()
    kept = db.session.get_one(Request, number)
    assert (kept.outcome, kept.answer) == (Outcome.ACCEPTED, "At three o’clock.")
    told = Visitor(app, ENKIDU).look()
    assert "Agreed" in told
    assert "At three o’clock." in told
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert entry.action == "speaker.request_accepted"
    assert entry.facts == {"speaker": {"speaker": 2}}
    assert "Request of" in browser.get(f"/desk/{SLUG}/history").text


def test_two_answers_to_one_request_meet(app: Flask) -> None:
    """The second one is told, and keeps what was written."""
    number = _asked(app)
    browser = organizer(app, MemberRole.EDITOR)
    first = {"was": "open", "outcome": "refused", "text": "No"}
    assert browser.post(f"{HERE}/{number}", data=first).status_code == 302
    response = browser.post(f"{HERE}/{number}", data={**first, "text": "Perhaps"})
    assert response.status_code == 409
    assert "Perhaps</textarea>" in response.text
    assert browser.post(f"{HERE}/{number + 9}", data=first).status_code == 404


def test_what_a_speaker_took_back_cannot_be_answered(app: Flask) -> None:
    """It stays in the list, as taken back."""
    number = _asked(app)
    Visitor(app, ENKIDU).say("take-back", number=number)
    browser = organizer(app, MemberRole.EDITOR)
    answer = {"was": "open", "outcome": "accepted", "text": ""}
    assert browser.post(f"{HERE}/{number}", data=answer).status_code == 409
    page = browser.get(HERE).text
    assert "Taken back" in page
    assert "What the speaker reads" not in page


def test_an_answer_that_says_neither_yes_nor_no_is_refused(app: Flask) -> None:
    """Beside the field, with what was written."""
    number = _asked(app)
    browser = organizer(app, MemberRole.EDITOR)
    response = browser.post(f"{HERE}/{number}", data={"was": "open", "text": "Hm"})
    assert response.status_code == 422
    assert "Hm</textarea>" in response.text
    response = browser.post(
        f"{HERE}/{number}", data={"was": "open", "outcome": "accepted", "text": "x" * 2001}
    )
    assert "2000 letters at most" in response.text


def test_requests_can_be_filtered(app: Flask) -> None:
    """By what is asked, what became of it, session and speaker."""
    _asked(app, text="later")
    _asked(app, SIDURI, "projector", Wish.EQUIPMENT)
    browser = organizer(app, MemberRole.VIEWER)
    for query, found, missing in (
        ("wish=hour", "later", "projector"),
        (f"speaker={SIDURI}", "projector", "later"),
        (f"session={WATER}&wish=equipment", "projector", "later"),
    ):
        page = browser.get(f"{HERE}?{query}").text
        assert found in page
        assert missing not in page
    assert "No request answers to this." in browser.get(f"{HERE}?outcome=refused").text
    assert "What the speaker reads" not in browser.get(HERE).text


def test_who_may_not_know_names_reads_no_name(app: Flask) -> None:
    """Neither of who asks, nor in what they write."""
    _asked(app, ZIN, "زين ناوی منە، کاتژمێرێکی تر")
    page = organizer(app, MemberRole.EDITOR, sees_names=False).get(HERE).text
    assert "Speaker 3" in page
    assert "کاتژمێرێکی تر" in page
    assert "زین" not in page
    assert "زين" not in page


def test_the_list_asks_as_many_statements_for_few_as_for_many(app: Flask) -> None:
    """No request costs a statement of its own."""
    browser = organizer(app, MemberRole.EDITOR)
    counted = []
    for number in range(4):
        _asked(app, text=f"{number}")
        _asked(app, SIDURI, text=f"{number}")
        browser.get(HERE)
        with statements() as sent:
            browser.get(HERE)
        counted.append(len(sent))
    assert counted[0] == counted[-1] <= 16


def test_the_note_and_the_equipment_are_entered_with_the_session(app: Flask) -> None:
    """The page of the session, and that of the speaker, lead to their requests."""
    browser = organizer(app, MemberRole.EDITOR)
    page = browser.get(f"/desk/{SLUG}/sessions/{WATER}").text
    assert 'name="speakers_note"' in page
    assert 'name="equipment"' in page
    assert f"/requests?session={WATER}" in page
    assert f"/requests?speaker={SIDURI}" in browser.get(f"/desk/{SLUG}/speakers/{SIDURI}").text
