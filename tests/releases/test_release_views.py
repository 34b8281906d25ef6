"""The pages of one release, of one that waits, and of a correction."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.lib.clock import now
from planner.programme.document import Programme, decode
from planner.programme.vocabulary import Status
from planner.releases import issuing
from planner.releases.models import Appointment, Release, ScheduledRelease
from planner.releases.scheduling import publish_due
from planner.sessions.operations import place
from tests.desks import organizer
from tests.forms import hidden
from tests.plans import FIRST, SLUG, WATER, WOMEN, at, make_plan, plan_to_change, released

PATH = f"/desk/{SLUG}/releases"
CORRECT = f"/desk/{SLUG}/sessions/{WATER}/correct"


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    with plan_to_change() as plan:
        # Its people are in two places at once otherwise.
        place(plan.sessions[WOMEN], starts_at=at(14), room=plan.rooms["zagros"])
    released()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of an editor who knows all names."""
    return organizer(app, MemberRole.EDITOR)


def move_water() -> None:
    """Move a session in the plan."""
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(11), room=plan.rooms["tigris"])


def public() -> Programme:
    """Return what is public."""
    db.session.rollback()
    found = db.session.scalars(select(Release).order_by(Release.number.desc())).first()
    assert found is not None
    return decode(found.document)


def waiting() -> ScheduledRelease:
    """Return the release that was put off."""
    db.session.rollback()
    return db.session.scalars(select(ScheduledRelease)).one()


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize("page", ["1", "1/restore", "1/take-back"])
def test_pages_of_a_release_speak_the_language_of_the_desk(
    app: Flask, lang: str, page: str
) -> None:
    move_water()
    released(hours=1)
    answer = organizer(app, lang=lang).get(f"{PATH}/{page}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_a_release_is_made_public_again_once_one_has_seen_what_changes(desk: FlaskClient) -> None:
    move_water()
    released(hours=1)
    page = desk.get(f"{PATH}/1/take-back")
    assert "as release 3 (Draft)" in page.text
    assert "11:00" in page.text
    sent = {**hidden(page), "note-ar": "كما كان"}
    assert desk.post(f"{PATH}/1/take-back", data=sent).location == PATH
    assert public().release.note == {"ar": "كما كان"}
    assert "What release 1 said" in desk.get(PATH).text
    assert "What release 1 said" in desk.get(f"{PATH}/3").text


def test_a_release_that_came_meanwhile_is_shown_before_it_is_replaced(desk: FlaskClient) -> None:
    move_water()
    released(hours=1)
    sent = {**hidden(desk.get(f"{PATH}/1/take-back")), "note-ar": "كما كان"}
    with plan_to_change() as plan:
        plan.sessions[WATER].minutes = 25
    released(hours=2)
    answer = desk.post(f"{PATH}/1/take-back", data=sent)
    assert answer.status_code == 409
    assert 'value="كما كان"' in answer.text
    assert public().release.number == 3
    again = {**sent, **hidden(answer)}
    assert desk.post(f"{PATH}/1/take-back", data=again).status_code == 302
    assert public().release.number == 4


def test_the_release_that_is_public_is_not_made_public_again(desk: FlaskClient) -> None:
    assert desk.get(f"{PATH}/1/take-back").status_code == 404
    assert "take-back" not in desk.get(f"{PATH}/1").text
    assert desk.get(f"{PATH}/7").status_code == 404


def test_a_note_that_nobody_would_read_is_refused_and_kept(desk: FlaskClient) -> None:
    move_water()
    released(hours=1)
    long = "ا" * 501
    sent = {**hidden(desk.get(f"{PATH}/1/take-back")), "note-ar": long}
    answer = desk.post(f"{PATH}/1/take-back", data=sent)
    assert answer.status_code == 422
    assert long in answer.text


def test_a_release_is_brought_back_into_the_plan_and_that_is_undone(desk: FlaskClient) -> None:
    move_water()
    assert desk.post(f"{PATH}/1/restore").location == PATH
    page = desk.get(PATH).text
    assert "The plan says what release 1 said." in page
    assert re.search(r"Release (<\w+>)?1(</\w+>)? brought back into the plan", page)
    with plan_to_change() as plan:
        assert plan.sessions[WATER].starts_at == at(10)
    desk.post(f"{PATH}/1/restore")
    assert "The plan says just that already." in desk.get(PATH).text


def test_a_release_is_put_off_to_an_hour_of_the_venue_and_called_off(desk: FlaskClient) -> None:
    move_water()
    day = (now().astimezone(ZoneInfo("Asia/Baghdad")) + timedelta(days=2)).date()
    sent = {**hidden(desk.get(PATH)), "stage": "final", "later": "y"}
    sent |= {"day": day.isoformat(), "hour": "9.30"}
    assert desk.post(PATH, data=sent).location == PATH
    found = waiting()
    assert found.publish_at.astimezone(ZoneInfo("Asia/Baghdad")).strftime("%H:%M") == "09:30"
    assert (found.state, found.is_latest) == (Appointment.WAITING, False)
    page = desk.get(PATH)
    assert "A release waits for its hour" in page.text
    assert public().release.number == 1
    desk.post(f"{PATH}/scheduled/{found.id}/call-off")
    assert waiting().state is Appointment.WITHDRAWN
    assert "A release waits" not in desk.get(PATH).text
    desk.post(f"{PATH}/scheduled/{found.id}/call-off")
    assert "It does not wait any more." in desk.get(PATH).text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"day": "", "hour": ""}, "This field is required."),
        ({"day": "2016-01-01", "hour": "9:00"}, "That hour has passed."),
        ({"day": "2116-01-01", "hour": "nine"}, "Write the time like 09:30."),
        ({"day": "tomorrow", "hour": "9:00"}, "Not a valid date value."),
    ],
)
def test_an_hour_that_is_none_is_told_beside_the_field(
    desk: FlaskClient, given: dict[str, str], told: str
) -> None:
    move_water()
    sent = {**hidden(desk.get(PATH)), "stage": "draft", "later": "y", "note-ar": "قريبا", **given}
    answer = desk.post(PATH, data=sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="قريبا"' in answer.text
    assert db.session.scalars(select(ScheduledRelease)).all() == []


def test_a_release_that_another_one_overtook_says_why_it_will_not_be_public(
    desk: FlaskClient,
) -> None:
    move_water()
    sent = {**hidden(desk.get(PATH)), "stage": "final", "later": "y"}
    desk.post(PATH, data={**sent, "day": "2116-01-01", "hour": "9:00"})
    released(hours=1)
    page = desk.get(PATH).text
    assert "will not be published" in page
    assert "Release 2 became public meanwhile" in page
    with plan_to_change():
        found = db.session.scalars(select(ScheduledRelease)).one()
        found.publish_at = now()
    publish_due()
    assert "was not published" in desk.get(PATH).text


def test_a_session_is_put_right_with_one_confirmation(desk: FlaskClient) -> None:
    assert CORRECT in desk.get(f"/desk/{SLUG}/sessions/{WATER}").text
    page = desk.get(CORRECT)
    assert "10:00" in page.text
    sent = {**hidden(page), "what": "move", "day": "2017-01-18", "start": "12:00"}
    sent |= {"minutes": "60", "room": "tigris", "note-ar": "تأخير"}
    answer = desk.post(CORRECT, data=sent)
    assert answer.location == PATH
    water = next(session for session in public().sessions if session.code == WATER)
    assert water.starts_at == at(12)
    assert "Correction of one session" in desk.get(PATH).text


def test_a_session_is_cancelled_with_one_confirmation(
    desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "now", lambda: FIRST + timedelta(days=1))
    page = desk.get(CORRECT)
    sent = {**hidden(page), "what": "cancel", "day": "2017-01-18", "start": "10:00"}
    assert desk.post(CORRECT, data={**sent, "minutes": "60", "room": "tigris"}).status_code == 302
    water = next(session for session in public().sessions if session.code == WATER)
    assert water.status is Status.CANCELLED
    assert "cancelled" in desk.get(CORRECT).text


def test_an_impossible_place_is_told_and_can_be_insisted_on(desk: FlaskClient) -> None:
    page = desk.get(CORRECT)
    sent = {**hidden(page), "what": "move", "day": "2017-01-18", "start": "14:00"}
    sent |= {"minutes": "60", "room": "zagros", "note-ar": "مع ذلك"}
    answer = desk.post(CORRECT, data=sent)
    assert answer.status_code == 422
    assert "That place is impossible" in answer.text
    assert 'value="مع ذلك"' in answer.text
    assert public().release.number == 1
    assert desk.post(CORRECT, data={**sent, "anyway": "y"}).status_code == 302


def test_a_correction_of_what_others_changed_meanwhile_is_refused_with_409(
    desk: FlaskClient,
) -> None:
    page = desk.get(CORRECT)
    sent = {**hidden(page), "what": "move", "day": "2017-01-18", "start": "12:00"}
    sent |= {"minutes": "60", "room": "tigris", "note-ar": "تأخير"}
    with plan_to_change() as plan:
        plan.sessions[WATER].minutes = 45
    answer = desk.post(CORRECT, data=sent)
    assert answer.status_code == 409
    assert 'value="تأخير"' in answer.text
    again = {**sent, **hidden(answer)}
    assert desk.post(CORRECT, data=again).status_code == 302
    move_water()
    released(hours=2)
    late = desk.post(CORRECT, data={**again, **hidden(desk.get(CORRECT)), "current": "1"})
    assert late.status_code == 409
    assert "Another release became public meanwhile" in late.text


def test_what_is_not_public_cannot_be_put_right(app: Flask, desk: FlaskClient) -> None:
    assert desk.get(f"/desk/{SLUG}/sessions/7CDFGH/correct").status_code == 404
    assert "/correct" not in desk.get(f"/desk/{SLUG}/sessions/7CDFGH").text
