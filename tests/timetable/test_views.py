"""The board's pages: what they show to whom, what they refuse and how, with script or without."""

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.journal import words
from planner.journal.recording import recorded
from planner.lib.text import fold
from planner.programme.vocabulary import Kind
from planner.sessions.models import Answer, Session, SessionSpeaker
from planner.speakers.models import Speaker
from tests.desks import join, make_user, organizer, signed_in
from tests.plans import OPENING, PROPOSED, WATER, WOMEN, ZIN, at, make_plan, plan_to_change
from tests.statements import statements
from tests.timetable.crowd import make_crowd

DESK = "/desk/river-days"
DAY = "2017-01-18"
BOARD = f"{DESK}/board/{DAY}"
JSON = {"Accept": "application/json"}


@pytest.fixture
def editor(app: Flask) -> FlaskClient:
    """Return the browser of an editor of the small event."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    return organizer(app, MemberRole.EDITOR)


@contextmanager
def another(app: Flask, role: MemberRole = MemberRole.EDITOR) -> Iterator[FlaskClient]:
    """Lend the browser of another organizer, Enki: requests of one context share their user."""
    with app.app_context():
        user = make_user("enki@desk.example", name="Enki")
        join(user, role)
        yield signed_in(app, user)
    db.session.rollback()  # what was read before is read anew, as in another request


def of(code: str) -> Session:
    """Return a session as it is in the database."""
    db.session.rollback()
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def card(page: TestResponse, code: str) -> str:
    """Return the HTML of a card, without white space that says nothing."""
    found = re.search(rf'<li id="session-{code}".*?</li>', page.text, re.S)
    assert found is not None, code
    return re.sub(r"\s+", " ", found[0])


def asked(code: str, hour: str = "14:00", room: str = "zagros", **fields: Any) -> dict[str, Any]:
    """Return what the form of a move sends."""
    version = of(code).version
    return {"version": version, "day": DAY, "start": hour, "minutes": 60, "room": room, **fields}


def move(client: FlaskClient, code: str, *args: str, **fields: Any) -> TestResponse:
    """Send the form of a move without a script."""
    return client.post(f"{DESK}/sessions/{code}/move", data=asked(code, *args, **fields))


def test_every_room_is_a_column_and_sessions_stand_in_theirs(editor: FlaskClient) -> None:
    page = editor.get(BOARD)
    assert page.status_code == 200
    assert re.findall(r'class="column[^"]*" data-room="(\w*)"', page.text) == [
        "",
        "tigris",
        "zagros",
    ]
    zagros = page.text.split('data-room="zagros"')[2]
    assert "s24 d12 c1 w1" in card(page, WOMEN)
    assert f'id="session-{WOMEN}"' in zagros
    assert "spanning" in page.text.split(f'id="session-{OPENING}"')[0].rsplit("<ol", 1)[1]


def test_a_card_says_everything_in_words(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].pinned = True
        plan.sessions[WATER].spoken_languages = ["ar"]
        plan.sessions[WATER].interpreted_languages = ["ckb"]
    told = card(editor.get(BOARD), WATER)
    assert "pinned" in told
    assert "1 error" in told
    assert "سيدوري" in told
    assert "Arabic · interpreted into Kurdish (Sorani)" in told
    assert 'data-start="600"' in told
    assert "Proposed" in card(editor.get(BOARD), PROPOSED)


def test_names_are_hidden_from_who_may_not_know_them(app: Flask) -> None:
    make_plan()
    client = organizer(app, MemberRole.VIEWER, sees_names=False)
    told = card(client.get(BOARD), WATER)
    assert "سيدوري" in told
    assert "أنكيدو" not in told
    assert "Speaker 2" in told
    assert "زین" not in client.get(BOARD).text


def test_a_viewer_looks_and_moves_nothing(app: Flask) -> None:
    make_plan()
    app.config["WTF_CSRF_ENABLED"] = False
    client = organizer(app, MemberRole.VIEWER)
    page = client.get(BOARD)
    assert page.status_code == 200
    assert "data-plan" not in page.text
    assert 'class="lift"' not in page.text
    assert client.get(f"{DESK}/sessions/{WATER}/move").status_code == 403
    assert client.get(f"{BOARD}/costs/{WATER}").status_code == 403
    assert client.get(f"{BOARD}/shift").status_code == 403
    for what in ("move", "unplace", "pin", "swap", "copy"):
        answer = client.post(f"{DESK}/sessions/{WATER}/{what}", data={"version": 1})
        assert answer.status_code == 403, what
    assert client.post(f"{BOARD}/shift").status_code == 403
    assert client.post(f"{BOARD}/present").status_code == 200


def test_days_that_there_are_not_have_no_page(editor: FlaskClient) -> None:
    for day in ("2017-02-01", "today", "2017-13-01"):
        assert editor.get(f"{DESK}/board/{day}").status_code == 404
    assert editor.get(f"{DESK}/board/2017-01-19").status_code == 200


def test_a_day_outside_of_the_event_has_a_page_while_something_stands_there(
    editor: FlaskClient,
) -> None:
    with plan_to_change() as plan:
        plan.sessions[WOMEN].starts_at = at(10, days=5)
    assert editor.get(f"{DESK}/board/2017-01-23").status_code == 200
    assert "Monday, 23 January 2017" in editor.get(f"{DESK}/board/").text


def test_the_tray_is_searched_without_script(editor: FlaskClient) -> None:
    page = editor.get(BOARD)
    assert f'id="session-{PROPOSED}"' in page.text
    assert f'id="session-{PROPOSED}"' in editor.get(f"{BOARD}?q=إقتراح").text
    assert fold("إقتراح") == fold("اقتراح")
    assert f'id="session-{PROPOSED}"' in editor.get(f"{BOARD}?q=سيدوري").text
    nothing = editor.get(f"{BOARD}?q=xyzzy")
    assert f'id="session-{PROPOSED}"' not in nothing.text
    assert "No unplaced session is like that." in nothing.text
    assert f'id="session-{PROPOSED}"' not in editor.get(f"{BOARD}?theme=water").text


def test_a_hidden_name_is_not_found_by_search(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[PROPOSED].people[0].speaker = plan.speakers["FGHJKM"]
    client = organizer(app, MemberRole.VIEWER, sees_names=False)
    assert f'id="session-{PROPOSED}"' not in client.get(f"{BOARD}?q=زین").text
    with another(app) as other:
        assert f'id="session-{PROPOSED}"' in other.get(f"{BOARD}?q=زین").text


def test_the_tray_shows_what_would_fit_somewhere(editor: FlaskClient) -> None:
    """Its speaker speaks at ten, and at half past nine the opening is on in all rooms."""
    assert f'id="session-{PROPOSED}"' in editor.get(f"{BOARD}?fits=zagros&at=15:00").text
    assert f'id="session-{PROPOSED}"' not in editor.get(f"{BOARD}?fits=zagros&at=10:15").text
    assert f'id="session-{PROPOSED}"' not in editor.get(f"{BOARD}?fits=tigris&at=9:30").text
    assert f'id="session-{PROPOSED}"' in editor.get(f"{BOARD}?fits=attic&at=10:15").text


def test_one_room_is_shown_alone_where_it_is_asked_for(editor: FlaskClient) -> None:
    page = editor.get(f"{BOARD}?room=zagros")
    assert "is-single" in page.text
    assert 'class="column is-shown" data-room="zagros"' in page.text
    assert 'class="column is-shown" data-room="tigris"' in editor.get(BOARD).text


def test_the_overview_shows_every_day_with_what_is_wrong_on_it(editor: FlaskClient) -> None:
    page = editor.get(f"{DESK}/board/")
    assert "Wednesday, 18 January 2017" in page.text
    assert "Thursday, 19 January 2017" in page.text
    assert "3 sessions" in page.text
    assert "1 unplaced session" in page.text
    assert "1 error" in page.text
    assert page.text.count('class="dab') == 3


def test_a_form_places_a_session(editor: FlaskClient) -> None:
    page = editor.get(f"{DESK}/sessions/{PROPOSED}/move")
    assert page.status_code == 200
    assert "Best slots" in page.text
    answer = move(editor, PROPOSED)
    assert answer.status_code == 302
    assert answer.location.endswith(f"/board/{DAY}#session-{PROPOSED}")
    assert of(PROPOSED).starts_at == at(14)
    page = editor.get(BOARD)
    assert "moved to" in page.text


def test_the_best_slots_are_buttons_that_place_it(editor: FlaskClient) -> None:
    page = editor.get(f"{DESK}/sessions/{PROPOSED}/move").text
    slots = page.split('class="slots"')[1].split("</ol>")[0]
    assert slots.count("<button") == 5
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', slots.split("</form>")[0]))
    answer = editor.post(f"{DESK}/sessions/{PROPOSED}/move", data=sent)
    assert answer.status_code == 302
    assert of(PROPOSED).starts_at is not None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"start": "noon"}, "Write the time like 09:30."),
        ({"start": ""}, "This field is required."),
        ({"minutes": "0"}, "A session takes from 5 to 1440 minutes."),
        ({"room": ""}, "Choose a room, or place it across all rooms."),
        ({"room": "attic"}, "Not a valid choice."),
        ({"day": "2017-02-01"}, "Not a valid choice."),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_written(
    editor: FlaskClient, fields: dict[str, str], said: str
) -> None:
    answer = editor.post(
        f"{DESK}/sessions/{PROPOSED}/move", data={**asked(PROPOSED, "14:05"), **fields}
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert fields.get("start", "14:05") in answer.text
    assert of(PROPOSED).starts_at is None


@pytest.mark.parametrize("written", ["14:05", "1405", "14.05", " ١٤:٠٥ "])
def test_hours_are_read_as_people_write_them(editor: FlaskClient, written: str) -> None:
    assert move(editor, PROPOSED, written).status_code == 302
    assert of(PROPOSED).starts_at == at(14, 5)


def test_the_small_hours_are_those_of_the_night_that_follows(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.event.day_to = 27 * 60
    assert move(editor, PROPOSED, "1:30").status_code == 302
    assert of(PROPOSED).starts_at == at(1, 30, days=1)
    assert f'id="session-{PROPOSED}"' in editor.get(BOARD).text.split('class="tray"')[0]


def test_an_impossible_place_is_refused_beside_the_form_until_one_insists(
    editor: FlaskClient,
) -> None:
    answer = move(editor, PROPOSED, "10:15", "zagros")
    assert answer.status_code == 422
    assert "That place is impossible" in answer.text
    assert "ژنان و ئاشتی" in answer.text
    assert 'value="10:15"' in answer.text
    assert of(PROPOSED).starts_at is None
    assert move(editor, PROPOSED, "10:15", "zagros", anyway="y").status_code == 302
    assert of(PROPOSED).starts_at == at(10, 15)
    assert "error" in card(editor.get(BOARD), PROPOSED)


def test_a_stale_form_shows_mine_and_theirs_and_loses_nothing(
    app: Flask, editor: FlaskClient
) -> None:
    mine = asked(WATER, "15:00", base=json.dumps({"start": 600, "room": "tigris", "minutes": 60}))
    with another(app) as other:
        move(other, WATER, "17:00", "zagros", minutes=45)
    answer = editor.post(f"{DESK}/sessions/{WATER}/move", data=mine)
    assert answer.status_code == 409
    assert "<bdi>Enki</bdi>" in answer.text
    assert "moved to" in answer.text
    assert 'value="15:00"' in answer.text
    assert "<bdi>17:00</bdi>" in answer.text
    assert 'value="45"' in answer.text
    assert of(WATER).starts_at == at(17)
    sent = dict(re.findall(r'<input id="(\w+)"[^>]*value="([^"]*)"', answer.text))
    again = {**mine, "version": sent["version"], "minutes": 45, "base": html.unescape(sent["base"])}
    assert editor.post(f"{DESK}/sessions/{WATER}/move", data=again).status_code == 302
    assert of(WATER).starts_at == at(15)


def test_a_script_gets_the_day_anew(editor: FlaskClient) -> None:
    answer = editor.post(
        f"{DESK}/sessions/{PROPOSED}/move", data=asked(PROPOSED, board=DAY), headers=JSON
    )
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["ok"] is True
    assert "moved to" in answer.json["message"]
    assert f'id="session-{PROPOSED}"' in answer.json["html"]
    assert re.findall(r'data-part="(\w+)"', answer.json["html"]) == [
        "state",
        "board",
        "tray",
        "present",
    ]
    assert "Undo" in answer.json["html"]
    assert answer.json["newest"] > 0


def test_a_script_is_told_why_a_place_is_impossible(editor: FlaskClient) -> None:
    answer = editor.post(
        f"{DESK}/sessions/{PROPOSED}/move", data=asked(PROPOSED, "10:15"), headers=JSON
    )
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["status"] == "impossible"
    assert len(answer.json["reasons"]) >= 1


def test_a_script_is_told_who_was_quicker_and_gets_the_version(
    app: Flask, editor: FlaskClient
) -> None:
    mine = asked(WATER, "15:00")
    with another(app) as other:
        move(other, WATER, "17:00")
    answer = editor.post(f"{DESK}/sessions/{WATER}/move", data=mine, headers=JSON)
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["status"] == "stale"
    assert "Enki" in answer.json["reasons"][0]
    assert answer.json["version"] == of(WATER).version
    wrong = editor.post(
        f"{DESK}/sessions/{WATER}/move", data=asked(WATER, start="never"), headers=JSON
    )
    assert (wrong.status_code, wrong.json and wrong.json["status"]) == (422, "invalid")


def test_a_session_that_was_deleted_meanwhile_is_gone(editor: FlaskClient) -> None:
    assert editor.get(f"{DESK}/sessions/ZZZZZZ/move").status_code == 404
    answer = editor.post(f"{DESK}/sessions/ZZZZZZ/unplace", data={"version": 1}, headers=JSON)
    assert (answer.status_code, answer.json and answer.json["status"]) == (409, "gone")
    answer = editor.post(f"{DESK}/sessions/ZZZZZZ/unplace", data={"version": 1})
    assert answer.status_code == 302


def test_a_session_is_taken_out_and_pinned_without_script(editor: FlaskClient) -> None:
    page = editor.get(f"{DESK}/sessions/{WATER}/move").text
    assert "Take it back to the unplaced ones" in page
    version = of(WATER).version
    answer = editor.post(f"{DESK}/sessions/{WATER}/pin", data={"version": version, "pinned": "y"})
    assert answer.status_code == 302
    assert of(WATER).pinned
    stale = editor.post(f"{DESK}/sessions/{WATER}/unplace", data={"version": version})
    assert stale.status_code == 409
    assert "pinned" in stale.text
    answer = editor.post(
        f"{DESK}/sessions/{WATER}/unplace", data={"version": of(WATER).version, "board": DAY}
    )
    assert answer.status_code == 302
    assert of(WATER).starts_at is None


def test_two_sessions_swap_without_script(editor: FlaskClient) -> None:
    page = editor.get(f"{DESK}/sessions/{PROPOSED}/move").text
    assert f'<option value="{WATER}:{of(WATER).version}">' in page
    data = {"version": of(PROPOSED).version, "other": f"{WATER}:{of(WATER).version}", "board": DAY}
    assert editor.post(f"{DESK}/sessions/{PROPOSED}/swap", data=data).status_code == 302
    assert of(PROPOSED).starts_at == at(10)
    assert editor.post(f"{DESK}/sessions/{PROPOSED}/swap", data=data).status_code == 409
    for other in ("", f"{PROPOSED}:1", f"{WATER}:x"):
        data["other"] = other
        assert editor.post(f"{DESK}/sessions/{PROPOSED}/swap", data=data).status_code == 400


def test_a_room_is_shifted_after_one_saw_what_would_move(editor: FlaskClient) -> None:
    move(editor, PROPOSED, "11:30", "tigris")
    editor.post(
        f"{DESK}/sessions/{PROPOSED}/pin",
        data={"version": of(PROPOSED).version, "pinned": "y"},
    )
    page = editor.get(f"{BOARD}/shift?room=tigris&begin=9:00&end=13:00&minutes=15")
    assert page.status_code == 200
    moving, staying = page.text.split("These are pinned and stay")
    assert "حق الوصول إلى الماء" in moving
    assert "10:15" in moving
    assert "اقتراح" in staying
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    answer = editor.post(f"{BOARD}/shift", data=sent)
    assert answer.status_code == 302
    assert of(WATER).starts_at == at(10, 15)
    assert of(PROPOSED).starts_at == at(11, 30)
    assert editor.post(f"{BOARD}/shift", data=sent).status_code == 409


def test_a_shift_that_is_impossible_says_why_and_can_be_insisted_on(editor: FlaskClient) -> None:
    page = editor.get(f"{BOARD}/shift?room=tigris&begin=9:00&end=13:00&minutes=-15")
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    refused = editor.post(f"{BOARD}/shift", data=sent)
    assert refused.status_code == 422
    assert "الافتتاح" in refused.text
    assert 'name="anyway"' in refused.text
    assert editor.post(f"{BOARD}/shift", data={**sent, "anyway": "y"}).status_code == 302
    assert of(WATER).starts_at == at(9, 45)


def test_a_shift_begins_with_the_morning_of_the_room_that_one_comes_from(
    editor: FlaskClient,
) -> None:
    page = editor.get(f"{BOARD}/shift?room=zagros").text
    assert '<option selected value="zagros">' in page
    assert 'value="08:00"' in page
    assert "These move together" not in page


def test_a_break_is_copied_to_the_other_rooms_without_script(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.sessions[PROPOSED].kind = Kind.BREAK
    move(editor, PROPOSED, "12:00", "zagros", anyway="y")
    assert "Copy it to every other room" in editor.get(f"{DESK}/sessions/{PROPOSED}/move").text
    data = {"version": of(PROPOSED).version, "board": DAY}
    assert editor.post(f"{DESK}/sessions/{PROPOSED}/copy", data=data).status_code == 302
    assert editor.get(BOARD).text.count(">اقتراح</span></a></h3>") == 2
    assert editor.post(f"{DESK}/sessions/{WATER}/copy", data={"version": 99}).status_code == 409


def test_a_shift_needs_a_stretch_of_time(editor: FlaskClient) -> None:
    wrong = editor.get(f"{BOARD}/shift?room=tigris&begin=13:00&end=9:00&minutes=15")
    assert wrong.status_code == 422
    assert "The end comes after the beginning." in wrong.text
    empty = editor.get(f"{BOARD}/shift?room=zagros&begin=12:00&end=13:00&minutes=15")
    assert "No session that could move" in empty.text


def test_costs_tell_every_slot_of_every_room(editor: FlaskClient) -> None:
    answer = editor.get(f"{BOARD}/costs/{PROPOSED}", headers=JSON)
    assert answer.json is not None
    runs = answer.json["runs"]
    assert set(runs) == {"", "tigris", "zagros"}
    assert runs["zagros"][0][0] == 8 * 60
    assert runs["zagros"][-1][1] == 20 * 60
    level, reasons = next(run[2:] for run in runs["zagros"] if run[0] <= 10 * 60 < run[1])
    assert level == "error"
    assert any("ژنان و ئاشتی" in answer.json["reasons"][number] for number in reasons)
    assert next(run[2] for run in runs["zagros"] if run[0] <= 15 * 60 < run[1]) != "error"
    assert len(answer.json["best"]) == 5
    assert answer.json["best"][0].keys() >= {"day", "room", "start", "level", "label"}
    longer = editor.get(f"{BOARD}/costs/{PROPOSED}?minutes=90", headers=JSON)
    assert longer.json is not None
    assert longer.json["minutes"] == 90
    assert editor.get(f"{BOARD}/costs/ZZZZZZ", headers=JSON).status_code == 404


def test_reasons_hide_names_from_who_may_not_know_them(app: Flask) -> None:
    make_plan()
    client = organizer(app, MemberRole.EDITOR, sees_names=False)
    told = client.get(f"{BOARD}/costs/{WOMEN}", headers=JSON).text
    assert "زین" not in json.loads(json.dumps(told)).encode().decode("unicode_escape", "ignore")
    assert "Speaker 3" in told


def test_news_are_none_until_somebody_does_something(app: Flask, editor: FlaskClient) -> None:
    page = editor.get(BOARD)
    number = int(re.search(r'data-newest="(\d+)"', page.text)[1])  # type: ignore[index]
    with statements() as sent:
        assert editor.get(f"{BOARD}/news?since={number}").status_code == 204
    assert len(sent) <= 4
    with another(app) as other:
        move(other, PROPOSED)
    answer = editor.get(f"{BOARD}/news?since={number}")
    assert answer.json is not None
    assert "<bdi>Enki</bdi>" in answer.json["told"]
    assert "اقتراح" in answer.json["told"]
    assert answer.json["codes"] == [PROPOSED]
    assert answer.json["newest"] > number
    assert 'data-part="board"' in answer.json["html"]
    assert editor.get(f"{BOARD}/news?since={answer.json['newest']}").status_code == 204


def test_news_of_what_a_speaker_did_say_so_and_name_nobody_who_is_withheld(app: Flask) -> None:
    make_plan()
    client = organizer(app, MemberRole.EDITOR, sees_names=False)
    with plan_to_change() as plan:
        event_id, zin = plan.event.id, plan.speakers[ZIN].id
    with recorded(event_id, None, "speaker.confirmed") as record:
        speaker = record.database.get_one(Speaker, zin)
        for person in record.database.scalars(
            select(SessionSpeaker).where(SessionSpeaker.speaker_id == zin)
        ):
            person.answer = Answer.CONFIRMED
        record.facts |= {"speaker": words.speaker(speaker.number), "session": "زوو"}
    answer = client.get(f"{BOARD}/news?since=0")
    assert answer.json is not None
    assert "<bdi>the speaker</bdi>" in answer.json["told"]
    assert "Speaker 3" in answer.json["told"]
    assert "زین" not in answer.json["told"]


def test_who_looks_at_a_day_is_shown_to_the_others(app: Flask, editor: FlaskClient) -> None:
    with another(app, MemberRole.VIEWER) as other:
        other.post(f"{BOARD}/present")
    answer = editor.post(f"{BOARD}/present")
    assert answer.json is not None
    assert "Enki" in answer.json["html"]
    assert "Editor" not in answer.json["html"]
    assert "Enki" in editor.get(BOARD).text
    assert "Enki" not in editor.get(f"{DESK}/board/2017-01-19").text


@pytest.mark.parametrize("sessions", [20, 200])
def test_a_page_asks_the_database_so_many_things_however_large_it_is(
    app: Flask, sessions: int
) -> None:
    make_crowd(sessions)
    user = make_user()
    join(user, slug="crowd")
    client = signed_in(app, user)
    counted = {}
    for path in (f"board/{DAY}", "board/", f"board/{DAY}?fits=room-1&at=10:00"):
        client.get(f"/desk/crowd/{path}")
        with statements() as sent:
            assert client.get(f"/desk/crowd/{path}").status_code == 200
        counted[path] = len(sent)
    assert max(counted.values()) <= 22, counted


def test_an_event_without_rooms_says_so(app: Flask) -> None:
    make_crowd(0, 0, 1, unplaced=0)
    user = make_user()
    join(user, slug="crowd")
    client = signed_in(app, user)
    assert "The board needs rooms" in client.get(f"/desk/crowd/board/{DAY}").text
    assert client.get("/desk/crowd/board/").status_code == 200
