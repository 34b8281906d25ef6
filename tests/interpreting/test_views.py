"""The interpretation plan in the desk: what is seen, dealt out, proposed, taken back, printed."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.events.models import Event
from planner.extensions import db
from planner.interpreting.models import Turn
from planner.journal.models import Entry
from planner.journal.undoing import undo
from planner.programme.vocabulary import Role
from planner.sessions.models import Session, SessionSpeaker
from planner.speakers.models import Visibility
from planner.speakers.operations import add_speaker, set_text
from tests.desks import organizer
from tests.plans import DAY, SLUG, WATER, WOMEN, ZIN, make_plan, plan_to_change
from tests.statements import statements

DESK = f"/desk/{SLUG}/interpretation"
PAGE = f"{DESK}/{DAY.isoformat()}"
NISABA = "GHJKMN"


@pytest.fixture
def plan(app: Flask) -> Flask:
    """Return an application whose panel on water is spoken in Arabic and promised in Kurdish."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    with plan_to_change() as found:
        water = found.sessions[WATER]
        water.spoken_languages, water.interpreted_languages = ["ar"], ["ckb"]
        found.sessions[WOMEN].room = None
        found.sessions[WOMEN].starts_at = None
        found.speakers[ZIN].spoken_languages = ["ckb", "ar"]
        nisaba = add_speaker(found.event, code=NISABA, visibility=Visibility.PUBLIC)
        set_text(nisaba, "ar", display_name="نيسابا")
        nisaba.spoken_languages = ["ar", "ckb"]
    return app


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    told = {
        re.search(r'name="([^"]*)"', each)[1]: re.search(r'value="([^"]*)"', each)[1]  # type: ignore[index]
        for each in found
        if 'value="' in each
    }
    return {name: told[name] for name in ("csrf_token", "version") if name in told}


def _number(code: str) -> int:
    from planner.speakers.models import Speaker

    return db.session.scalars(select(Speaker.id).where(Speaker.code == code)).one()


def _turns() -> list[tuple[str, int, int]]:
    db.session.rollback()
    found = db.session.scalars(select(Turn).order_by(Turn.begins, Turn.id))
    return [(turn.speaker.code, turn.begins, turn.ends) for turn in found]


def _deal(client: FlaskClient, *rows: tuple[str, str, str], **more: str) -> object:
    form = {**_hidden(client.get(f"{DESK}/sessions/{WATER}").text), **more}
    return client.post(
        f"{DESK}/sessions/{WATER}",
        data={
            **form,
            "pair": ["ar ckb"] * len(rows),
            "begins": [row[0] for row in rows],
            "ends": [row[1] for row in rows],
            "who": [row[2] for row in rows],
            "id": [""] * len(rows),
        },
    )


