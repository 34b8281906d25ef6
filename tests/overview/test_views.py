"""The first pages of the desk: the events of an organizer, and where one of them stands."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.accounts.models import MemberRole
from planner.events.operations import found_event
from planner.events.parts import ROOMS, change
from planner.programme.vocabulary import Stage
from planner.sessions.models import State
from planner.sessions.operations import place, unplace
from tests.desks import join, make_user, organizer, signed_in
from tests.plans import DAY, SLUG, WATER, WOMEN, ZIN, at, make_plan, plan_to_change, released
from tests.releases.test_queries import grow
from tests.slots.speaking import Visitor
from tests.slots.writing import Page
from tests.statements import statements

DESK = f"/desk/{SLUG}/"


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    make_plan()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of the event's owner."""
    return organizer(app)


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize("address", ["/desk/", DESK])
def test_they_speak_the_language_of_the_desk(app: Flask, address: str, lang: str) -> None:
    answer = organizer(app, lang=lang).get(address)
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_an_organizer_sees_their_events_the_latest_first(app: Flask) -> None:
    make_plan("marsh-days", codes="M")
    with plan_to_change("marsh-days") as plan:
        plan.event.name = {"ckb": "ڕۆژانی زەلکاو"}
        plan.event.last_day += timedelta(days=365)
        plan.event.first_day += timedelta(days=365)
    released(Stage.FINAL)
    user_id = make_user()
    join(user_id, MemberRole.OWNER)
    join(user_id, MemberRole.TRANSLATOR, slug="marsh-days")
    page = signed_in(app, user_id).get("/desk/").text
    later, earlier = re.findall(r"<tr>\n<th scope=\"row\">.*?</tr>", page, re.S)
    assert "ڕۆژانی زەلکاو" in later
    assert "Translator" in later
    assert "nothing public yet" in later
    assert "River Days" in earlier
    assert "Release 1: Final" in earlier
    assert 'href="/desk/new"' in page


def test_who_has_no_event_is_told_whom_to_ask(app: Flask) -> None:
    page = signed_in(app, make_user()).get("/desk/").text
    assert "Ask its owner for an invitation" in page
    assert "/desk/new" not in page


def test_an_event_is_counted(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        unplace(plan.sessions[WATER])
        plan.sessions[WATER].state = State.WITHDRAWN
    page = desk.get(DESK).text
    figures = re.findall(r'class="figure"[^>]*>([^<]*)<', page)
    assert figures[:2] == ["3", "2"]
    assert re.search(r"<dt>Proposed</dt><dd>1</dd><dt>Confirmed</dt><dd>2</dd>", page)
    assert "<dt>Withdrawn</dt><dd>1</dd>" in page
    assert "1 waits for a place" in page


def test_conflicts_that_stand_are_counted(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        place(plan.sessions[WOMEN], starts_at=at(10), room=plan.rooms["tigris"])
    page = desk.get(DESK).text
    assert re.search(r'class="mark is-error">\d errors?<', page)
    assert re.search(r'href="/desk/river-days/conflicts">Mend \d errors?<', page)


def test_what_changed_since_the_release_is_counted(desk: FlaskClient) -> None:
    released()
    assert "Draft · nothing changed since" in desk.get(DESK).text
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(12), room=plan.rooms["tigris"])
    page = desk.get(DESK).text
    assert "1 session changed since" in page
    assert "Publish the changes of 1 session" in page
    assert "First steps" not in page


def test_what_speakers_wait_for_is_open(app: Flask, desk: FlaskClient) -> None:
    page = desk.get(DESK).text
    assert "of speakers" not in page
    assert "of texts" not in page
    released()
    speaker = Visitor(app, ZIN)
    for text in ("Later", "Earlier"):
        speaker.say("ask", WOMEN, wish="hour", text=text)
    assert Page(app, ZIN).send(biography__en="Sings.") == 303
    page = desk.get(DESK).text
    assert f'href="/desk/{SLUG}/requests?outcome=open">Answer 2 requests of speakers<' in page
    assert f'href="/desk/{SLUG}/proposals">Decide about 1 proposal of texts<' in page


def test_what_was_done_last_is_told(app: Flask, desk: FlaskClient) -> None:
    assert "Nothing was changed in the desk yet" in desk.get(DESK).text
    with plan_to_change() as plan:
        event_id = plan.event.id
    user_id = make_user("enkidu@desk.example", name="Enkidu")
    change(ROOMS, event_id, user_id, "tigris", version=1, values={"name": {"ar": "القاعة"}})
    page = desk.get(DESK).text
    assert re.search(r"Room “.*القاعة.*” changed.*<bdi>Enkidu</bdi> · just now", page, re.S)


def test_an_empty_event_is_led_to_its_first_release(app: Flask) -> None:
    user_id = make_user()
    found_event(
        user_id,
        slug="marsh-days",
        time_zone="Asia/Baghdad",
        uid_host="marsh.example",
        languages=["ar", "ckb"],
        first_day=DAY,
        last_day=DAY,
        name={"ar": "أيام الأهوار"},
    )
    desk = signed_in(app, user_id)
    page = desk.get("/desk/marsh-days/").text
    steps = re.search(r'id="first-steps".*?</section>', page, re.S)
    assert steps is not None
    assert re.findall(r'href="/desk/marsh-days/([\w-]*)', steps[0]) == [
        "settings",
        "rooms",
        "themes",
        "sessions",
        "board",
        "releases",
    ]
    assert "is-done" not in steps[0]
    assert "nothing public yet" in page


def test_first_steps_that_are_done_are_marked(desk: FlaskClient) -> None:
    page = desk.get(DESK).text
    assert page.count('class="is-done"') == 4


def test_who_changes_nothing_is_not_told_to(app: Flask) -> None:
    page = organizer(app, MemberRole.VIEWER).get(DESK).text
    assert "First steps" not in page


def test_nobody_is_named_whom_the_reader_may_not_know(app: Flask) -> None:
    page = organizer(app, MemberRole.EDITOR, sees_names=False).get(DESK).text
    assert "زین" not in page


def test_it_takes_as_many_statements_however_large_the_plan_is(desk: FlaskClient) -> None:
    sent = []
    for sessions in (20, 100):
        grow(sessions)
        released(hours=sessions)
        with statements() as found:
            assert desk.get(DESK).status_code == 200
        sent.append(len(found))
    assert sent[0] == sent[1]


def test_the_list_takes_as_many_statements_however_many_events_there_are(app: Flask) -> None:
    user_id = make_user()
    desk = signed_in(app, user_id)
    join(user_id)
    sent = []
    for number in range(1, 4):
        slug = f"marsh-days-{number}"
        make_plan(slug, codes=str(number))
        join(user_id, slug=slug)
        with statements() as found:
            assert desk.get("/desk/").status_code == 200
        sent.append(len(found))
    assert len(set(sent)) == 1
