"""Letters on their way: what a mailbox gets, and that it counts as told."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from planner.database import write_tx
from planner.extensions import db
from planner.letters.models import Told
from planner.notices.models import Notice
from planner.sessions.models import Answer, State
from planner.speakers.models import Visibility
from tests.letters.outbox import let_go, letter_to, told_everybody
from tests.notices.servers import Postbox, mail_server
from tests.plans import (
    ENKIDU,
    OPENING,
    SIDURI,
    WATER,
    WOMEN,
    ZIN,
    at,
    make_plan,
    plan_to_change,
    released,
)


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    """Make the small event, and a mail server that the application knows."""
    make_plan()
    kept = Postbox()
    with mail_server(kept) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}?from=office@river-days.example"
        yield kept


def send(app: Flask, *codes: str) -> None:
    """Let the letters to some speakers go, and send."""
    for code in codes:
        let_go(letter_to(code).id)
    done = app.test_cli_runner().invoke(args=["mail", "send"])
    db.session.rollback()
    assert done.exit_code == 0, done.output


def event_in(part: EmailMessage) -> tuple[Calendar, dict[str, str]]:
    """Return the calendar in a part of a message, and its event's properties."""
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    return calendar, {name: str(value) for name, value in event.items()}


def test_one_invitation_is_another_form_of_the_letter(app: Flask, box: Postbox) -> None:
    released()
    send(app, ENKIDU)
    (letter,) = box.letters
    assert letter.get_content_type() == "multipart/alternative"
    text, invitation = letter.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert invitation.get_content_type() == "text/calendar"
    assert invitation.get_param("method") == "REQUEST"
    assert str(invitation.get_content_charset()) == "utf-8"
    assert letter["From"] == "River Days <office@river-days.example>"
    assert letter["To"] == f"{ENKIDU}@people.invalid"
    said = text.get_content()
    assert "أنكيدو" in said
    assert "{" not in said
    calendar, event = event_in(invitation)
    assert str(calendar["METHOD"]) == "REQUEST"
    assert len(list(calendar.walk("VTIMEZONE"))) == 1
    assert event["UID"] == f"session-{WATER}@river-days.example"
    assert event["SEQUENCE"] == "0"
    assert event["ORGANIZER"] == "mailto:office@river-days.example"
    assert event["ATTENDEE"] == f"mailto:{ENKIDU}@people.invalid"
    (attendee,) = (part["ATTENDEE"] for part in calendar.walk("VEVENT"))
    assert dict(attendee.params) == {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


def test_several_invitations_come_one_in_each_part(app: Flask, box: Postbox) -> None:
    released()
    send(app, SIDURI)
    (letter,) = box.letters
    assert letter.get_content_type() == "multipart/mixed"
    text, *invitations = letter.iter_parts()
    assert text.get_content_type() == "text/plain"
    found = [event_in(part)[1]["UID"] for part in invitations]
    assert found == [f"session-{code}@river-days.example" for code in (OPENING, WATER)]
    assert [part.get_filename() for part in invitations] == [f"{OPENING}.ics", f"{WATER}.ics"]


def test_others_are_named_as_the_public_knows_them(app: Flask, box: Postbox) -> None:
    """Who is withheld before the public is so before those who share a session with them."""
    released()
    send(app, SIDURI)
    raw = b"".join(part.get_payload(decode=True) or b"" for part in box.letters[0].walk())
    assert "سيدوري" in raw.decode()
    assert "ابن البرية" in raw.decode()  # a pseudonym
    assert "أنكيدو" not in raw.decode()
    assert "زین" not in raw.decode()
    assert raw.count(b"people.invalid") == 2  # the attendee of each invitation


def test_a_name_that_is_withheld_after_the_release_is_still_in_no_letter(
    app: Flask, box: Postbox
) -> None:
    """Names come from the programme as it is when the letter is sent."""
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].visibility = Visibility.PUBLIC
    released()
    assert "أنكيدو" not in (letter_to(SIDURI).text or "")


def test_who_confirmed_is_not_asked_and_what_is_gone_is_called_off(
    app: Flask, box: Postbox
) -> None:
    told_everybody()
    with plan_to_change() as plan:
        for person in plan.sessions[WATER].people:
            person.answer = Answer.CONFIRMED
        plan.sessions[WATER].minutes = 90
        plan.sessions[WOMEN].state = State.WITHDRAWN
    released(hours=2)
    send(app, ZIN)
    _, first, second = box.letters[0].iter_parts()
    by_method = {str(event_in(part)[0]["METHOD"]): part for part in (first, second)}
    assert second.get_param("method") in by_method
    (attendee,) = (
        event["ATTENDEE"]
        for event in Calendar.from_ical(by_method["REQUEST"].get_payload(decode=True)).walk(
            "VEVENT"
        )
    )
    assert attendee.params["PARTSTAT"] == "ACCEPTED"
    _, called_off = event_in(by_method["CANCEL"])
    assert called_off["STATUS"] == "CANCELLED"
    assert called_off["UID"] == f"session-{WOMEN}@river-days.example"
    assert called_off["SEQUENCE"] == "1"
    assert called_off["ATTENDEE"] == f"mailto:{ZIN}@people.invalid"


def test_what_was_sent_was_told(app: Flask, box: Postbox) -> None:
    released()
    send(app, ENKIDU)
    told = db.session.scalars(select(Told)).all()
    assert [(one.session_code, one.sequence, one.is_cancelled) for one in told] == [
        (WATER, 0, False)
    ]
    with plan_to_change() as plan:
        plan.sessions[WATER].starts_at = at(12)
    released(hours=2)
    letter = letter_to(ENKIDU)
    assert letter.invitations is not None
    assert letter.invitations[0]["differences"] == ["moved"]
    send(app, ENKIDU)
    db.session.rollback()
    assert db.session.scalars(select(Told)).one().sequence == 1


def test_a_letter_that_is_tried_again_is_the_same_letter(app: Flask, box: Postbox) -> None:
    from planner.letters.sending import commission
    from tests.notices.test_composing import SENDER

    released()
    number = letter_to(ENKIDU).id
    db.session.rollback()
    with write_tx() as database:
        first, second = (commission(database, database.get_one(Notice, number)) for _ in range(2))
    one, other = first.written(SENDER), second.written(SENDER)
    assert one["Message-ID"] == other["Message-ID"]
    assert [part.get_payload() for part in one.iter_parts()] == [
        part.get_payload() for part in other.iter_parts()
    ]


def test_a_server_that_repeats_the_address_is_not_quoted_with_it(app: Flask) -> None:
    make_plan()
    address = f"{ENKIDU}@people.invalid"
    box = Postbox([f"550 5.1.1 <{address.lower()}>: unknown"])
    released()
    number = letter_to(ENKIDU).id
    let_go(number)
    with mail_server(box) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        done = app.test_cli_runner().invoke(args=["mail", "send"])
    db.session.rollback()
    letter = db.session.get_one(Notice, number)
    assert done.exit_code == 1
    assert letter.last_error == "550 5.1.1 <…>: unknown"
    assert "people.invalid" not in done.output
    assert letter.due_at is None


def test_a_letter_without_an_address_by_then_is_given_up(app: Flask, box: Postbox) -> None:
    released()
    number = letter_to(ENKIDU).id
    let_go(number)
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].email = None
    done = app.test_cli_runner().invoke(args=["mail", "send"])
    assert done.exit_code == 1
    assert "there is no address" in done.output
    assert box.letters == []
