"""The pages behind a participant's private link: confirm, change, cancel, delete; a link lost."""

import re
import secrets
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now
from planner.participants.models import Participant, Standing
from planner.serving import redacted
from tests.conftest import BASE_URL
from tests.registration.people import Registrant, make_registration, messages, several
from tests.statements import statements

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_PATHS = ("", "/change", "/cancel", "/erase")


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event with two places."""
    make_registration(app, places=2)


def test_opening_the_link_changes_nothing_and_the_button_confirms(app: Flask) -> None:
    person = Registrant(app).register()
    before = person.row.version
    for path in _PATHS:
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = person.client.open(person.link + path, method=method, base_url=BASE_URL)
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
    assert (person.standing, person.row.version) == (Standing.UNCONFIRMED, before)
    assert "نينسون" in person.own().text
    done = person.do()
    assert done.status_code == 303
    assert person.standing is Standing.REGISTERED
    page = person.client.get(done.headers["Location"], base_url=BASE_URL).text
    assert "Your address is confirmed." in page
    assert "You are registered for" in page


def test_who_comes_too_late_reads_their_place_on_the_waiting_list(app: Flask) -> None:
    people = several(app, 4)
    assert [person.standing for person in people] == [Standing.REGISTERED] * 2 + [
        Standing.WAITING
    ] * 2
    assert "You are the next." in people[2].own().text
    assert "1 person waits before you." in people[3].own().text
    people[0].do("/cancel")
    assert people[2].standing is Standing.REGISTERED
    assert "You are the next." in people[3].own().text
    assert messages()[-1] == ("moved_up", people[2].email)


def test_it_is_changed_with_errors_beside_the_fields(app: Flask) -> None:
    person = Registrant(app).confirmed()
    page = person.own("/change").text
    assert re.search(r'name="follow" value="ckb" checked', page)
    assert 'name="email"' not in page
    wrong = person.do("/change", name="", follow=["en"], access_needs="بلا درج")
    assert wrong.status_code == 422
    assert 'id="name-errors"' in wrong.text
    assert "بلا درج" in wrong.text
    done = person.do("/change", name="Ninsun", follow=["en"], interpretation=[])
    assert done.status_code == 303
    row = person.row
    assert (row.name, row.languages, row.interpretation) == ("Ninsun", ["en"], [])
    assert row.standing is Standing.REGISTERED


def test_it_is_cancelled_and_registered_once_more(app: Flask) -> None:
    person = Registrant(app).confirmed()
    person.do("/cancel")
    assert person.standing is Standing.CANCELLED
    page = person.own().text
    assert "is cancelled" in page
    assert "/en/river-days/registration" in page
    person.do("/change", name="No", follow=["en"])
    assert person.row.name == "نينسون"
    person.confirmed()
    assert person.standing is Standing.REGISTERED
    assert person.row.languages == ["ar", "ckb"]


def test_everything_is_deleted_when_they_want_and_the_link_is_dead(app: Flask) -> None:
    people = several(app, 3)
    link = people[0].link
    done = people[0].do("/erase")
    assert done.status_code == 303
    assert "Nothing is stored about you" in people[0].client.get(done.headers["Location"]).text
    assert people[0].client.get(link, base_url=BASE_URL).status_code == 404
    assert db.session.scalar(select(func.count(Participant.id))) == 2
    assert people[2].standing is Standing.REGISTERED


def dead(person: Registrant) -> dict[str, str]:
    """Return paths that open nothing, by why."""
    gone = Registrant(person.client.application, "gone@people.invalid").register()
    link = gone.link
    gone.do("/erase")
    late = Registrant(person.client.application, "late@people.invalid").register()
    with write_tx() as database:
        database.execute(
            update(Participant)
            .where(Participant.email == late.email)
            .values(created_at=now() - timedelta(hours=49))
        )
    return {
        "never was": f"/registration/{secrets.token_urlsafe(32)}",
        "erased": link,
        "too late": late.link,
        "cut off": person.link[:-1],
        "other letters": f"/registration/{person.link.rsplit('/', 1)[1].swapcase()}",
        "no token": "/registration/dead",
    }


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_a_link_that_is_over_answers_as_one_that_never_was(app: Flask, method: str) -> None:
    person = Registrant(app).confirmed()
    paths = dead(person)
    for query in ("", "?lang=ckb"):
        told = {}
        for why, path in paths.items():
            for below in _PATHS:
                answer = person.client.open(path + below + query, method=method, base_url=BASE_URL)
                told[why, below] = (answer.status, list(answer.headers), answer.data)
        for (why, below), answer in told.items():
            assert answer == told["never was", below], (why, below)
        wanted = 200 if method == "OPTIONS" else 404
        assert told["erased", ""][0].startswith(str(wanted))


def test_nothing_below_is_kept_found_or_told_to_others(app: Flask) -> None:
    person = Registrant(app).confirmed()
    for path in (
        *(person.link + below for below in _PATHS),
        "/registration/",
        "/registration",
        "/registration/dead",
        f"{person.link}/no/such/page",
    ):
        answer = person.client.get(path, base_url=BASE_URL)
        assert {name: answer.headers.get(name) for name in _HEADERS} == _HEADERS, path
        assert answer.headers.getlist("Referrer-Policy") == ["no-referrer"]


def test_logs_hold_no_token(app: Flask) -> None:
    link = Registrant(app).register().link
    token = link.rsplit("/", 1)[1]
    for line in (f'"GET {link}/change HTTP/1.1" 200', f"/registration//{token}", f"x/{token}"):
        assert token not in redacted(line)
    assert redacted("/en/river-days/registration?sent=1") == "/en/river-days/registration?sent=1"


def test_the_database_holds_no_token(app: Flask) -> None:
    person = Registrant(app).register()
    token = person.link.rsplit("/", 1)[1]
    row = person.row
    assert len(token) == 43
    assert token not in {row.nonce, row.digest}


def test_a_lost_link_is_sent_again_with_the_same_answer_for_everybody(app: Flask) -> None:
    known = Registrant(app, "one@people.invalid").confirmed()
    Registrant(app, "two@people.invalid").register()
    cancelled = Registrant(app, "six@people.invalid").confirmed()
    cancelled.do("/cancel")
    before = len(messages())
    answers, asked = [], []
    for email in (
        "one@people.invalid",
        "TWO@people.invalid",
        "six@people.invalid",
        "ten@x.invalid",
    ):
        with statements() as sent:
            answer = known.client.post("/registration/", data={"email": email}, base_url=BASE_URL)
        page = known.client.get(answer.headers["Location"], base_url=BASE_URL)
        answers.append((answer.status, answer.data, list(answer.headers), page.data))
        asked.append(len(sent))
    assert all(answer == answers[0] for answer in answers)
    assert messages()[before:] == [("registration", "one@people.invalid")], "one waits already"
    wrong = known.client.post("/registration/", data={"email": "nobody"}, base_url=BASE_URL)
    assert wrong.status_code == 422
    assert 'id="email-errors"' in wrong.text


def test_a_link_is_asked_for_only_so_often(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    asked = [
        client.post("/registration/", data={"email": "x@people.invalid"}, base_url=BASE_URL)
        for _ in range(6)
    ]
    assert [answer.status_code for answer in asked] == [303] * 5 + [429]
    assert asked[-1].headers["Retry-After"].isdecimal()
    assert asked[-1].headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_its_pages_speak_the_language_of_the_registration_or_the_one_chosen(
    app: Flask, lang: str
) -> None:
    person = Registrant(app, lang=lang).register()
    frame = f'<html lang="{lang}" dir="rtl">'
    own = person.client.get(person.link, base_url=BASE_URL)
    assert frame in own.text
    assert '<html lang="en" dir="ltr">' in person.own(lang="en").text
    dead_page = person.client.get("/registration/dead", headers={"Accept-Language": lang})
    assert frame in dead_page.text
