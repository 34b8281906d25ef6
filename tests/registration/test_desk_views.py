"""Participants in the desk: counts for all, names for who may know them, files, settings."""

import csv
import io

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.accounts.models import MemberRole
from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.undoing import undo
from planner.participants.models import Standing
from tests.desks import organizer, went_by
from tests.plans import SLUG, plan_to_change
from tests.registration.people import KEPT_UNTIL, Registrant, add, make_registration, several
from tests.statements import statements

_HERE = f"/desk/{SLUG}/participants"
_SETTINGS = f"/desk/{SLUG}/settings/participants"


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event with two places; forms need no token here."""
    make_registration(app, places=2)
    app.config["WTF_CSRF_ENABLED"] = False


def event() -> Event:
    """Return the event as it is now."""
    db.session.rollback()
    return db.session.scalars(select(Event)).one()


def settings(client: FlaskClient, **fields: object) -> TestResponse:
    """Send the form of settings; return the status."""
    told = {
        "registration_places": "2",
        "participants_kept_until": KEPT_UNTIL.isoformat(),
        "version": event().version,
        **fields,
    }
    return client.post(_SETTINGS, data=told)


def test_everybody_reads_how_many_and_nobody_who_may_not_reads_who(app: Flask) -> None:
    several(app, 3)
    page = organizer(app, MemberRole.VIEWER, sees_names=False).get(_HERE).text
    assert "<dt>Registered</dt><dd>2</dd>" in page
    assert "<dt>Waiting</dt><dd>1</dd>" in page
    assert "need interpretation into it" in page
    assert "people.invalid" not in page
    assert "نينسون" not in page
    client = organizer(app, MemberRole.OWNER, sees_names=False)
    number = Registrant(app, "person-0@people.invalid").row.id
    for path in (f"/{number}", f"/{number}/cancel", f"/{number}/erase", "/participants.csv"):
        assert client.get(_HERE + path).status_code == 403
    for path in ("confirm", "first", "cancel", "erase"):
        assert client.post(f"{_HERE}/{number}/{path}").status_code == 403


def test_the_list_is_searched_filtered_and_turned_over_with_few_statements(app: Flask) -> None:
    for number in range(60):
        add(number, name=f"هدى {number}", into=["ar"] if number % 2 else [])
    person = Registrant(app, "one@people.invalid")
    person.send(name="ئازاد", organisation="یەکێتی", access_needs="ramp")
    client = organizer(app)
    client.get(_HERE)
    with statements() as sent:
        first = client.get(_HERE).text
    assert len(sent) <= 12, sent
    assert first.count("هدى") == 50
    assert "Page 1 of 2" in first
    assert client.get(f"{_HERE}?page=2").text.count("هدى") == 10
    found = client.get(f"{_HERE}?q=يەکیەتی+ONE@").text
    assert "0 of 61" in found
    assert "1 of 61" in client.get(f"{_HERE}?q=یەکێتی+ONE@").text
    assert "30 of 61" in client.get(f"{_HERE}?into=ar&q=هدي").text
    assert "1 of 61" in client.get(f"{_HERE}?needs=access").text
    assert "61 of 61" in client.get(f"{_HERE}?standing=unconfirmed").text
    assert "Nobody is found by that." in client.get(f"{_HERE}?standing=waiting").text


def test_files_hold_everything_and_no_formula_and_ask_for_the_password(app: Flask) -> None:
    person = Registrant(app, "one@people.invalid")
    person.send(name="=HYPERLINK(1)", organisation="+1", access_needs="@x\nبلا درج")
    person.do()
    client = organizer(app)
    content = client.get(f"{_HERE}/participants.csv")
    assert content.headers["Cache-Control"] == "no-store"
    head, row = csv.reader(io.StringIO(content.data.decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True)) | {"Registered at": "", "Confirmed at": ""} == {
        "Standing": "Registered",
        "Name": "'=HYPERLINK(1)",
        "E-mail address": "one@people.invalid",
        "Organisation": "'+1",
        "Follows sessions in": "Arabic; Kurdish (Sorani)",
        "Needs interpretation into": "Arabic",
        "Needs to take part": "'@x\nبلا درج",
        "Written to in": "English",
        "Registered at": "",
        "Confirmed at": "",
    }
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{_HERE}/participants.xlsx").data))
    cells = [cell for line in book.active.iter_rows() for cell in line]  # type: ignore[union-attr]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    went_by(client, 30)
    for kind in ("csv", "xlsx"):
        asked = client.get(f"{_HERE}/participants.{kind}")
        assert asked.status_code == 302
        assert "/account/verify" in asked.headers["Location"]


def test_an_organizer_confirms_cancels_moves_up_and_erases(app: Flask) -> None:
    people = several(app, 4)
    late = Registrant(app, "late@people.invalid").register()
    client = organizer(app, MemberRole.EDITOR)
    assert "Confirm it in their place" in client.get(f"{_HERE}/{late.row.id}").text
    client.post(f"{_HERE}/{late.row.id}/confirm")
    assert late.standing is Standing.WAITING
    client.post(f"{_HERE}/{late.row.id}/first")
    assert "are told by mail" in client.get(f"{_HERE}/{people[0].row.id}/cancel").text
    assert people[0].standing is Standing.REGISTERED
    client.post(f"{_HERE}/{people[0].row.id}/cancel")
    assert people[0].standing is Standing.CANCELLED
    assert late.standing is Standing.REGISTERED
    assert people[2].standing is Standing.WAITING
    number = people[1].row.id
    assert "cannot be undone" in client.get(f"{_HERE}/{number}/erase").text
    done = client.post(f"{_HERE}/{number}/erase", follow_redirects=True)
    assert "Everything about them is deleted." in done.text
    assert client.get(f"{_HERE}/{number}").status_code == 404
    assert client.post(f"{_HERE}/{number}/cancel").status_code == 404
    assert people[2].standing is Standing.REGISTERED
    history = client.get(f"/desk/{SLUG}/history").text
    assert "A registration cancelled" in history
    assert "people.invalid" not in history


def test_one_registration_shows_its_messages(app: Flask) -> None:
    person = Registrant(app).register()
    page = organizer(app).get(f"{_HERE}/{person.row.id}").text
    assert "Asks to confirm the registration" in page
    assert "waits to be sent" in page
    assert "Nobody is left out." in page


def test_more_places_are_given_to_those_who_wait_and_fewer_than_taken_are_refused(
    app: Flask,
) -> None:
    people = several(app, 4)
    client = organizer(app)
    refused = settings(client, registration_places="1")
    assert refused.status_code == 422
    assert "2 people are registered already." in refused.text
    assert settings(client, registration_places="3").status_code == 302
    assert [person.standing for person in people][2:] == [Standing.REGISTERED, Standing.WAITING]
    assert settings(client, registration_places="").status_code == 302
    assert people[3].standing is Standing.REGISTERED
    assert event().registration_places is None
    history = client.get(f"/desk/{SLUG}/history").text
    assert "Settings of participants changed" in history
    assert "Places to register for" in history


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2017-01-19", "still needed until the last day"),
        ("2017-03-01", "would be deleted at once"),
        ("", "required"),
    ],
)
def test_a_day_that_comes_too_soon_is_refused(app: Flask, day: str, said: str) -> None:
    client = organizer(app)
    answer = settings(client, participants_kept_until=day)
    assert answer.status_code == 422
    assert said in answer.text
    assert event().participants_kept_until == KEPT_UNTIL


def test_settings_meet_those_of_others_and_can_be_undone(app: Flask) -> None:
    client = organizer(app)
    stale = event().version
    assert settings(client, registration_places="9").status_code == 302
    base = '{"registration_places": 2, "participants_kept_until": "2090-01-01"}'
    met = settings(client, version=stale, base=base, registration_places="5")
    assert met.status_code == 409
    assert "Somebody else changed this" in met.text
    entry = db.session.scalars(
        select(Entry).where(Entry.action == "event.participants").order_by(Entry.id)
    ).first()
    assert entry is not None
    undo(event().id, entry.user_id, entry.id)  # type: ignore[arg-type]
    assert event().registration_places == 2


def test_what_hinders_people_is_said(app: Flask) -> None:
    client = organizer(app)
    assert "sends no mail" not in client.get(_HERE).text
    assert "Registration is open." in client.get(_HERE).text
    app.config["SMTP_URL"] = None
    for address in (_HERE, _SETTINGS):
        assert "sends no mail, so nobody can confirm" in client.get(address).text
    said = app.test_cli_runner().invoke(args=["doctor"]).output
    assert f"{SLUG}: people can register, but without SMTP_URL nobody can confirm" in said
    with plan_to_change() as plan:
        plan.event.registration_closes = None
    assert "the former moments until the next release" in client.get(_HERE).text
