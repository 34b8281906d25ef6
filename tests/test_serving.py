"""The production server: it answers, it ends, and its log names nobody."""

import base64
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from hypothesis import given
from hypothesis.strategies import binary, booleans, integers, lists, sampled_from
from sqlalchemy import select, text
from werkzeug.serving import make_server

from planner.database import write_tx
from planner.links.models import Opens
from planner.links.operations import link_of
from planner.serving import RedactingFormatter, redacted
from planner.speakers.models import Speaker
from tests.plans import SIDURI, make_plan, released
from tests.serving import Server, serving


@pytest.fixture
def server(app: Flask, environ: dict[str, str]) -> Iterator[Server]:
    """Start the real server on an installation that publishes the small event."""
    make_plan()
    released()
    with serving(environ, workers=2) as server:
        yield server


def test_the_server_answers_and_ends_when_it_is_told_to(server: Server) -> None:
    assert server.get("/healthz") == (200, b"ok\n")
    status, feed = server.get("/ar/river-days/calendar/programme.ics")
    assert status == 200
    assert feed.startswith(b"BEGIN:VCALENDAR")
    told = server.stop()
    assert server.process.returncode == 0
    assert "Traceback" not in told


def test_the_log_names_no_token_no_address_and_no_referrer(server: Server) -> None:
    secret = "open-sesame"
    for path in (
        f"/speak/{secret}",
        f"/speak/{secret}?page=2",
        f"/en/river-days/calendar/agenda/{secret}.ics",
        f"/ckb/river-days/calendar/slots/{secret}.ics",
        f"/desk/account/reset/{secret}",
        f"/desk/account/login?next=/desk/account/invitation/{secret}",
        f"/desk/account/login?next=%2Fdesk%2Faccount%2Finvitation%2F{secret}",
        f"/%73peak/{secret}",
        f"/en/river-days/calendar%2Fagenda%2F{secret}.ics",
    ):
        server.get(path, Referer=f"https://x.example/speak/{secret}", Cookie=secret)
    server.send(f"GET /speak/{secret} HTTP/9.9\r\n\r\n".encode())
    server.send(f"GET /speak/{secret}{'x' * 5000} HTTP/1.1\r\n\r\n".encode())
    server.send(f"G\x00T /speak/{secret} {secret}\r\n\r\n".encode())
    server.get("/en/river-days/programme", **{"X-Forwarded-For": "203.0.113.77"})
    told = server.stop()
    assert "/speak/… HTTP/1.1" in told
    assert "GET /en/river-days/programme HTTP/1.1" in told
    assert secret not in told
    assert "203.0.113.77" not in told
    lines = [line for line in told.splitlines() if not line.startswith("warning:")]
    assert "127.0.0.1" not in "\n".join(lines)


@pytest.fixture
def link(app: Flask) -> str:
    """Make a speaker of the small event a link; return its token."""
    make_plan()
    released()
    with write_tx() as database:
        speaker_id = database.scalars(select(Speaker.id).where(Speaker.code == SIDURI)).one()
        return link_of(database, speaker_id, Opens.PAGE)


