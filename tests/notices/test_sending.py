"""Delivering the outbox: to real servers, by many at once, and whatever breaks in between."""

import asyncio
import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from planner import create_app
from planner.accounts.links import DeadLinkError, opened_invitation, opened_reset
from planner.accounts.models import MemberRole, User
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.lib.clock import now
from planner.notices import operations
from planner.notices.composing import Errand
from planner.notices.delivery import server_of
from planner.notices.models import Notice, NoticeKind
from planner.notices.operations import Pause, put
from planner.organizers.operations import Part, invite, withdraw
from tests.conftest import BASE_URL
from tests.desks import make_user
from tests.notices.servers import Postbox, certificate, free_port, knows, mail_server
from tests.plans import make_plan

_PLANNER = Path(sys.executable).parent / "planner"


@pytest.fixture
def box() -> Postbox:
    """Return what a mail server keeps."""
    return Postbox()


@pytest.fixture
def server(app: Flask, box: Postbox) -> Iterator[int]:
    """Let a mail server of ours run, and the application know it; return its port."""
    with mail_server(box) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        yield port


def send(app: Flask) -> "tuple[int, str]":
    """Run ``planner mail send``; return its exit code, and what it said."""
    done = app.test_cli_runner().invoke(args=["mail", "send"])
    db.session.rollback()
    return done.exit_code, done.output


def ask(*emails: str, kind: NoticeKind = NoticeKind.RESET, language: str = "en") -> None:
    """Put a message for somebody new into the outbox."""
    for email in emails:
        number = make_user(email, name="ليلى")
        with write_tx() as database:
            put(database, kind, database.get_one(User, number), language)


def invited(email: str = "new@x.example", language: str = "ar") -> str:
    """Invite somebody by mail; return the token of the link that is passed on by hand."""
    make_plan()
    event_id = db.session.scalars(select(Event.id)).one()
    part = Part(MemberRole.VIEWER)
    link = invite(event_id, None, email=email, name="ليان", part=part, language=language)
    return link.rpartition("/")[2]


def token_in(letter: EmailMessage) -> str:
    """Return the token of the link in a message."""
    text = str(letter.get_content()).replace("\r\n", "\n")
    found = re.search(rf"^{BASE_URL}/desk/account/\w+/(\S+)$", text, re.M)
    assert found is not None
    return found[1]


def notices() -> list[Notice]:
    """Return the outbox as it is now."""
    db.session.rollback()
    return list(db.session.scalars(select(Notice).order_by(Notice.id)))


def become_due() -> None:
    """Let the time pass after which messages are tried again."""
    with write_tx() as database:
        waiting = update(Notice).where(Notice.due_at.is_not(None))
        database.execute(waiting.values(due_at=now() - timedelta(seconds=1)))


def test_a_message_comes_whole_to_its_recipient_with_a_link_that_works(
    app: Flask, box: Postbox, server: int
) -> None:
    ask("layla@desk.example")
    assert send(app) == (0, "message 1 (reset): sent\n1 sent, 0 not sent, 0 waiting\n")
    (letter,) = box.letters
    assert box.recipients == [["layla@desk.example"]]
    assert letter["To"] == "layla@desk.example"
    assert letter["From"] == "Barnama <no-reply@programme.example>"
    assert opened_reset(token_in(letter)).email == "layla@desk.example"
    (notice,) = notices()
    assert notice.sent_at is not None
    assert notice.due_at is None
    assert send(app) == (0, "0 sent, 0 not sent, 0 waiting\n")


def test_an_invitation_by_mail_leaves_the_link_alone_that_was_passed_on_by_hand(
    app: Flask, box: Postbox, server: int
) -> None:
    by_hand = invited()
    send(app)
    (letter,) = box.letters
    assert letter["Content-Language"] == "ar"
    assert token_in(letter) != by_hand
    assert opened_invitation(token_in(letter)).id == opened_invitation(by_hand).id