def test_a_hole_is_told_in_words_and_who_can_is_named(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    page = client.get(PAGE).text
    assert "Arabic ↔ Kurdish (Sorani)" in page
    assert page.count("Nobody") == 2
    assert "1 interpreter speaks both" in page
    assert "2 turns without anybody" in page
    assert client.get(DESK).location.endswith(PAGE)


def test_turns_are_dealt_out_and_taken_back(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    zin, nisaba = str(_number(ZIN)), str(_number(NISABA))
    answer = _deal(client, ("10:00", "10:30", zin), ("10:30", "11:00", nisaba))
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert _turns() == [(ZIN, 0, 30), (NISABA, 30, 60)]
    roles = db.session.scalars(
        select(SessionSpeaker.role).where(SessionSpeaker.speaker_id == int(nisaba))
    ).all()
    assert roles == [Role.INTERPRETER]
    page = client.get(PAGE).text
    assert "Nobody" not in page
    assert "Every turn is taken" in page
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    undo(entry.event_id, entry.user_id or 0, entry.id)
    assert _turns() == []
    assert not db.session.scalars(
        select(SessionSpeaker).where(SessionSpeaker.speaker_id == int(nisaba))
    ).all()


def test_what_is_wrong_stands_beside_the_turn_and_nothing_is_lost(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    answer = _deal(client, ("10:30", "11:30", str(_number(ZIN))))
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "within the session: 10:00–11:00" in answer.text  # type: ignore[attr-defined]
    assert 'value="11:30"' in answer.text  # type: ignore[attr-defined]
    assert _turns() == []


def test_no_turn_of_a_long_form_is_lost(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    empty = [("10:00", "10:30", "")] * 70
    _deal(client, *empty, ("10:30", "11:00", str(_number(ZIN))))
    assert _turns() == [(ZIN, 30, 60)]


def test_two_who_deal_out_at_once_meet(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    seen = _hidden(client.get(f"{DESK}/sessions/{WATER}").text)["version"]
    _deal(client, ("10:00", "10:30", str(_number(ZIN))))
    answer = _deal(client, ("10:00", "10:20", str(_number(NISABA))), version=seen)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert 'value="10:20"' in answer.text  # type: ignore[attr-defined]
    assert "زین" in answer.text  # type: ignore[attr-defined]
    assert _turns() == [(ZIN, 0, 30)]


def test_a_proposal_is_shown_before_it_is_saved_and_is_taken_back_as_one(plan: Flask) -> None:
    with plan_to_change() as found:
        from planner.sessions.operations import set_people

        water = found.sessions[WATER]
        people = [(person.speaker, person.role) for person in water.people]
        set_people(water, [*people, (found.speakers[NISABA], Role.INTERPRETER)])
    client = organizer(plan, MemberRole.EDITOR)
    shown = client.get(f"{PAGE}/proposal").text
    assert "Fill 2 turns" in shown
    assert _turns() == []
    digest = re.search(r'name="digest" value="(\w+)"', shown)
    assert digest
    data = {**_hidden(shown), "digest": digest[1]}
    assert client.post(f"{PAGE}/proposal", data={**data, "digest": "0"}).status_code == 409
    assert client.post(f"{DESK}/all/proposal", data=data).status_code == 302
    assert _turns() == [(ZIN, 0, 30), (NISABA, 30, 60)]
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    undo(entry.event_id, entry.user_id or 0, entry.id)
    assert _turns() == []


def test_a_proposal_says_which_turns_stay_without_anybody(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    shown = client.get(f"{PAGE}/proposal").text
    assert "Fill 1 turn" in shown
    assert "1 turn without anybody" in shown
    assert shown.count("is-hole") == 1
    with plan_to_change() as found:
        found.speakers[ZIN].spoken_languages = ["ckb"]
    shown = client.get(f"{PAGE}/proposal").text
    assert "Nobody can be found" in shown
    assert shown.count("is-hole") == 2


def test_a_turn_moves_with_its_session_and_goes_with_it(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    _deal(client, ("10:00", "10:30", str(_number(ZIN))))
    with plan_to_change() as found:
        moved = found.sessions[WATER]
        assert moved.starts_at is not None
        moved.starts_at = moved.starts_at.replace(hour=14)
    assert "14:30" in client.get(PAGE).text
    from planner.entering.sessions.operations import delete_session

    event_id = db.session.scalars(select(Event.id)).one()
    entry = delete_session(event_id, 1, WATER)
    assert _turns() == []
    assert entry is not None
    undo(event_id, 1, entry.id)
    assert _turns() == [(ZIN, 0, 30)]


def test_sheets_are_printed_for_each_interpreter_and_each_booth(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    _deal(
        client,
        ("10:00", "10:30", str(_number(ZIN))),
        ("10:30", "11:00", str(_number(NISABA))),
    )
    page = client.get(f"{PAGE}/sheets").text
    assert page.count('<article class="sheet"') == 2
    assert "Interpreting for 30 minutes" in page
    booth = client.get(f"{PAGE}/sheets?by=booth").text
    assert booth.count('<article class="sheet"') == 1
    assert "Booth: Kurdish (Sorani)" in booth


def test_who_may_not_know_a_name_reads_a_number(plan: Flask) -> None:
    owner = organizer(plan, MemberRole.OWNER)
    _deal(owner, ("10:00", "10:30", str(_number(ZIN))))
    client = organizer(plan, MemberRole.EDITOR, sees_names=False)
    for address in (PAGE, f"{DESK}/sessions/{WATER}", f"{PAGE}/sheets"):
        page = client.get(address).text
        assert "زین" not in page
        assert "Speaker 3" in page


def test_troubles_are_told_beside_the_turn(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    zin = str(_number(ZIN))
    _deal(client, ("10:00", "10:30", zin), ("10:30", "11:00", zin))
    page = client.get(PAGE).text
    assert "No rest before" in page
    assert "Too long at a stretch" in page
    with plan_to_change() as found:
        found.speakers[ZIN].spoken_languages = ["ckb"]
        found.event.interpreter_minutes_a_day = 45
    page = client.get(PAGE).text
    assert "Does not speak both languages" in page
    assert "Over the limit of the day" in page


def test_the_page_of_a_day_takes_the_same_statements_however_much_there_is(plan: Flask) -> None:
    client = organizer(plan, MemberRole.EDITOR)
    zin, nisaba = str(_number(ZIN)), str(_number(NISABA))
    _deal(client, ("10:00", "10:30", zin))
    client.get(PAGE)
    with statements() as few:
        client.get(PAGE)
    _deal(client, ("10:00", "10:20", zin), ("10:20", "10:40", nisaba), ("10:40", "11:00", zin))
    with statements() as many:
        client.get(PAGE)
    assert len(few) == len(many)


def test_a_viewer_sees_it_and_changes_nothing(plan: Flask) -> None:
    client = organizer(plan, MemberRole.VIEWER)
    assert "Deal out" not in client.get(PAGE).text
    assert client.get(f"{DESK}/sessions/{WATER}").status_code == 403
    assert client.get(f"{PAGE}/proposal").status_code == 403
    assert client.get(f"{DESK}/2001-01-01").status_code == 404
    assert db.session.scalars(select(Session.code).where(Session.code == WATER)).one() == WATER
