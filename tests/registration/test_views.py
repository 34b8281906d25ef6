"""The public page of registration: before, open, full, ended; what it asks and what it tells."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now
from planner.notices.models import Notice
from planner.participants.models import Participant, Principles, Standing
from planner.registration import guards
from planner.registration.principles import digest_of
from planner.releases.queries import ReleaseSource
from tests.conftest import BASE_URL
from tests.plans import SLUG, make_plan, plan_to_change, released
from tests.registration.people import (
    PRINCIPLES,
    Registrant,
    make_registration,
    messages,
    open_registration,
    several,
    wall,
)
from tests.statements import statements


def number_of_rows() -> int:
    """Return how many registrations there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count(Participant.id))) or 0


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_before_it_opens_it_says_when_with_hour_and_zone(app: Flask, lang: str) -> None:
    make_registration(app, opens=30, closes=60)
    page = Registrant(app, lang=lang).look().text
    opens = wall(now() + timedelta(hours=30))
    assert f"{opens:%H:%M}</time>" in page
    assert "Asia/Baghdad, UTC+03:00" in page
    assert 'name="email"' not in page
    assert Registrant(app).send().status_code == 200
    assert number_of_rows() == 0


def test_when_it_has_ended_it_says_so_with_thanks(app: Flask) -> None:
    make_registration(app, opens=-60, closes=-0.01)
    page = Registrant(app).look().text
    assert "Registration has ended. Thank you" in page
    assert 'name="email"' not in page
    Registrant(app).send()
    assert number_of_rows() == 0


def test_without_a_last_moment_it_ends_with_the_event(app: Flask) -> None:
    make_registration(app, opens=-60, closes=None)
    assert "has ended" in Registrant(app).look().text
    with plan_to_change() as plan:
        plan.event.last_day = wall(now()).date()
    released(hours=1)
    assert 'name="email"' in Registrant(app).look().text


def test_there_is_none_where_nothing_is_public_or_no_day_is_set(app: Flask) -> None:
    app.extensions["planner.programmes"] = ReleaseSource(seconds=0)
    make_plan()
    assert Registrant(app).look().status_code == 404
    released()
    assert Registrant(app).look().status_code == 404
    assert b"/registration" not in Registrant(app).client.get(f"/en/{SLUG}/").data
    open_registration()
    assert f"/en/{SLUG}/registration" in Registrant(app).client.get(f"/en/{SLUG}/").text


def test_whoever_registers_is_asked_to_look_into_their_mail(app: Flask) -> None:
    make_registration(app)
    person = Registrant(app, "Ninsun@People.invalid", "ar")
    sent = person.send(organisation="دار القصب", access_needs="بلا درج\r\nوقرب الباب")
    assert sent.status_code == 303
    page = person.client.get(sent.headers["Location"], base_url=BASE_URL)
    assert page.status_code == 200
    assert 'role="status"' in page.text
    person.email = "ninsun@people.invalid"
    row = person.row
    assert (row.standing, row.language) == (Standing.UNCONFIRMED, "ar")
    assert (row.name, row.organisation) == ("نينسون", "دار القصب")
    assert row.access_needs == "بلا درج\nوقرب الباب"
    assert (row.languages, row.interpretation) == (["ar", "ckb"], ["ar"])
    assert messages() == [("confirming", "ninsun@people.invalid")]


def test_what_is_wrong_stands_beside_the_fields_and_nothing_typed_is_lost(app: Flask) -> None:
    make_registration(app)
    person = Registrant(app)
    answer = person.send(
        name=" ",
        email="nobody",
        follow=None,
        agree=None,
        organisation="<b>ڕێکخراو",
        access_needs="x",
    )
    assert answer.status_code == 422
    for field in ("name", "email", "follow", "agree"):
        assert f'id="{field}-errors"' in answer.text, field
    assert 'value="nobody"' in answer.text
    assert 'value="&lt;b&gt;ڕێکخراو"' in answer.text
    assert re.search(r'name="interpretation" value="ar" checked', answer.text)
    assert number_of_rows() == 0
    again = re.search(r'name="stamp"[^>]*value="([\d.\w]+)"', answer.text)
    assert again is not None
    assert person.send(stamp=again[1]).status_code == 303, "mending it may be quick"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 201),
        ("email", "x" * 250 + "@people.invalid"),
        ("email", "İ" * 120 + "@people.invalid"),
        ("email", "a@b@people.invalid\nBcc: others@people.invalid"),
        ("organisation", "x" * 201),
        ("access_needs", "x" * 2001),
        ("follow", ["xx"]),
        ("interpretation", ["tlh"]),
    ],
)
def test_what_is_too_long_or_unheard_of_is_refused(app: Flask, field: str, value: object) -> None:
    make_registration(app)
    assert Registrant(app).send(**{field: value}).status_code == 422
    assert number_of_rows() == 0


def test_whoever_registers_with_an_address_that_is_known_is_told_the_same(app: Flask) -> None:
    make_registration(app)
    known = Registrant(app, "one@people.invalid").confirmed()
    before = (known.row.name, known.row.version)
    answers = []
    for email in ("one@people.invalid", "two@people.invalid"):
        sent = Registrant(app, email).send(name="Somebody else")
        page = Registrant(app, email).client.get(sent.headers["Location"], base_url=BASE_URL)
        answers.append((sent.status, sent.data, list(sent.headers), page.data, list(page.headers)))
    assert answers[0] == answers[1]
    assert (known.row.name, known.row.version) == before, "nobody changes it without the link"
    assert messages()[1:] == [
        ("registration", "one@people.invalid"),
        ("confirming", "two@people.invalid"),
    ]


