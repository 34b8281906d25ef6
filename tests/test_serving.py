"""The production server: it answers, it ends, and its log names nobody."""

import logging
import re
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from planner.database import write_tx
from planner.serving import RedactingFormatter, redacted
from tests.plans import make_plan, released
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


def test_what_the_application_logs_names_no_token_either(server: Server) -> None:
    with write_tx() as session:
        session.execute(text("alter table release rename to release_gone"))
    status, _ = server.get("/speak/schedule.xml")
    told = server.stop()
    assert status == 500
    assert "Exception on /speak/… [GET]" in told
    assert "speak/schedule.xml" not in told


def test_a_line_of_the_log_is_kept_but_for_the_token() -> None:
    line = '"GET /en/e/calendar/agenda/abc-DEF_1.ics?x=1 HTTP/1.1" 200 5'
    assert redacted(line) == '"GET /en/e/calendar/agenda/…?x=1 HTTP/1.1" 200 5'
    assert redacted('"GET /en/e/calendar/programme.ics"') == '"GET /en/e/calendar/programme.ics"'
    assert redacted('"GET /en/e/programme?q=%D9%85%D8%A7%D8%A1"').endswith('%D9%85%D8%A7%D8%A1"')


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
