"""A lost link is sent again, and a link that opens nothing is as if it had never been one."""

import re
import secrets

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from planner.database import write_tx
from planner.extensions import db
from planner.links.models import Opens
from planner.links.operations import link_of, renew, revoke
from planner.notices.models import Notice, NoticeKind
from planner.speakers.models import Speaker
from tests.conftest import BASE_URL
from tests.plans import ENKIDU, SIDURI, ZIN, make_plan, plan_to_change, released
from tests.slots.speaking import link
from tests.statements import statements

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Make the small event and publish it; return the browser of somebody without a link."""
    make_plan()
    released()
    return app.test_client()


def ask(client: FlaskClient, email: str, **how: str) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Ask for a link; return all that the answer says, and the page to which it leads."""
    sent = client.post("/speak/", data={"email": email}, **how)
    if sent.status_code != 303:
        return sent.status_code, sent.data, list(sent.headers)
    page = client.get(sent.headers["Location"], **how)
    return page.status_code, sent.data + page.data, [*sent.headers, *page.headers]


def waiting() -> list[str]:
    """Return to whom a link waits in the outbox."""
    db.session.rollback()
    found = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.LINK))
    return sorted(notice.speaker.code for notice in found if notice.speaker)


def speaker_id(code: str) -> int:
    """Return the number of a speaker."""
    return db.session.scalars(select(Speaker.id).where(Speaker.code == code)).one()


def test_a_lost_link_is_sent_to_the_address_on_file(visitor: FlaskClient) -> None:
    before = link(ZIN)
    status, page, _ = ask(visitor, f" {ZIN}@People.INVALID ")
    assert status == 200
    assert b"is on its way" in page
    assert waiting() == [ZIN]
    assert link(ZIN) == before, "whoever asks ends no link"


def test_whoever_asks_is_told_the_same(visitor: FlaskClient) -> None:
    """The addresses are as long as each other, as they stand in the form and nowhere else."""
    known = ask(visitor, f"{ZIN}@people.invalid")
    again = ask(visitor, f"{ZIN}@people.invalid")
    unknown = ask(visitor, "QQQQQQ@people.invalid")
    assert known == again == unknown
    assert waiting() == [ZIN]


def test_whoever_asks_costs_the_same(visitor: FlaskClient) -> None:
    ask(visitor, "first@people.invalid")
    asked = []
    for email in (f"{ZIN}@people.invalid", f"{ZIN}@people.invalid", "QQQQQQ@people.invalid"):
        with statements() as sent:
            visitor.post("/speak/", data={"email": email})
        asked.append(sent)
    assert asked[0] == asked[1] == asked[2]
    assert any(statement.startswith("INSERT INTO outbox") for statement in asked[0])


def test_an_address_gets_a_link_for_each_event_and_each_speaker_who_has_it(
    visitor: FlaskClient,
) -> None:
    make_plan("other-days", codes="X")
    with write_tx() as database:
        wanted = Speaker.code.in_([SIDURI, ENKIDU, f"X{ZIN}"])
        database.execute(update(Speaker).where(wanted).values(email="Office@people.invalid"))
    ask(visitor, "office@people.invalid")
    assert waiting() == sorted([SIDURI, ENKIDU, f"X{ZIN}"])


@pytest.mark.parametrize("email", ["", " ", "nobody", "a@b@c", "x" * 400 + "@people.invalid"])
def test_what_is_no_address_is_told_beside_the_field(visitor: FlaskClient, email: str) -> None:
    status, page, _ = ask(visitor, email)
    assert status == 422
    assert b'id="email-errors"' in page
    assert waiting() == []


def test_nobody_is_written_to_without_an_address(visitor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].email = ""
        plan.speakers[ENKIDU].email = None
    ask(visitor, "")
    assert waiting() == []


def test_an_address_is_asked_for_only_so_often_whether_it_is_known_or_not(
    visitor: FlaskClient,
) -> None:
    found = []
    for email in (f"{ZIN}@people.invalid", "QQQQQQ@people.invalid"):
        answers = [ask(visitor, email) for _ in range(6)]
        assert [status for status, *_ in answers] == [200] * 5 + [429]
        found.append(answers[-1])
    assert found[0][1] == found[1][1]
    assert b"Too many attempts" in found[0][1]
    assert dict(found[0][2])["Retry-After"].isdecimal()
    for name, value in _HEADERS.items():
        assert dict(found[0][2])[name] == value