def test_an_address_gets_a_few_messages_a_day_however_often_it_is_typed(app: Flask) -> None:
    make_registration(app)
    make_plan("other-days", codes="X")
    open_registration(slug="other-days")
    person = Registrant(app).confirmed()
    for number in range(6):
        db.session.rollback()
        with write_tx() as database:  # each is sent at once
            for notice in database.scalars(select(Notice)):
                notice.due_at, notice.sent_at = None, now()
        person.client.post(
            "/registration/",
            data={"email": person.email},
            base_url=BASE_URL,
            environ_base={"REMOTE_ADDR": f"203.0.{number}.1"},
        )
    assert len(messages()) == 4


def test_the_wording_that_was_agreed_to_is_kept(app: Flask) -> None:
    make_registration(app)
    first = Registrant(app, "one@people.invalid").register()
    again = Registrant(app, "two@people.invalid").register()
    assert first.row.principles.texts == PRINCIPLES
    assert first.row.principles_id == again.row.principles_id
    assert first.row.principles.digest == digest_of(tuple(PRINCIPLES))


def test_principles_that_change_while_the_form_is_open_are_asked_anew(app: Flask) -> None:
    make_registration(app)
    person = Registrant(app)
    fields = person.fields(organisation="Reeds")
    with plan_to_change() as plan:
        plan.event.principles = [*PRINCIPLES, {"en": "Nobody records."}]
    released(hours=1)
    answer = person.client.post(person.address, base_url=BASE_URL, data=fields)
    assert answer.status_code == 409
    assert "The principles were changed" in answer.text
    assert "Nobody records." in answer.text
    assert 'value="Reeds"' in answer.text
    assert not re.search(r'name="agree"[^>]* checked', answer.text)
    assert number_of_rows() == 0
    assert person.send().status_code == 303
    assert len(person.row.principles.texts) == 3
    assert db.session.scalar(select(func.count(Principles.id))) == 1


def test_an_event_without_principles_asks_for_no_agreement(app: Flask) -> None:
    make_registration(app)
    with plan_to_change() as plan:
        plan.event.principles = []
    released(hours=1)
    assert 'name="agree"' not in Registrant(app).look().text
    assert Registrant(app).send(agree=None).status_code == 303


@pytest.mark.parametrize(
    "fields",
    [
        {"stamp": lambda: guards.stamp(SLUG)},
        {"stamp": lambda: guards.stamp(SLUG, ago=timedelta(hours=25))},
        {"stamp": lambda: guards.stamp("other-days", ago=timedelta(minutes=1))},
        {"stamp": lambda: "1484730000.0123"},
        {"stamp": lambda: "\u0661.x"},
        {"stamp": lambda: None},
        {guards.TRAP: lambda: "https://cheap.example"},
    ],
)
def test_what_a_robot_sends_comes_back_with_a_plain_request(app: Flask, fields: dict) -> None:  # type: ignore[type-arg]
    make_registration(app)
    answer = Registrant(app).send(**{name: value() for name, value in fields.items()})
    assert answer.status_code == 422
    assert "Please press the button once more" in answer.text
    assert 'value="ninsun@people.invalid"' in answer.text
    assert "cheap.example" not in answer.text
    assert number_of_rows() == 0


def test_pages_of_other_sites_register_nobody(app: Flask) -> None:
    make_registration(app)
    assert Registrant(app).send({"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert number_of_rows() == 0
    assert Registrant(app).send({"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_many_behind_one_address_can_register(app: Flask) -> None:
    """A hall has one wireless network."""
    make_registration(app)
    there = {"REMOTE_ADDR": "198.51.100.7"}
    fields = Registrant(app).fields()
    client = app.test_client(use_cookies=False)
    address = f"/en/{SLUG}/registration"
    statuses = [
        client.post(
            address,
            data={**fields, "email": f"p{number}@people.invalid"},
            environ_base=there,
            base_url=BASE_URL,
        ).status_code
        for number in range(121)
    ]
    assert statuses == [303] * 120 + [429]
    held = client.post(
        address,
        data={**fields, "email": "late@people.invalid"},
        environ_base=there,
        base_url=BASE_URL,
    )
    assert "Very many register just now" in held.text
    assert 'value="late@people.invalid"' in held.text
    assert held.headers["Retry-After"].isdecimal()
    assert client.post("/speak/", data={"email": "x@people.invalid"}, environ_base=there)


def test_it_says_when_all_places_are_taken_and_until_when_is_kept_what_one_tells(
    app: Flask,
) -> None:
    make_registration(app, places=1)
    assert "All places are taken" not in Registrant(app).look().text
    assert "everything is deleted on 1 January 2090" in Registrant(app).look().text
    several(app, 1)
    assert "All places are taken" in Registrant(app).look().text


def test_the_page_sets_no_cookie_is_kept_nowhere_and_asks_little_of_the_database(
    app: Flask,
) -> None:
    make_registration(app)
    person = Registrant(app)
    person.look()
    with statements() as sent:
        page = person.look()
    assert len(sent) <= 5, sent
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    assert page.headers["Content-Language"] == "en"


def test_without_mail_organizers_confirm_and_the_page_says_so(app: Flask) -> None:
    make_registration(app)
    app.config["SMTP_URL"] = None
    person = Registrant(app)
    assert "This installation sends no mail" in person.look().text
    sent = person.send()
    page = person.client.get(sent.headers["Location"], base_url=BASE_URL).text
    assert "the organizers confirm your registration themselves" in page
    assert "Look into your mail" not in page
