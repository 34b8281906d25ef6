"""The pages of the days of an event."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.events.hours import Hours, hours_of
from planner.events.models import Event
from planner.extensions import db
from planner.sessions.operations import place
from tests.desks import organizer
from tests.forms import hidden
from tests.plans import DAY, SLUG, WATER, at, make_plan, plan_to_change
from tests.statements import statements

DAYS = f"/desk/{SLUG}/days"
FIRST, LAST = f"{DAYS}/{DAY}", f"{DAYS}/{DAY + timedelta(days=1)}"


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of an editor."""
    return organizer(app, MemberRole.EDITOR)


def event() -> Event:
    """Return the small event as it is now."""
    db.session.expire_all()
    return db.session.scalars(select(Event)).one()


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize("address", [DAYS, FIRST, f"{FIRST}/remove"])
def test_every_page_speaks_the_language_of_the_desk(app: Flask, address: str, lang: str) -> None:
    answer = organizer(app, lang=lang).get(address)
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_all_days_are_listed_with_what_is_placed_on_each(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(9, days=5), room=plan.rooms["tigris"])
    page = desk.get(DAYS).text
    assert re.findall(r'data-label="Sessions">(\d+)<', page) == ["2", "0"]
    assert "1 session is placed on a day that is none of the event’s." in page
    assert page.count("Take out…") == 2


@pytest.mark.parametrize("days", [2, 40])
def test_the_list_takes_as_many_statements_however_long_it_is(desk: FlaskClient, days: int) -> None:
    with plan_to_change() as plan:
        plan.event.last_day = DAY + timedelta(days=days - 1)
    with statements() as sent:
        assert desk.get(DAYS).text.count("<tr>") == days + 1
    own = [line for line in sent if re.search(r"FROM (day|session|event)\b", line)]
    assert len(own) == 4


def test_a_day_gets_hours_and_a_name(desk: FlaskClient) -> None:
    sent = {
        **hidden(desk.get(LAST)),
        "name-ckb": "ڕۆژی گەنجان",
        "day_from": "10:00",
        "day_to": "01:30",
    }
    assert desk.post(LAST, data=sent).location == DAYS
    assert hours_of(event())[DAY + timedelta(days=1)] == Hours(600, 1530)
    page = desk.get(DAYS).text
    assert "10:00–01:30" in page
    assert "its own" in page
    assert "ڕۆژی گەنجان" in page


def test_two_edits_of_one_day_meet(app: Flask, desk: FlaskClient) -> None:
    seen = {**hidden(desk.get(LAST)), "day_from": "08:00", "day_to": "20:00"}
    other = organizer(app)
    assert other.post(LAST, data={**seen, "name-ckb": "ڕۆژی گەنجان"}).status_code == 302
    answer = desk.post(LAST, data={**seen, "name-ckb": "ڕۆژی ژنان"})
    assert answer.status_code == 409
    assert "ڕۆژی گەنجان" in answer.text
    assert "ڕۆژی ژنان" in answer.text
    again = {**hidden(answer), **{k: seen[k] for k in ("day_from", "day_to")}}
    assert desk.post(LAST, data={**again, "name-ckb": "ڕۆژی ژنان"}).status_code == 302
    assert event().days[0].name == {"ckb": "ڕۆژی ژنان"}


def test_one_is_asked_before_sessions_are_outside_of_the_day(desk: FlaskClient) -> None:
    sent = {**hidden(desk.get(FIRST)), "day_from": "10:00", "day_to": "20:00"}
    asked = desk.post(FIRST, data=sent)
    assert asked.status_code == 200
    assert "1 session would be outside of these hours" in asked.text
    assert event().days == []
    sure = {**hidden(asked), "day_from": "10:00", "day_to": "20:00"}
    assert desk.post(FIRST, data=sure).status_code == 302
    assert event().days[0].day_from == 600


def test_days_are_added_at_both_ends(desk: FlaskClient) -> None:
    assert desk.post(DAYS, data={"where": "before"}).location == DAYS
    assert desk.post(DAYS, data={"where": "after"}).location == DAYS
    assert (event().first_day, event().last_day) == (
        DAY - timedelta(days=1),
        DAY + timedelta(days=2),
    )


def test_a_day_is_taken_out_once_one_was_told_what_is_placed_there(desk: FlaskClient) -> None:
    asked = desk.get(f"{FIRST}/remove")
    assert "3 sessions are placed there" in asked.text
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(9, days=1), room=plan.rooms["zagros"])
    again = desk.post(f"{FIRST}/remove", data=hidden(asked))
    assert again.status_code == 409
    assert "2 sessions are placed there" in again.text
    assert desk.post(f"{FIRST}/remove", data=hidden(again)).location == DAYS
    assert event().first_day == DAY + timedelta(days=1)
    assert "Take out…" not in desk.get(DAYS).text
    assert desk.get(f"{LAST}/remove").status_code == 404


@pytest.mark.parametrize("day", ["2017-01-17", "2017-01-20", "today", "2017-02-30"])
def test_there_are_no_other_days(desk: FlaskClient, day: str) -> None:
    assert desk.get(f"{DAYS}/{day}").status_code == 404
    assert desk.get(f"{DAYS}/{day}/remove").status_code == 404


def test_viewers_see_the_days_and_change_nothing(app: Flask) -> None:
    viewer = organizer(app, MemberRole.VIEWER)
    page = viewer.get(DAYS).text
    assert "Add a day" not in page
    assert "Edit" not in page
    assert viewer.get(FIRST).status_code == 403
    assert viewer.post(DAYS, data={"where": "before"}).status_code == 403
    assert viewer.post(f"{FIRST}/remove").status_code == 403


def test_what_was_typed_for_a_day_that_is_taken_out_is_kept(desk: FlaskClient) -> None:
    page = desk.get(LAST)
    desk.post(f"{LAST}/remove", data=hidden(desk.get(f"{LAST}/remove")))
    typed = {**hidden(page), "name-ar": "يوم الشباب", "day_from": "10:00", "day_to": "18:00"}
    gone = desk.post(LAST, data=typed)
    assert gone.status_code == 409
    assert "This day was taken out while you wrote" in gone.text
    assert "taken out (<bdi>Editor</bdi>, just now)" in gone.text
    assert "يوم الشباب" in gone.text
    desk.post(DAYS, data={"where": "after"})
    assert desk.post(LAST, data=typed).status_code == 302
