"""Answers of calendar programs: kept where they are clear, refused in one line otherwise."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.extensions import db
from planner.journal.models import Entry
from planner.letters.models import Told
from planner.sessions.models import Answer
from tests.letters.outbox import answer_of, told_everybody
from tests.plans import ENKIDU, WATER, ZIN, make_plan, plan_to_change


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Make the small event, of which every speaker was told."""
    make_plan()
    told_everybody()


def reply(
    partstat: str = "ACCEPTED",
    *,
    code: str = WATER,
    email: str = f"{ENKIDU}@people.invalid",
    sequence: int = 0,
    method: str = "METHOD:REPLY\r\n",
    host: str = "river-days.example",
) -> str:
    """Return an answer as calendar programs write it."""
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//Y//EN\r\n{method}"
        "BEGIN:VEVENT\r\n"
        f"UID:session-{code}@{host}\r\nDTSTAMP:20170101T100000Z\r\nSEQUENCE:{sequence}\r\n"
        "ORGANIZER:mailto:office@river-days.example\r\n"
        f"ATTENDEE;CN=Somebody;PARTSTAT={partstat}:MAILTO:{email}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def message(*parts: str) -> str:
    """Return a whole message with such parts."""
    body = "".join(
        f'--b\r\nContent-Type: text/calendar; method=REPLY; charset="utf-8"\r\n\r\n{part}\r\n'
        for part in parts
    )
    return (
        f"From: Enkidu <{ENKIDU}@people.invalid>\r\nTo: office@river-days.example\r\n"
        "Subject: Accepted\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/plain\r\n\r\nAccepted.\r\n{body}--b--\r\n"
    )


def received(app: Flask, content: str | bytes) -> tuple[int, str]:
    """Give the command something by standard input; return its exit code and what it said."""
    done = app.test_cli_runner().invoke(args=["mail", "receive", "-"], input=content)
    db.session.rollback()
    return done.exit_code, done.output


@pytest.mark.parametrize("form", [reply, lambda said: message(reply(said))])
@pytest.mark.parametrize(
    ("partstat", "answer"), [("ACCEPTED", Answer.CONFIRMED), ("declined", Answer.DECLINED)]
)
def test_an_answer_is_kept(app: Flask, form, partstat: str, answer: Answer) -> None:  # type: ignore[no-untyped-def]
    assert received(app, form(partstat)) == (0, f"Kept: {answer.value}.\n")
    assert answer_of(WATER, ENKIDU) is answer
    assert answer_of(WATER, ZIN) is Answer.ASKED
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert entry.action.endswith("_by_mail")
    assert entry.user_id is None
    assert entry.rows[0].after == {"answer": answer.value}
    assert received(app, form(partstat)) == (0, "Known already.\n")


def test_perhaps_is_noted_and_leaves_the_question_open(app: Flask) -> None:
    assert received(app, reply("TENTATIVE"))[0] == 0
    assert answer_of(WATER, ENKIDU) is Answer.ASKED
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert entry.action == "speaker.undecided_by_mail"


def test_an_answer_to_an_invitation_that_another_one_followed_is_refused(app: Flask) -> None:
    with write_tx() as database:
        for told in database.scalars(select(Told)):
            told.sequence = 3
    code, said = received(app, reply(sequence=2))
    assert code == 2
    assert "not the last one" in said
    assert answer_of(WATER, ENKIDU) is Answer.ASKED
    assert received(app, reply(sequence=3))[0] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "nobody@people.invalid"},
        {"code": "ZZZZZZ"},
        {"host": "elsewhere.example"},
        {"email": f"{ZIN}@people.invalid", "code": "3CDFGH"},
    ],
)
def test_what_nobody_was_asked_changes_nothing(app: Flask, changes: dict[str, str]) -> None:
    code, said = received(app, reply(**changes))  # type: ignore[arg-type]
    assert code == 1
    assert said == "Nothing was changed: nobody was asked who answers so.\n"


def test_an_address_of_two_speakers_answers_for_neither(app: Flask) -> None:
    with plan_to_change() as plan:
        plan.speakers[ZIN].email = plan.speakers[ENKIDU].email
    assert received(app, reply())[0] == 2
    assert answer_of(WATER, ENKIDU) is Answer.ASKED


def _nested(depth: int) -> str:
    head = "".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
        for level in range(depth)
    )
    return f"From: a@b.example\r\nMIME-Version: 1.0\r\n{head}"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 500,
        b"BEGIN:VCALENDAR\r\n" + b"\xff" * 10,
        b"BEGIN:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\n" * 3000,
        "x" * (2 * 1024 * 1024 + 1),
        "BEGIN:VCALENDAR\r\nX:" + "y" * 200_000,
        reply(method=""),
        reply(method="METHOD:REQUEST\r\n"),
        reply("DELEGATED"),
        reply("NEEDS-ACTION"),
        reply(sequence=-1),
        reply().replace("SEQUENCE:0", "SEQUENCE:" + "9" * 5000),
        reply().replace("UID:session-", "UID:concert-"),
        reply().replace("MAILTO:", ""),
        reply().replace("ORGANIZER", "ATTENDEE;PARTSTAT=ACCEPTED"),
        reply() * 2,
        message(reply(), reply("DECLINED")),
        message("nothing of the kind"),
        "Subject: hello\r\n\r\nI will come.\r\n",
        _nested(60),
        _nested(5000),
    ],
    ids=range(22),
)
def test_what_cannot_be_used_is_refused_in_one_line(app: Flask, content: str | bytes) -> None:
    code, said = received(app, content)
    assert code == 2
    assert said.startswith("Error: Nothing was changed: ")
    assert said.count("\n") == 1
    assert len(said) < 120
    assert answer_of(WATER, ENKIDU) is Answer.ASKED


def test_the_same_answer_twice_in_a_message_is_one(app: Flask) -> None:
    """Programs send it as a part and as a file."""
    assert received(app, message(reply(), reply()))[0] == 0


def test_a_file_is_read_as_well_and_one_that_is_missing_is_said(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "answer.ics"
    file.write_text(reply())
    runner = app.test_cli_runner()
    assert runner.invoke(args=["mail", "receive", str(file)]).exit_code == 0
    missing = runner.invoke(args=["mail", "receive", str(tmp_path / "none")])
    assert (missing.exit_code, missing.output.count("\n")) == (2, 1)


def test_what_is_said_names_nobody(app: Flask) -> None:
    for content in (reply(), reply(email="nobody@people.invalid"), reply(code="ZZZZZZ")):
        said = received(app, content)[1]
        assert "people" not in said
        assert WATER not in said
