"""Links on their way: what a mailbox gets, and that nothing else has it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now
from planner.links.models import Opens
from planner.links.operations import link_of
from planner.notices.models import Notice, NoticeKind
from planner.notices.operations import claim, clear, put_to
from planner.speakers.models import Speaker
from tests.notices.servers import Postbox, mail_server
from tests.plans import ENKIDU, SIDURI, ZIN, make_plan, plan_to_change


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    """Make the small event, and a mail server that the application knows."""
    make_plan()
    kept = Postbox()
    with mail_server(kept) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}?from=office@river-days.example"
        yield kept


def put(kind: NoticeKind, *codes: str) -> int:
    """Put a message to each of some speakers into the outbox; return how many there are."""
    with write_tx() as database:
        return put_to(database, kind, Speaker.code.in_(codes))


def send(app: Flask) -> str:
    """Send what is due; return what was said of it."""
    done = app.test_cli_runner().invoke(args=["mail", "send"])
    db.session.rollback()
    assert done.exit_code == 0, done.output
    return done.output


def said(box: Postbox, number: int = 0) -> str:
    """Return the text of a message that arrived."""
    return str(box.letters[number].get_content()).replace("\r\n", "\n")


def token_in(written: str) -> str:
    """Return the token of the link in a text."""
    found = re.findall(r"^https://programme\.example/speak/([\w-]{43})$", written, re.MULTILINE)
    assert len(found) == 1, written
    return str(found[0])


@pytest.mark.parametrize("kind", [NoticeKind.LINK, NoticeKind.REMINDER])
def test_it_carries_a_link_that_opens_the_page(app: Flask, box: Postbox, kind: NoticeKind) -> None:
    assert put(kind, ZIN) == 1
    send(app)
    (letter,) = box.letters
    assert letter["To"] == f"{ZIN}@people.invalid"
    assert letter["From"] == "River Days <office@river-days.example>"
    assert str(letter["Subject"]).startswith("River Days: ")
    written = said(box)
    assert "زین" in written
    assert "{" not in written
    assert app.test_client().get(f"/speak/{token_in(written)}").status_code == 200


def test_the_same_link_is_sent_again_and_that_of_the_message_before_lives_on(
    app: Flask, box: Postbox
) -> None:
    for kind in (NoticeKind.LINK, NoticeKind.REMINDER, NoticeKind.LINK):
        put(kind, ZIN)
        send(app)
    assert len({token_in(said(box, number)) for number in range(3)}) == 1


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_it_is_in_the_language_of_the_speaker(app: Flask, box: Postbox, lang: str) -> None:
    with plan_to_change() as plan:
        plan.speakers[ZIN].original_language = lang
    put(NoticeKind.LINK, ZIN)
    send(app)
    assert box.letters[0]["Content-Language"] == lang
    assert {"ar": "أيام النهر", "ckb": "ڕۆژانی ڕووبار"}[lang] in said(box)


def test_no_token_stays_in_the_database_or_is_told_by_the_sender(app: Flask, box: Postbox) -> None:
    put(NoticeKind.LINK, ZIN)
    told = send(app)
    token = token_in(said(box))
    assert token not in told
    for table in inspect(db.engine).get_table_names():
        for row in db.session.execute(text(f'select * from "{table}"')):  # noqa: S608 -- our tables
            assert token not in str(tuple(row)), table


def test_who_takes_a_message_shows_no_link_when_it_is_printed(app: Flask, box: Postbox) -> None:
    put(NoticeKind.LINK, ZIN)
    taken = claim()
    assert taken is not None
    with write_tx() as database:
        speaker_id = database.scalars(select(Speaker.id).where(Speaker.code == ZIN)).one()
        assert link_of(database, speaker_id, Opens.PAGE) not in repr(taken)


def test_one_message_that_waits_is_enough_and_nobody_without_an_address_gets_one(
    app: Flask, box: Postbox
) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].email = None
        plan.speakers[ENKIDU].email = ""
    assert put(NoticeKind.LINK, SIDURI, ENKIDU, ZIN) == 1
    assert put(NoticeKind.LINK, ZIN) == 0
    assert put(NoticeKind.REMINDER, ZIN) == 1
    send(app)
    assert put(NoticeKind.LINK, ZIN) == 1


def test_a_link_that_comes_after_a_week_helps_nobody(app: Flask, box: Postbox) -> None:
    put(NoticeKind.LINK, ZIN)
    with write_tx() as database:
        database.scalars(select(Notice)).one().created_at = now() - timedelta(days=7, minutes=1)
    assert clear() == 1
    send(app)
    assert box.letters == []
