"""The rota of an interpreter: turns with hours, partners as they allow it, and rest."""

import pytest
from flask import Flask
from sqlalchemy.orm import object_session

from planner.interpreting.models import Turn
from planner.programme.vocabulary import Role
from planner.sessions.models import Answer
from planner.sessions.operations import set_people
from planner.speakers.models import Visibility
from planner.speakers.operations import add_speaker, set_text
from tests.conftest import BASE_URL
from tests.plans import SIDURI, WATER, WOMEN, ZIN, make_plan, plan_to_change, released
from tests.slots.speaking import link, show_plan
from tests.statements import statements

NISABA = "GHJKMN"


@pytest.fixture
def house(app: Flask) -> Flask:
    """Return an application in whose panel on water زین and نيسابا take turns."""
    make_plan()
    with plan_to_change() as plan:
        water = plan.sessions[WATER]
        water.spoken_languages, water.interpreted_languages = ["ar"], ["ckb"]
        plan.sessions[WOMEN].starts_at = plan.sessions[WOMEN].room = None
        nisaba = add_speaker(plan.event, code=NISABA, visibility=Visibility.PUBLIC)
        set_text(nisaba, "ar", display_name="نيسابا")
        people = [(person.speaker, person.role) for person in water.people]
        set_people(water, [*people, (nisaba, Role.INTERPRETER)])
    with plan_to_change() as plan:
        water = plan.sessions[WATER]
        ids = {code: plan.speakers[code].id for code in (ZIN, NISABA)}
        for who, begins, ends in ((ZIN, 0, 20), (NISABA, 20, 40), (ZIN, 40, 60)):
            turn = Turn(
                session_id=water.id,
                speaker_id=ids[who],
                spoken="ar",
                into="ckb",
                begins=begins,
                ends=ends,
            )
            database = object_session(water)
            assert database is not None
            database.add(turn)
    return app


def _rota(app: Flask, code: str, lang: str = "en") -> str:
    client = app.test_client(use_cookies=False)
    response = client.get(f"/speak/{link(code)}/rota?lang={lang}", base_url=BASE_URL)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    return response.text


def test_turns_stand_with_hours_rest_and_partner(house: Flask) -> None:
    show_plan()
    page = _rota(house, ZIN)
    assert page.count("Arabic into Kurdish (Sorani)") == 2
    assert ">10:00</time>–" in page
    assert ">10:40</time>–" in page
    assert "Rest: 20 minutes" in page
    assert "is-tight" in page
    assert "Interpreting for 40 minutes" in page
    assert "نيسابا" in page
    assert "قاعة دجلة" in page


def test_who_hears_two_languages_in_one_booth_has_one_turn_for_both(house: Flask) -> None:
    show_plan()
    with plan_to_change() as plan:
        water, zin = plan.sessions[WATER], plan.speakers[ZIN]
        both = Turn(session=water, speaker=zin, spoken="en", into="ckb", begins=0, ends=20)
        database = object_session(water)
        assert database is not None
        database.add(both)
    page = _rota(house, ZIN)
    assert page.count(">10:00</time>–") == 1
    assert "Arabic into Kurdish (Sorani), English into Kurdish (Sorani)" in page


def test_a_partner_who_declined_is_none(house: Flask) -> None:
    show_plan()
    with plan_to_change() as plan:
        for person in plan.sessions[WATER].people:
            if person.speaker.code == NISABA:
                person.answer = Answer.DECLINED
    page = _rota(house, ZIN)
    assert "In turns with" not in page


def test_a_partner_who_is_withheld_is_not_named(house: Flask) -> None:
    show_plan()
    page = _rota(house, NISABA)
    assert "زین" not in page
    assert "Name withheld" in page
    with plan_to_change() as plan:
        plan.speakers[NISABA].visibility = Visibility.WITHHELD
    assert "نيسابا" not in _rota(house, ZIN)


def test_nothing_of_the_plan_is_told_before_organizers_show_it(house: Flask) -> None:
    page = _rota(house, ZIN)
    assert "You have no turns yet" in page
    released()
    with plan_to_change() as plan:
        water = plan.sessions[WATER]
        assert water.starts_at is not None
        water.starts_at = water.starts_at.replace(hour=15)
    page = _rota(house, ZIN)
    assert ">10:00</time>–" in page
    assert "15:00" not in page
    show_plan()
    assert ">15:00</time>–" in _rota(house, ZIN)


def test_who_declined_has_no_turns_and_who_interprets_nothing_has_no_rota(house: Flask) -> None:
    show_plan()
    assert "/rota" in _rota(house, ZIN)
    client = house.test_client(use_cookies=False)
    page = client.get(f"/speak/{link(SIDURI)}", base_url=BASE_URL).text
    assert "/rota" not in page
    with plan_to_change() as plan:
        for person in plan.sessions[WATER].people:
            if person.speaker.code == ZIN:
                person.answer = Answer.DECLINED
    assert "You have no turns yet" in _rota(house, ZIN)


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_speaks_the_readers_language_in_few_bytes(house: Flask, lang: str) -> None:
    show_plan()
    page = _rota(house, ZIN, lang)
    assert f'<html lang="{lang}"' in page
    assert len(page.encode()) < 25_000


def test_it_takes_the_same_statements_however_many_turns_there_are(house: Flask) -> None:
    show_plan()
    token = link(ZIN)
    client = house.test_client(use_cookies=False)

    def look() -> int:
        with statements() as sent:
            client.get(f"/speak/{token}/rota", base_url=BASE_URL)
        return len(sent)

    look()
    before = look()
    with plan_to_change() as plan:
        set_people(plan.sessions[WOMEN], [(plan.speakers[ZIN], Role.INTERPRETER)])
        plan.sessions[WOMEN].room = plan.rooms["zagros"]
        plan.sessions[WOMEN].starts_at = plan.sessions[WATER].starts_at
    assert look() == before
