"""The list of sessions: finding, filtering, ordering, and staying quick."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from planner.accounts.models import MemberRole
from planner.database import write_tx
from planner.entering.lists import SIZE
from planner.events.operations import create_event
from planner.sessions.models import State
from tests.desks import organizer
from tests.entering.crowd import SESSIONS as MANY
from tests.entering.crowd import make_crowd
from tests.plans import DAY, OPENING, PROPOSED, SLUG, WATER, WOMEN, plan_to_change
from tests.statements import statements

SESSIONS = f"/desk/{SLUG}/sessions"


def listed(client: FlaskClient, query: str = "") -> list[str]:
    """Return the codes of the sessions that the list shows, in order."""
    page = html.fromstring(client.get(f"{SESSIONS}?{query}").text)
    return [
        address.rsplit("/", maxsplit=1)[1]
        for address in page.xpath("//table//th[@scope='row']/a/@href")
    ]


def test_sessions_come_by_hour_and_the_unplaced_ones_last(editor: FlaskClient) -> None:
    assert listed(editor) == [OPENING, WATER, WOMEN, PROPOSED]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=الي الماء", [WATER]),  # ي for ى
        ("q=اشتي", [WOMEN]),
        (f"q={PROPOSED.lower()}", [PROPOSED]),
        ("q=زين", [WATER, WOMEN]),  # by the name of who takes part, ي for ی
        ("q=الماء+زين", [WATER]),
        ("q=Speaker+3", []),
        ("state=proposed", [PROPOSED]),
        ("kind=plenary", [OPENING]),
        ("theme=women", [WOMEN]),
        ("theme=none", [OPENING, PROPOSED]),
        ("room=zagros", [WOMEN]),
        ("room=none", [PROPOSED]),
        (f"day={DAY}", [OPENING, WATER, WOMEN]),
        ("day=unplaced", [PROPOSED]),
        ("day=2017-01-19", []),
        ("missing=en", [OPENING, WATER, WOMEN, PROPOSED]),
        ("missing=ar", []),
        ("conflicts=1&theme=women", [WOMEN]),
        ("state=nonsense", []),
        ("page=0", [OPENING, WATER, WOMEN, PROPOSED]),
        ("page=99", [OPENING, WATER, WOMEN, PROPOSED]),
        ("sort=code", [OPENING, WATER, WOMEN, PROPOSED]),
        ("sort=title", [PROPOSED, OPENING, WATER, WOMEN]),
        ("sort=state", [PROPOSED, OPENING, WATER, WOMEN]),
        ("sort=theme", [WATER, WOMEN, OPENING, PROPOSED]),
    ],
)
def test_the_address_says_what_is_listed_and_how(
    editor: FlaskClient, query: str, found: list[str]
) -> None:
    assert listed(editor, query) == found


def test_nobody_finds_a_session_by_a_name_that_they_may_not_know(blind: FlaskClient) -> None:
    assert listed(blind, "q=زين") == []
    assert listed(blind, "q=سيدوري") == [OPENING, WATER, PROPOSED]
    assert listed(blind, "q=Speaker+3") == [WATER, WOMEN]
    page = blind.get(SESSIONS).text
    assert "Speaker 3" in page
    assert "زین" not in page
    assert "أنكيدو" not in page


def test_a_row_tells_hour_room_people_state_and_what_is_missing(editor: FlaskClient) -> None:
    page = html.fromstring(editor.get(SESSIONS).text)
    (row,) = page.xpath(f"//tr[th/a[contains(@href,'{WATER}')]]")
    told = " ".join(row.text_content().split())
    for part in ("حق الوصول إلى الماء", "10:00–11:00", "قاعة دجلة", "أنكيدو", "Confirmed"):
        assert part in told
    assert "English" in told
    assert "Kurdish (Sorani)" in told
    assert "1 error" in told  # Zin is in two rooms at once
    (title,) = row.xpath(".//th/a/span")
    assert (title.get("lang"), title.get("dir")) == ("ar", "rtl")
    with plan_to_change() as plan:
        plan.sessions[WOMEN].state = State.WITHDRAWN
    page = html.fromstring(editor.get(SESSIONS).text)
    (gone,) = page.xpath(f"//tr[th/a[contains(@href,'{WOMEN}')]]")
    assert gone.get("class") == "is-withdrawn"


def test_nothing_found_offers_to_clear_the_filters(editor: FlaskClient) -> None:
    page = editor.get(f"{SESSIONS}?q=nothing+like+this").text
    assert "No session is like that" in page
    assert "Clear the filters" in page
    assert "Clear the filters" not in editor.get(SESSIONS).text


def test_an_event_without_sessions_says_how_to_begin(app: Flask) -> None:
    with write_tx() as database:
        create_event(
            database,
            slug=SLUG,
            time_zone="Asia/Baghdad",
            uid_host="river-days.example",
            languages=["ar"],
            first_day=DAY,
            last_day=DAY,
            name={"ar": "أيام النهر"},
        )
    page = organizer(app, MemberRole.EDITOR).get(SESSIONS).text
    assert "There is no session yet" in page
    assert "Add the first one" in page


def test_who_may_not_plan_gets_no_boxes_to_check(viewer: FlaskClient) -> None:
    page = viewer.get(SESSIONS).text
    assert 'type="checkbox" name="session"' not in page
    assert "Add a session" not in page


@pytest.fixture
def crowd(app: Flask) -> FlaskClient:
    """Return the browser of an editor of an event with 900 sessions."""
    make_crowd()
    return organizer(app, MemberRole.EDITOR)


def test_nine_hundred_sessions_are_listed_in_a_fixed_number_of_statements(
    crowd: FlaskClient,
) -> None:
    crowd.get(SESSIONS)
    counts = []
    for query in ("", "?page=7", "?q=انهيدوانا", "?sort=title&missing=ckb&conflicts=1"):
        with statements() as sent:
            assert crowd.get(SESSIONS + query).status_code == 200
        counts.append(len(sent))
    assert max(counts) <= 22
    assert max(counts) - min(counts) <= 1


def test_pages_of_a_long_list_keep_what_was_asked_for(crowd: FlaskClient) -> None:
    seen = [
        code for number in range(1, MANY // SIZE + 1) for code in listed(crowd, f"page={number}")
    ]
    assert len(seen) == len(set(seen)) == MANY
    shown = html.fromstring(crowd.get(f"{SESSIONS}?state=confirmed&sort=title&page=2").text)
    (following,) = shown.xpath("//a[@rel='next']/@href")
    assert following == f"{SESSIONS}?state=confirmed&sort=title&page=3"