def test_a_network_is_held_back_whichever_addresses_it_asks_for(app: Flask) -> None:
    make_plan()
    near, far = (app.test_client(use_cookies=False) for _ in range(2))
    for number in range(30):
        near.post(
            "/speak/",
            data={"email": f"guess-{number}@people.invalid"},
            environ_base={"REMOTE_ADDR": f"203.0.113.{number}"},
        )
    asked = {"email": f"{ZIN}@people.invalid"}
    held = near.post("/speak/", data=asked, environ_base={"REMOTE_ADDR": "203.0.113.99"})
    assert held.status_code == 429
    assert waiting() == []
    assert far.post("/speak/", data=asked, environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert waiting() == [ZIN]


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_its_pages_speak_the_language_that_was_chosen_or_the_one_of_the_browser(
    visitor: FlaskClient, lang: str
) -> None:
    frame = f'<html lang="{lang}" dir="rtl">'
    asked = {"Accept-Language": lang}
    assert frame in visitor.get("/speak/", headers=asked).text
    assert frame in visitor.get("/speak/dead", headers=asked).text
    assert frame in visitor.get(f"/speak/dead?lang={lang}").text
    page = visitor.get(f"/speak/?lang={lang}").text
    assert f'action="/speak/?lang={lang}"' in page
    sent = visitor.post(f"/speak/?lang={lang}", data={"email": "x@people.invalid"})
    assert f"lang={lang}" in sent.headers["Location"]
    assert frame in visitor.get(sent.headers["Location"]).text


def dead_tokens() -> dict[str, str]:
    """Return tokens that open no page, by why."""
    with write_tx() as database:
        ended = link_of(database, speaker_id(SIDURI), Opens.PAGE)
        revoke(database, [speaker_id(SIDURI)])
        renewed = link_of(database, speaker_id(ENKIDU), Opens.PAGE)
        current = renew(database, speaker_id(ENKIDU), Opens.PAGE)
        calendar = link_of(database, speaker_id(ZIN), Opens.CALENDAR)
    return {
        "never was": secrets.token_urlsafe(32),
        "ended": ended,
        "renewed": renewed,
        "calendar": calendar,
        "cut off": current[:-1],
        "other letters": current.swapcase(),
        "no token": "dead",
    }


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_a_link_that_was_ended_answers_as_one_that_never_was(
    visitor: FlaskClient, method: str
) -> None:
    """Octet by octet, headers included, whatever it once opened or opens elsewhere."""
    for query in ("", "?lang=ckb"):
        found = {
            why: visitor.open(f"/speak/{token}{query}", method=method)
            for why, token in dead_tokens().items()
        }
        told = {
            why: (answer.status, list(answer.headers), answer.data) for why, answer in found.items()
        }
        assert all(answer == told["never was"] for answer in told.values()), told
        assert found["ended"].status_code == (200 if method == "OPTIONS" else 404)
        for name, value in _HEADERS.items():
            assert found["ended"].headers[name] == value


def test_what_a_link_did_not_open_costs_the_same(visitor: FlaskClient) -> None:
    asked = []
    for token in dead_tokens().values():
        with statements() as sent:
            visitor.get(f"/speak/{token}")
        asked.append(sent)
    assert all(sent == asked[0] for sent in asked)


def test_a_dead_link_leads_to_the_form_that_sends_it_again(visitor: FlaskClient) -> None:
    page = visitor.get("/speak/dead").text
    assert re.search(r'href="/speak/"', page)
    assert visitor.get("/speak", follow_redirects=True).status_code == 200


def _addresses(app: Flask, token: str) -> list[tuple[str, str]]:
    """Return the addresses below /speak/ with each method, those behind a link with its token."""
    samples = {"token": token, "code": "4CDFGH", "number": 1, "day": "2017-01-18", "lang": "ar"}
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("speak."):
            values = {name: samples.get(name, "1") for name in rule.arguments}
            built = rule.build(values, append_unknown=False)
            assert built is not None, rule
            found += [(method, built[1]) for method in sorted(rule.methods or ())]
    return found


def test_opening_pages_behind_a_link_writes_nothing(visitor: FlaskClient) -> None:
    """Programs that look after mail open every link."""
    for code in (SIDURI, ENKIDU, ZIN):
        token = link(code)
        before = _contents()
        for method, address in _addresses(visitor.application, token):
            if method in {"GET", "HEAD", "OPTIONS"}:
                for query in ("", "?lang=ckb", "?sent=1"):
                    answer = visitor.open(address + query, method=method, base_url=BASE_URL)
                    assert answer.status_code < 500, address
                    assert "Set-Cookie" not in answer.headers, address
        assert _contents() == before


def _contents() -> dict[str, list[str]]:
    db.session.rollback()
    return {
        table.name: sorted(str(tuple(row)) for row in db.session.execute(select(table)))
        for table in db.metadata.sorted_tables
    }


def test_nothing_below_is_kept_found_or_told_to_others(visitor: FlaskClient) -> None:
    """Whether the link opens something or not, and where no page is at all."""
    for token in (link(SIDURI), "dead"):
        more = [
            ("GET", f"/speak/{token}/no/such/page/at/all"),
            ("PUT", f"/speak/{token}"),
            ("GET", f"/speak//{token}"),
            ("GET", "/speak"),
        ]
        for method, address in (*_addresses(visitor.application, token), *more):
            headers = visitor.open(BASE_URL + address, method=method).headers
            told = {name: headers.get(name) for name in _HEADERS}
            assert told == _HEADERS, f"{method} {address}"
            assert headers.getlist("Referrer-Policy") == ["no-referrer"]


def test_every_address_behind_a_dead_link_answers_alike(visitor: FlaskClient) -> None:
    answers = {
        (answer.status_code, answer.data)
        for method, address in _addresses(visitor.application, "dead")
        if method in {"GET", "POST"} and address != "/speak/"
        for answer in [visitor.open(address, method=method, base_url=BASE_URL)]
    }
    assert len(answers) == 1
    assert {status for status, _ in answers} == {404}
