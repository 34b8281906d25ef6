"""The links of speakers in the desk: who has one, who has answered, and what organizers do."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.keys import digest
from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.journal.models import Entry
from planner.links.models import Opens, SpeakerLink
from planner.links.operations import used
from planner.notices.models import Notice, NoticeKind
from planner.sessions.models import Answer
from planner.sessions.operations import place, unplace
from planner.speakers.models import Speaker
from tests.desks import organizer
from tests.plans import ENKIDU, SIDURI, WATER, ZIN, at, make_plan, plan_to_change, released
from tests.statements import statements

LINKS = "/desk/river-days/links"


@pytest.fixture
def editor(app: Flask) -> FlaskClient:
    """Make the small event and publish it; return the browser of an editor."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    released()
    return organizer(app, MemberRole.EDITOR)


def page(client: FlaskClient, address: str = "") -> str:
    """Return a page of the links."""
    answer = client.get(f"{LINKS}{address}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def done(client: FlaskClient, address: str) -> str:
    """Send a form; return what is said of it afterwards."""
    answer = client.post(f"{LINKS}{address}")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return page(client)


def shown(client: FlaskClient, code: str) -> str:
    """Show the link of a speaker; return its token."""
    answer = client.post(f"{LINKS}/{code}/show")
    assert answer.status_code == 200
    found = re.search(r"https://programme\.example/speak/([\w-]{43})<", answer.text)
    assert found is not None
    return found[1]


def opens(app: Flask, token: str) -> int:
    """Return what a browser that is signed in nowhere is answered at a link."""
    return app.test_client().get(f"/speak/{token}").status_code


def link_rows() -> dict[str, SpeakerLink]:
    """Return the links to pages, by the codes of speakers."""
    db.session.rollback()
    found = db.session.scalars(select(SpeakerLink).where(SpeakerLink.opens == Opens.PAGE))
    return {link.speaker.code: link for link in found}


def outbox(kind: NoticeKind) -> set[str]:
    """Return to whom a message waits."""
    db.session.rollback()
    found = db.session.scalars(
        select(Notice).where(Notice.kind == kind, Notice.due_at.is_not(None))
    )
    return {notice.speaker.code for notice in found if notice.speaker}


def answer_all(code: str) -> None:
    """Let a speaker have confirmed everything."""
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            for person in session.people:
                if person.speaker.code == code:
                    person.answer = Answer.CONFIRMED


def test_a_link_is_shown_when_asked_for_and_is_not_kept(app: Flask, editor: FlaskClient) -> None:
    token = shown(editor, SIDURI)
    assert opens(app, token) == 200
    assert shown(editor, SIDURI) == token
    assert token not in page(editor)
    assert link_rows()[SIDURI].digest == digest(token)
    assert "Link of" in editor.get("/desk/river-days/history").text
    for entry in db.session.scalars(select(Entry)):
        assert token not in str(entry.facts)


def test_what_shows_a_link_can_be_copied_and_scanned_and_is_kept_by_nobody(
    editor: FlaskClient,
) -> None:
    answer = editor.post(f"{LINKS}/{SIDURI}/show")
    assert '<img src="data:image/svg+xml' in answer.text
    assert "copy.js" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert editor.get(f"{LINKS}/{SIDURI}/show").status_code == 405


def test_only_who_may_know_names_is_shown_a_link(app: Flask, editor: FlaskClient) -> None:
    """It opens all that is stored of somebody."""
    stranger = organizer(app, MemberRole.OWNER, sees_names=False)
    assert stranger.post(f"{LINKS}/{ZIN}/show").status_code == 403
    assert link_rows() == {}
    listed = page(stranger)
    assert "Speaker 3" in listed
    assert "زین" not in listed
    assert "people.invalid" not in listed
    assert "/show" not in listed
    assert "زین" in page(editor)
    assert "No e-mail address" not in listed


def test_whether_somebody_has_an_address_is_told_to_who_may_know_them(
    app: Flask, editor: FlaskClient
) -> None:
    with plan_to_change() as plan:
        for code in (SIDURI, ZIN):
            plan.speakers[code].email = None
    stranger = organizer(app, MemberRole.OWNER, sees_names=False)
    assert page(editor).count("no e-mail address") == 2
    assert page(stranger).count("no e-mail address") == 1
    assert "Speaker 3" not in page(stranger, "?who=no-address")


def test_a_renewed_link_ends_the_one_before_and_that_of_the_calendar(
    app: Flask, editor: FlaskClient
) -> None:
    former = shown(editor, SIDURI)
    other = shown(editor, ZIN)
    assert "Renew the link of" in page(editor, f"/{SIDURI}/renew")
    assert opens(app, former) == 200, "asking does nothing"
    assert "1 link is renewed" in done(editor, f"/{SIDURI}/renew")
    assert opens(app, former) == 404
    assert opens(app, shown(editor, SIDURI)) == 200
    assert opens(app, other) == 200


def test_an_ended_link_is_none(app: Flask, editor: FlaskClient) -> None:
    token = shown(editor, SIDURI)
    assert "change the address first" in page(editor, f"/{SIDURI}/end")
    assert "1 link is ended" in done(editor, f"/{SIDURI}/end")
    assert opens(app, token) == 404
    assert link_rows() == {}


def test_an_ended_link_does_not_come_back_by_a_message_that_waits(editor: FlaskClient) -> None:
    shown(editor, ZIN)
    done(editor, f"/{ZIN}/send")
    done(editor, "/remind")
    done(editor, f"/{ZIN}/end")
    assert outbox(NoticeKind.LINK) == set()
    assert outbox(NoticeKind.REMINDER) == {SIDURI, ENKIDU}


def test_all_links_can_be_renewed_or_ended_at_once(app: Flask, editor: FlaskClient) -> None:
    former = [shown(editor, code) for code in (SIDURI, ZIN)]
    assert "Renew 2 links" in page(editor, "/renew")
    assert "2 links are renewed" in done(editor, "/renew")
    assert [opens(app, token) for token in former] == [404, 404]
    assert set(link_rows()) == {SIDURI, ZIN}, "who had none has none"
    current = shown(editor, ZIN)
    assert "End 2 links" in page(editor, "/end")
    assert "2 links are ended" in done(editor, "/end")
    assert opens(app, current) == 404
    assert "There is no link to end." in page(editor, "/end")
    assert "There is no link to renew." in page(editor, "/renew")


def test_all_who_have_not_answered_are_reminded_once(editor: FlaskClient) -> None:
    answer_all(SIDURI)
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].email = None
    asked = page(editor, "/remind")
    assert "Send 1 reminder" in asked
    assert "1 more has not answered either" in asked
    assert outbox(NoticeKind.REMINDER) == set()
    assert "1 reminder goes out" in done(editor, "/remind")
    assert outbox(NoticeKind.REMINDER) == {ZIN}
    assert "There is nobody to remind" in page(editor, "/remind")
    assert "0 reminders" in done(editor, "/remind")
    assert outbox(NoticeKind.REMINDER) == {ZIN}
    assert "a message is on its way" in page(editor)


