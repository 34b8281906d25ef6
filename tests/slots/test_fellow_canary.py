"""What fellow speakers and interpreters read privately of somebody who shows less of themselves."""

import pytest
from flask import Flask
from sqlalchemy.orm import object_session

from planner.interpreting.models import Turn
from planner.links.models import Opens
from planner.programme.vocabulary import Stage
from planner.releases.operations import NothingToPublishError
from planner.sessions.models import State
from planner.speakers.operations import set_text
from tests.conftest import BASE_URL
from tests.plans import ENKIDU, SIDURI, SLUG, WATER, ZIN, at, make_plan, plan_to_change, released
from tests.slots.speaking import Visitor, link, show_plan
from tests.traces import traces, unpacked

NAME, ALIAS, OWN = "إنانا بنت الخابور", "نجمة الصباح", "مجلس بنات الفرات الأعلى"


@pytest.fixture
def house(app: Flask) -> Flask:
    """Return an application in which somebody interprets in turns with زین, and is named."""
    make_plan()
    with plan_to_change() as plan:
        set_text(plan.speakers[SIDURI], "ar", display_name=NAME, organisation=OWN)
        water = plan.sessions[WATER]
        for code, begins in ((ZIN, 0), (SIDURI, 30)):
            turn = Turn(
                session_id=water.id,
                speaker_id=plan.speakers[code].id,
                spoken="ar",
                into="ckb",
                begins=begins,
                ends=begins + 30,
            )
            database = object_session(water)
            assert database is not None
            database.add(turn)
    released()
    return app


def _read(app: Flask) -> set[str]:
    """Return what fellows are told, of all that is known, on their pages and in calendars."""
    client = app.test_client(use_cookies=False)
    found = set[str]()
    for code in (ENKIDU, ZIN):
        page, calendar = link(code), link(code, Opens.CALENDAR)
        for address in (
            f"/speak/{page}?lang=ar",
            f"/speak/{page}/rota?lang=ar",
            f"/speak/{page}/data/download",
            f"/ar/{SLUG}/calendar/slots/{calendar}.ics",
        ):
            response = client.get(address, base_url=BASE_URL)
            assert response.status_code == 200
            content = unpacked(response.get_data())
            response.close()
            found |= {trace.rpartition(" (")[0] for trace in traces(content, NAME, ALIAS, OWN)}
    return found


def _wish(app: Flask, way: str) -> None:
    visitor = Visitor(app, SIDURI)
    data = {"visibility": way, "pseudonym-ar": ALIAS, "sure": "1"}
    address = f"{visitor.address}/named"
    assert visitor.client.post(address, data=data, base_url=BASE_URL).status_code == 303


def _release(stage: Stage, hours: int) -> None:
    try:
        released(stage, hours=hours)
    except NothingToPublishError:
        return


@pytest.mark.parametrize("is_shown", [True, False])
def test_fellows_know_no_more_than_the_public_may(house: Flask, *, is_shown: bool) -> None:
    show_plan(shown=is_shown)
    assert _read(house) >= {NAME}
    _wish(house, "withheld")
    assert _read(house) == set()
    with plan_to_change() as plan:
        plan.sessions[WATER].starts_at = at(15)
    assert _read(house) == set()
    _release(Stage.DRAFT, 1)
    assert _read(house) == set()
    _wish(house, "pseudonym")
    assert _read(house) <= ({ALIAS} if is_shown else set())
    _release(Stage.FINAL, 2)
    assert _read(house) == {ALIAS}
    _wish(house, "withheld")
    assert _read(house) == set()
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.WITHDRAWN
    assert _read(house) == set()
    _release(Stage.FINAL, 3)
    assert _read(house) == set()