def test_no_request_for_a_page_behind_a_link_puts_the_token_into_the_log(
    link: str, environ: dict[str, str]
) -> None:
    """Whether it is answered, is not there, or breaks; and however its address is written."""
    encoded = "".join(f"%{ord(letter):02x}" for letter in link)
    with serving(environ, workers=1) as server:
        assert server.get(f"/speak/{link}")[0] == 200
        for path in (
            f"/speak/{link}?lang=ckb",
            f"/speak/{link}/no/such/page",
            f"/speak/{encoded}",
            f"//speak//{link}",
            f"/speak//{link}",
            f"/speak/./{link}",
            f"/speak/../speak/{link}",
            f"/speak%2F{link}",
            f"/speak%252F{link}",
            f"/speak%2F%2F{encoded}",
            f"/speak/x?next=%2Fspeak%2F{link}",
            f"/Speak/{link}",
            f"/ar/river-days/calendar/slots/{link}.ics",
            f"/ar/river-days/calendar//slots/{link}.ics",
            f"/ar/river-days/calendar%2Fslots%2F{link}.ics",
            f"/{link}",
        ):
            server.get(path, Referer=f"https://x.example/speak/{link}")
        server.send(f"POST /speak/{link} HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n".encode())
        server.send(f"HEAD /speak/{link} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with write_tx() as database:
            database.execute(text("alter table speaker_link rename to speaker_link_gone"))
        assert server.get(f"/speak/{link}")[0] == 500
        assert server.get(f"/speak/{encoded}")[0] == 500
        told = server.stop()
    assert "Exception on /speak/… [GET]" in told
    assert "Traceback" in told
    assert link not in told
    assert link not in unquote(unquote(told))


def test_the_server_for_development_logs_no_token_either(
    app: Flask, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        with caplog.at_level("INFO"), closing(HTTPConnection(*server.server_address)) as line:
            for path in (f"/speak/{link}", f"//speak//{link}", f"/speak/x?next=%2Fspeak%2F{link}"):
                line.request("GET", path)
                line.getresponse().read()
                line.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert "GET /speak/… HTTP/1.1" in caplog.text
    assert link not in caplog.text
    assert link not in unquote(caplog.text)


def test_the_log_of_the_application_names_no_token_whoever_writes_it_down(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise LookupError("/speak/open-sesame is gone")
    except LookupError:
        app.logger.exception("Exception on %s [GET]", "/speak/open-sesame")
    assert "Exception on /speak/… [GET]" in caplog.text
    assert "LookupError: /speak/… is gone" in caplog.text
    assert "open-sesame" not in caplog.text


def test_a_line_of_the_log_is_kept_but_for_the_token() -> None:
    line = '"GET /en/e/calendar/agenda/abc-DEF_1.ics?x=1 HTTP/1.1" 200 5'
    assert redacted(line) == '"GET /en/e/calendar/agenda/…?x=1 HTTP/1.1" 200 5'
    assert redacted('"GET /en/e/calendar/programme.ics"') == '"GET /en/e/calendar/programme.ics"'
    assert redacted('"GET /en/e/programme?q=%D9%85%D8%A7%D8%A1"').endswith('%D9%85%D8%A7%D8%A1"')
    assert redacted('"GET /speak/ HTTP/1.1" 200') == '"GET /speak/ HTTP/1.1" 200'
    assert redacted('"GET /speak/abc/texts?lang=ar"') == '"GET /speak/…/texts?lang=ar"'
    assert redacted("100%\n/speak/abc") == "100%\n/speak/…"
    secret = "a-_9" * 10 + "xyz"
    for begins in ("/healthz?", "/x?a=b&", "/x?a=", "/x/", "/x?q=a+"):
        assert redacted(f'"GET {begins}{secret} HTTP/1.1"') == f'"GET {begins}… HTTP/1.1"'


@given(
    token=binary(min_size=32, max_size=32),
    prefix=sampled_from(["/speak/", "/ar/e/calendar/slots/", "/desk/account/reset/", "//speak//"]),
    depth=integers(0, 3),
    letters=lists(booleans(), min_size=43, max_size=43),
)
def test_no_way_to_write_an_address_brings_its_token_into_the_log(
    token: bytes, prefix: str, depth: int, letters: list[bool]
) -> None:
    """Each of its letters may be written as it is or in hexadecimal, and all of it so again."""
    secret = base64.urlsafe_b64encode(token).rstrip(b"=").decode()
    pairs = zip(secret, letters, strict=True)
    written = prefix + "".join(f"%{ord(one):02X}" if hex_ else one for one, hex_ in pairs)
    for _ in range(depth):
        written = quote(written, safe="")
    told = redacted(f'"GET {written} HTTP/1.1" 404 1')
    for _ in range(depth + 1):
        assert secret not in told
        told = unquote(told)
    assert secret not in told


def test_an_error_is_told_without_the_token_in_its_message_and_traceback() -> None:
    try:
        raise LookupError("/speak/open-sesame is gone")
    except LookupError:
        record = logging.LogRecord(
            "planner",
            logging.ERROR,
            "x",
            1,
            "Exception on %s",
            ("/speak/open-sesame",),
            sys.exc_info(),
        )
    told = RedactingFormatter().format(record)
    assert "open-sesame" not in told
    assert re.search(r"Exception on /speak/…\nTraceback", told)
    assert "LookupError" in told