def test_nobody_is_reminded_of_what_they_cannot_see_yet(app: Flask) -> None:
    make_plan()
    editor = organizer(app, MemberRole.EDITOR)
    assert "There is nobody to remind" in page(editor, "/remind")
    assert "nothing to answer yet" in page(editor)
    with plan_to_change() as plan:
        plan.event.shows_plan = True
    assert "Send 3 reminders" in page(editor, "/remind")


def test_nobody_is_reminded_of_what_has_no_hour_to_say_yes_to(editor: FlaskClient) -> None:
    """Their page says that there is nothing to confirm yet."""
    with plan_to_change() as plan:
        plan.event.shows_plan = True
        unplace(plan.sessions[WATER])
    assert "Send 2 reminders" in page(editor, "/remind")
    done(editor, "/remind")
    assert outbox(NoticeKind.REMINDER) == {SIDURI, ZIN}


def test_who_confirmed_another_hour_than_is_shown_now_has_to_answer(editor: FlaskClient) -> None:
    """So it says on their page, also where only since then they see the plan, which differs."""
    answer_all(SIDURI)
    with plan_to_change() as plan:
        for person in plan.sessions[WATER].people:
            person.answered_for = "2017-01-18T10:00 tigris"
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
    assert f"/speakers/{SIDURI}" in page(editor, "?who=answered")
    with plan_to_change() as plan:
        plan.event.shows_plan = True
    assert f"/speakers/{SIDURI}" in page(editor, "?who=to-answer")


def test_links_are_sent_to_all_who_take_part(editor: FlaskClient) -> None:
    assert "Send 3 links" in page(editor, "/send")
    assert "3 links go out" in done(editor, "/send")
    assert outbox(NoticeKind.LINK) == {SIDURI, ENKIDU, ZIN}
    assert link_rows() == {}, "links are made when they are sent"
    assert "There is nobody to send a link to" in page(editor, "/send")


def test_a_link_is_sent_to_one_speaker(editor: FlaskClient) -> None:
    assert "the link goes out" in done(editor, f"/{ZIN}/send")
    assert outbox(NoticeKind.LINK) == {ZIN}
    assert "Link sent to" in editor.get("/desk/river-days/history").text


def test_speakers_are_listed_by_what_they_did(editor: FlaskClient) -> None:
    answer_all(SIDURI)
    for code in (SIDURI, ENKIDU):
        shown(editor, code)
    db.session.rollback()
    used(db.session.scalars(select(Speaker.id).where(Speaker.code == SIDURI)).one())
    found = {
        who: {code for code in (SIDURI, ENKIDU, ZIN) if f"/speakers/{code}" in page(editor, who)}
        for who in ("?who=to-answer", "?who=answered", "?who=unused", "?who=no-link", "?who=x")
    }
    assert found == {
        "?who=to-answer": {ENKIDU, ZIN},
        "?who=answered": {SIDURI},
        "?who=unused": {ENKIDU},
        "?who=no-link": {ZIN},
        "?who=x": {SIDURI, ENKIDU, ZIN},
    }


def test_there_is_no_link_to_a_speaker_of_another_event(app: Flask, editor: FlaskClient) -> None:
    make_plan("other-days", codes="X")
    for address in ("send", "show", "renew", "end"):
        assert editor.post(f"{LINKS}/X{SIDURI}/{address}").status_code == 404
    assert link_rows() == {}


def test_the_list_asks_the_database_no_more_often_for_more_speakers(editor: FlaskClient) -> None:
    counts = []
    for codes in ((), (SIDURI, ENKIDU, ZIN)):
        for code in codes:
            shown(editor, code)
        with statements() as sent:
            page(editor)
        counts.append(len(sent))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_it_speaks_the_language_of_the_desk(app: Flask, lang: str) -> None:
    make_plan()
    released()
    client = organizer(app, MemberRole.EDITOR, lang=lang)
    for address in ("", "/send", "/remind", "/renew", "/end", f"/{SIDURI}/renew", f"/{SIDURI}/end"):
        assert f'<html lang="{lang}" dir="rtl"' in page(client, address)