def test_no_token_is_in_the_database_before_or_after(
    app: Flask, box: Postbox, server: int, environ: dict[str, str]
) -> None:
    ask("layla@desk.example")
    send(app)
    token = token_in(box.letters[0])
    for table in ("outbox", "account_link"):
        rows = db.session.connection().exec_driver_sql(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        assert rows
        assert token not in repr(rows)


def test_an_invitation_that_was_withdrawn_is_not_sent(
    app: Flask, box: Postbox, server: int
) -> None:
    token = invited()
    offered = opened_invitation(token)
    withdraw(offered.event_id, make_user(), offered.id)
    assert send(app)[0] == 0
    assert box.letters == []


def test_without_a_server_one_is_told_what_to_set(app: Flask) -> None:
    ask("layla@desk.example")
    code, said = send(app)
    assert code == 2
    assert "SMTP_URL is not set" in said
    assert "(1 waiting)" in said


def test_a_server_that_does_not_answer_is_asked_again_later_and_longer_each_time(
    app: Flask, box: Postbox
) -> None:
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    ask("layla@desk.example", "zin@desk.example", kind=NoticeKind.PASSWORD)
    waits = []
    for _ in range(4):
        code, said = send(app)
        assert code == 1
        assert "Connection refused" in said
        first, second = notices()
        assert first.due_at is not None
        waits.append(round((first.due_at - now()).total_seconds() / 60))
        assert second.attempts == 0  # it would have met the same
        with write_tx() as database:
            database.execute(
                update(Notice).where(Notice.id == 1).values(due_at=now() - timedelta(hours=1))
            )
    assert waits == [1, 2, 4, 8]
    with mail_server(box) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        assert send(app)[0] == 0
    assert len(box.letters) == 2
    assert notices()[0].last_error is None


@pytest.mark.parametrize(
    ("answer", "again"), [("451 greylisted, come back", True), ("554 never heard of it", False)]
)
def test_a_server_says_whether_trying_again_is_of_use(app: Flask, answer: str, again: bool) -> None:
    box = Postbox([answer])
    ask("layla@desk.example", "zin@desk.example")
    with mail_server(box) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        code, said = send(app)
        assert code == 1
        assert f"message 1 (reset): {answer}" in said
        assert ("again in 1 min" if again else "given up") in said
        assert len(box.letters) == 1  # the other one was sent nevertheless
        become_due()
        send(app)
    assert len(box.letters) == (2 if again else 1)
    assert notices()[0].last_error == (None if again else answer)


def test_what_is_said_names_no_recipient(app: Flask, box: Postbox, server: int) -> None:
    """The timer that runs it keeps what it says."""
    ask("layla@desk.example")
    assert "layla" not in send(app)[1]


def test_a_link_that_was_tried_ends_with_the_next_try(app: Flask) -> None:
    box = Postbox()
    ask("layla@desk.example")
    first = operations.claim()
    assert first is not None
    assert isinstance(first, Errand)
    assert first.token is not None
    become_due()
    with mail_server(box) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        send(app)
    with pytest.raises(DeadLinkError):
        opened_reset(first.token)
    opened_reset(token_in(box.letters[0]))


def test_a_message_that_comes_too_late_is_not_sent(app: Flask, box: Postbox, server: int) -> None:
    ask("layla@desk.example")
    with write_tx() as database:
        database.execute(update(Notice).values(created_at=now() - timedelta(minutes=61)))
    code, said = send(app)
    assert (code, box.letters) == (0, [])
    assert "1 given up" in said
    assert notices()[0].last_error == "too late to be of use"


def test_what_was_sent_long_ago_is_forgotten(app: Flask, box: Postbox, server: int) -> None:
    ask("layla@desk.example")
    send(app)
    with write_tx() as database:
        database.execute(update(Notice).values(created_at=now() - timedelta(days=31)))
    send(app)
    assert notices() == []


def _send_in_another_process(environ: dict[str, str]) -> None:
    app = create_app(environ)
    with app.app_context():
        app.test_cli_runner().invoke(args=["mail", "send"])
        db.session.remove()
        db.engine.dispose()


def test_many_who_send_at_once_send_each_message_once(
    app: Flask, box: Postbox, server: int, environ: dict[str, str]
) -> None:
    emails = [f"m{number}@desk.example" for number in range(9)]
    ask(*emails)
    context = multiprocessing.get_context("spawn")
    given = {**environ, "SMTP_URL": f"smtp://127.0.0.1:{server}"}
    processes = [context.Process(target=_send_in_another_process, args=(given,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(100)
    assert sorted(one for (one,) in box.recipients) == sorted(emails)
    for letter in box.letters:
        assert opened_reset(token_in(letter)).email == letter["To"]


class _Slow(Postbox):
    """Takes so long over the first message that the sender can be killed meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def handle_DATA(  # noqa: N802
        self, server: object, session: object, envelope: object
    ) -> str:
        self.asked += 1
        if self.asked == 1:
            await asyncio.sleep(60)
        return await super().handle_DATA(server, session, envelope)


def test_a_sender_that_is_killed_loses_nothing(app: Flask, environ: dict[str, str]) -> None:
    """Its message is sent by the next one, once its claim ran out."""
    ask("layla@desk.example", "zin@desk.example")
    box = _Slow()
    with mail_server(box) as port:
        given = {**environ, "SMTP_URL": f"smtp://127.0.0.1:{port}"}
        process = subprocess.Popen(
            [str(_PLANNER), "mail", "send"],
            env={"PATH": os.environ["PATH"], **given},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while not box.asked and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert box.asked == 1
        app.config["SMTP_URL"] = given["SMTP_URL"]
        send(app)
        assert box.recipients == [["zin@desk.example"]]  # the first is still claimed
        first = notices()[0]
        assert first.due_at is not None
        assert first.sent_at is None
        become_due()
        send(app)
    assert [one for (one,) in box.recipients] == ["zin@desk.example", "layla@desk.example"]
    opened_reset(token_in(box.letters[1]))


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_what_goes_over_a_line_is_encrypted_for_a_server_that_is_who_it_says(
    app: Flask, box: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    context, public = certificate(tmp_path)
    kind = "tls_context" if scheme == "smtp" else "ssl_context"
    ask("layla@desk.example")
    options: dict[str, object] = {kind: context}
    if scheme == "smtp":
        right = knows("mailer@x", "p:ss/word")
        options |= {"require_starttls": True, "auth_required": True, "authenticator": right}
    with mail_server(box, **options) as port:
        user = "mailer%40x:p%3Ass%2Fword@" if scheme == "smtp" else ""
        app.config["SMTP_URL"] = f"{scheme}://{user}127.0.0.1:{port}?from=desk@programme.example"
        code, said = send(app)  # nobody vouches for the certificate
        assert code == 1
        assert "certificate" in said
        assert box.letters == []
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        become_due()
        assert send(app) == (0, "message 1 (reset): sent\n1 sent, 0 not sent, 0 waiting\n")
    assert box.encrypted == [scheme == "smtp"]  # the other was, before the server saw it
    assert box.letters[0]["From"] == "Barnama <desk@programme.example>"


def test_a_wrong_password_is_said_and_not_shown(
    app: Flask, box: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, public = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    ask("layla@desk.example")
    right = knows("mailer", "right")
    with mail_server(box, tls_context=context, authenticator=right, auth_required=True) as port:
        app.config["SMTP_URL"] = f"smtp://mailer:wrong@127.0.0.1:{port}"
        code, said = send(app)
    assert code == 1
    assert "535" in said
    assert "wrong@" not in said


def test_a_server_elsewhere_that_cannot_encrypt_gets_nothing(
    app: Flask, box: Postbox, server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links open accounts: who listens on the way must not read them."""
    real = socket.create_connection

    def nearby(address: tuple[str, int], *rest: object, **more: object) -> socket.socket:
        return real(("127.0.0.1", address[1]), *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", nearby)
    ask("layla@desk.example")
    app.config["SMTP_URL"] = f"smtp://mail.far.example:{server}"
    code, said = send(app)
    assert code == 1
    assert "does not offer STARTTLS" in said
    assert box.letters == []


@pytest.mark.parametrize(
    ("url", "host", "port", "sender", "local"),
    [
        ("smtp://localhost", "localhost", 25, "no-reply@here.example", True),
        ("smtps://mail.x.example", "mail.x.example", 465, "no-reply@here.example", False),
        ("smtp://[::1]:2525?from=a@b.example", "::1", 2525, "a@b.example", True),
    ],
)
def test_the_address_says_all(url: str, host: str, port: int, sender: str, local: bool) -> None:
    server = server_of(url, "here.example")
    assert (server.host, server.port, server.sender.addr_spec, server.is_local) == (
        host,
        port,
        sender,
        local,
    )


def test_a_sender_that_is_no_address_is_refused(app: Flask) -> None:
    app.config["SMTP_URL"] = "smtp://localhost?from=nobody%0d%0aBcc:x"
    code, said = send(app)
    assert code == 2
    assert said.startswith("Error: SMTP_URL: ")


def test_one_connection_carries_many_messages(app: Flask, box: Postbox, server: int) -> None:
    ask(*(f"m{number}@desk.example" for number in range(4)))
    send(app)
    assert len(box.letters) == 4
    assert len(set(box.sessions)) == 1


class _Impatient(Postbox):
    """Wants nothing more to do with somebody who lingers."""

    async def handle_NOOP(self, *_: object) -> str:  # noqa: N802
        return "421 goodbye"


def test_a_server_that_ends_a_connection_gets_the_rest_by_another(app: Flask) -> None:
    box = _Impatient()
    ask("layla@desk.example", "zin@desk.example")
    with mail_server(box) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        assert send(app)[0] == 0
    assert len(box.letters) == 2
    assert len(set(box.sessions)) == 2


def test_no_more_are_taken_in_a_minute_than_the_server_allows(app: Flask) -> None:
    ask(*(f"m{number}@desk.example" for number in range(3)))
    taken = [operations.claim(per_minute=2) for _ in range(3)]
    assert isinstance(taken[0], Errand)
    assert isinstance(taken[1], Errand)
    assert isinstance(taken[2], Pause)
    assert 50 < taken[2].seconds <= 60
    with write_tx() as database:
        database.execute(
            update(Notice).where(Notice.id == 1).values(claimed_at=now() - timedelta(seconds=61))
        )
    assert isinstance(operations.claim(per_minute=2), Errand)


def test_a_sender_waits_and_goes_on_when_the_minute_is_over(
    app: Flask, box: Postbox, server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("layla@desk.example", "zin@desk.example")
    app.config["SMTP_URL"] += "?per_minute=1"

    def a_minute_goes_by(_seconds: float) -> None:
        with write_tx() as database:
            database.execute(update(Notice).values(claimed_at=now() - timedelta(seconds=61)))

    monkeypatch.setattr("planner.notices.sending.sleep", a_minute_goes_by)
    assert send(app)[1].endswith("2 sent, 0 not sent, 0 waiting\n")


@pytest.mark.parametrize("limit", ["0", "-1", "many", ""])
def test_a_limit_that_is_none_is_refused(app: Flask, limit: str) -> None:
    app.config["SMTP_URL"] = f"smtp://localhost?per_minute={limit}"
    code, said = send(app)
    if limit:
        assert code == 2
        assert "per_minute must be a number above 0" in said
    else:
        assert code == 0
