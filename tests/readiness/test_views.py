"""The page of what stands between the plan and each stage, and what binds."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry
from planner.sessions.models import State
from tests.desks import organizer
from tests.forms import hidden
from tests.plans import PROPOSED, SIDURI, SLUG, WATER, ZIN, make_plan, plan_to_change
from tests.readiness.plans import make_ready
from tests.releases.test_queries import grow
from tests.statements import statements

PATH = f"/desk/{SLUG}/readiness"
DESK = f"/desk/{SLUG}"


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of the owner."""
    return organizer(app)


def event() -> Event:
    """Return the event as it is now."""
    db.session.rollback()
    return db.session.scalars(select(Event).where(Event.slug == SLUG)).one()


def plain(page: str) -> str:
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_speaks_the_language_of_the_desk(app: Flask, lang: str) -> None:
    answer = organizer(app, lang=lang).get(PATH)
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_what_is_missing_leads_to_the_page_that_mends_it(desk: FlaskClient) -> None:
    page = desk.get(PATH).text
    assert "1 requirement is not met" in page
    for mends in (
        f"{DESK}/conflicts?rule=person-twice&amp;session={WATER}&amp;day=2017-01-18",
        f"{DESK}/sessions/{PROPOSED}/move",
        f"{DESK}/sessions/{PROPOSED}",
        f"{DESK}/speakers/{SIDURI}",
        f"{DESK}/translations/en/session-{WATER}",
    ):
        assert f'href="{mends}"' in page, mends
        assert desk.get(mends.replace("&amp;", "&")).status_code == 200, mends


def test_the_first_are_in_sight_and_the_rest_where_one_asks_for_it(desk: FlaskClient) -> None:
    grow(120)
    page = desk.get(PATH).text
    texts = page[page.index("Every text is there") :]
    sight, _, rest = texts.partition("<details>")
    assert sight.count("<li>") == 5
    assert rest.partition("</details>")[0].count("<li>") == 100
    assert re.search(r"and \d+ more</a>", rest)


def test_a_plan_that_lacks_nothing_is_ready_for_both_stages(desk: FlaskClient) -> None:
    make_ready()
    page = desk.get(PATH).text
    assert page.count(">ready<") == 2
    assert page.count(">met<") == 10


def test_an_event_without_anything_is_led_to_its_beginning(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            session.state = State.WITHDRAWN
    page = desk.get(PATH).text
    assert f'href="{DESK}/sessions/new"' in page
    assert "There is no session yet, so there is no way to show" in page
    assert 'class="chart"' not in page


def test_nobody_is_named_whom_the_reader_may_not_know(app: Flask) -> None:
    viewer = organizer(app, MemberRole.VIEWER, sees_names=False)
    with plan_to_change() as plan:
        plan.event.binding = ["answered"]
    page = viewer.get(PATH).text
    assert "سيدوري" in page
    for name in ("زین", "أنكيدو", "ابن البرية"):
        assert name not in page
    assert f'href="{DESK}/speakers/{ZIN}"' in page
    assert "Speaker 3" in page
    assert f"/translations/en/speaker-{ZIN}" not in page
    for target in set(re.findall(r'<li><a href="([^"]+)"', page)):
        assert viewer.get(target.replace("&amp;", "&"), follow_redirects=True).status_code == 200, (
            target
        )


def test_the_way_so_far_is_a_chart_and_the_same_as_a_table(desk: FlaskClient) -> None:
    page = desk.get(PATH).text
    table = re.search(r'<table class="table is-cards">.*?</table>', page, re.S)
    assert table
    rows = [plain(row) for row in re.findall(r"<tr>(.*?)</tr>", table[0], re.S)]
    assert rows == [
        "Sessions Placed Confirmed Translated",
        "All sessions 3 of 4 3 of 4 0 of 8",
        "الماء 1 of 1 1 of 1 0 of 2",
        "النساء 1 of 1 1 of 1 0 of 2",
        "Without a theme 1 of 2 1 of 2 0 of 4",
        "Wednesday 18 January 3 of 3 3 of 3 0 of 6",
        "Thursday 19 January – – –",
        "Not placed 0 of 1 0 of 1 0 of 2",
    ]
    assert 'class="is-placed" x="0%" y="0" width="75.0%"' in page
    assert " style=" not in page


def test_bars_begin_at_the_other_side_where_lines_do(app: Flask) -> None:
    page = organizer(app, lang="ar").get(PATH).text
    assert 'class="is-placed" x="25.0%" y="0" width="75.0%"' in page


def test_it_takes_as_many_statements_however_large_the_plan_is(desk: FlaskClient) -> None:
    counts = []
    for more in (0, 30):
        grow(more)
        db.session.remove()
        with statements() as sent:
            desk.get(PATH)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_the_owner_says_what_binds_and_that_texts_are_reviewed(desk: FlaskClient) -> None:
    sent = {**hidden(desk.get(PATH)), "binding": ["warnings", "errors"], "reviews_texts": "y"}
    assert desk.post(PATH, data=sent).location == PATH
    found = event()
    assert sorted(found.binding) == ["errors", "warnings"]
    assert found.reviews_texts
    (entry,) = db.session.scalars(select(Entry)).all()
    assert entry.action == "event.binding"
    page = desk.get(PATH).text
    assert page.count('class="mark">binds<') == 2
    history = desk.get(f"{DESK}/history").text
    assert "What binds releases changed" in history
    assert "Every warning is mended or accepted" in history


def test_what_two_owners_decide_at_once_is_joined_or_asked_again(desk: FlaskClient) -> None:
    seen = hidden(desk.get(PATH))
    with write_tx() as database:
        database.scalars(select(Event)).one().binding = ["errors"]
    answer = desk.post(PATH, data={**seen, "binding": ["texts"]})
    assert answer.status_code == 409
    assert re.search(r'class="clash">.*<li>No error stands</li>', answer.text, re.S)
    assert re.search(r"checked[^>]*value=\"texts\"", answer.text)
    assert event().binding == ["errors"]
    assert desk.post(PATH, data={**hidden(answer), "binding": ["texts"]}).status_code == 302
    assert event().binding == ["texts"]


def test_a_requirement_that_nobody_knows_binds_nothing(desk: FlaskClient) -> None:
    sent = {**hidden(desk.get(PATH)), "binding": ["sunshine"]}
    assert desk.post(PATH, data=sent).status_code == 422
    assert event().binding == []


def test_others_read_what_binds_and_change_nothing(app: Flask) -> None:
    with plan_to_change() as plan:
        plan.event.binding = ["texts"]
        plan.event.reviews_texts = True
    editor = organizer(app, MemberRole.EDITOR)
    page = editor.get(PATH).text
    assert "Only owners change this." in page
    assert "Texts must be reviewed." in page
    assert 'name="binding"' not in page
    assert editor.post(PATH, data={"binding": ["errors"]}).status_code == 403
