"""The page of the releases in the desk."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from planner.accounts.models import MemberRole
from planner.events.parts import ROOMS, change
from planner.extensions import db
from planner.journal.models import Entry
from planner.programme.document import decode
from planner.programme.vocabulary import Stage
from planner.releases.models import Release
from planner.releases.queries import PAGE
from planner.sessions.models import State
from planner.sessions.operations import place
from tests.desks import make_user, organizer
from tests.forms import hidden
from tests.plans import (
    SLUG,
    WATER,
    WOMEN,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.releases.test_queries import grow
from tests.statements import statements

PATH = f"/desk/{SLUG}/releases"


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    with plan_to_change() as plan:
        # Its people are in two places at once otherwise.
        place(plan.sessions[WOMEN], starts_at=at(14), room=plan.rooms["zagros"])


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of an editor who knows all names."""
    return organizer(app, MemberRole.EDITOR)


def count() -> int:
    """Return how many releases there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Release)) or 0


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_speaks_the_language_of_the_desk(app: Flask, lang: str) -> None:
    released()
    answer = organizer(app, lang=lang).get(PATH)
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_before_the_first_release_it_says_what_would_be_public(desk: FlaskClient) -> None:
    page = desk.get(PATH).text
    assert "The first release: 3 sessions would be public" in page
    assert "Nothing is public yet" in page
    assert "Publish release 1" in page


def test_a_draft_is_published_and_then_the_final_programme(desk: FlaskClient) -> None:
    sent = {**hidden(desk.get(PATH)), "stage": "draft", "note-ar": "مسودة أولى"}
    assert desk.post(PATH, data=sent).location == PATH
    page = desk.get(PATH)
    assert "Release 1 is public." in page.text
    assert "مسودة أولى" in page.text
    assert "Nothing changed since what is public" in page.text
    assert desk.post(PATH, data={**hidden(page), "stage": "final"}).status_code == 302
    rows = re.findall(r"<tr>\n<th scope=\"row\">.*?</tr>", desk.get(PATH).text, re.S)
    assert [re.search(r">(Draft|Final)<", row)[1] for row in rows] == ["Final", "Draft"]  # type: ignore[index]
    assert all("<bdi>Editor</bdi>" in row for row in rows)
    found = db.session.scalars(select(Release).order_by(Release.number)).all()
    assert [release.stage for release in found] == [Stage.DRAFT, Stage.FINAL]
    assert decode(found[0].document).release.note == {"ar": "مسودة أولى"}
    entries = db.session.scalars(select(Entry)).all()
    assert [(entry.action, entry.facts["number"]) for entry in entries] == [
        ("release.published", 1),
        ("release.published", 2),
    ]


def test_changes_against_what_is_public_are_told_session_by_session(desk: FlaskClient) -> None:
    released()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(11), room=plan.rooms["zagros"])
        plan.sessions[WOMEN].state = State.WITHDRAWN
        plan.rooms["tigris"].capacity = 7
    page = desk.get(PATH).text
    assert "2 sessions changed, of 2." in page
    assert re.search(r"Moved <span class=\"mark\">1</span>", page)
    assert "New time · New room" in page
    assert re.search(r"<del>.*10:00.*</del>.*<ins>.*11:00.*</ins>", page)
    assert "ژنان و ئاشتی" in page
    assert re.search(r"قاعة دجلة</span> <span class=\"quiet\">Seats<", page)


def test_a_plan_that_changed_under_the_readers_eyes_is_not_published(
    desk: FlaskClient, app: Flask
) -> None:
    seen = {**hidden(desk.get(PATH)), "stage": "draft", "note-ckb": "ڕەشنووس"}
    with plan_to_change() as plan:
        event_id = plan.event.id
    other = make_user("enkidu@desk.example", name="Enkidu")
    change(ROOMS, event_id, other, "tigris", version=1, values={"name": {"ar": "القاعة الكبرى"}})
    answer = desk.post(PATH, data=seen)
    assert answer.status_code == 409
    assert "This was not published" in answer.text
    assert re.search(r"Room “.*القاعة الكبرى.*” changed.*<bdi>Enkidu</bdi>", answer.text)
    assert 'value="ڕەشنووس"' in answer.text
    assert count() == 0
    again = {**seen, **hidden(answer)}
    assert desk.post(PATH, data=again).status_code == 302
    assert count() == 1


def test_two_who_publish_the_same_publish_it_once(app: Flask, desk: FlaskClient) -> None:
    other = organizer(app)
    seen = {**hidden(desk.get(PATH)), "stage": "draft"}
    assert other.post(PATH, data=seen).status_code == 302
    answer = desk.post(PATH, data=seen)
    assert answer.status_code == 409
    assert "Release <bdi>1</bdi> published" in answer.text
    nothing = desk.post(PATH, data={**seen, **hidden(answer)})
    assert nothing.status_code == 422
    assert "Nothing to publish" in nothing.text
    assert count() == 1


def test_errors_that_stand_are_told_and_need_a_word(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        place(plan.sessions[WOMEN], starts_at=at(10), room=plan.rooms["tigris"])
    page = desk.get(PATH)
    assert re.search(r'class="mark is-error">\d errors?<', page.text)
    sent = {**hidden(page), "stage": "draft"}
    refused = desk.post(PATH, data=sent)
    assert refused.status_code == 422
    assert "say that you publish nevertheless" in refused.text
    assert count() == 0
    assert desk.post(PATH, data={**sent, "despite": "y"}).status_code == 302
    assert count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"stage": ""}, "Invalid Choice"),
        ({"stage": "finished"}, "Invalid Choice"),
        ({"note-ar": "ن" * 501}, "At most 500 letters"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    desk: FlaskClient, wrong: dict[str, str], said: str
) -> None:
    sent = {**hidden(desk.get(PATH)), "stage": "draft", **wrong}
    answer = desk.post(PATH, data=sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert count() == 0


def test_nothing_is_published_without_a_review(desk: FlaskClient) -> None:
    assert desk.post(PATH, data={"stage": "draft"}).status_code == 409
    assert count() == 0


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.TRANSLATOR])
def test_others_see_what_would_change_and_publish_nothing(app: Flask, role: MemberRole) -> None:
    desk = organizer(app, role)
    page = desk.get(PATH)
    assert "The first release: 3 sessions" in page.text
    assert "Publish release" not in page.text
    assert desk.post(PATH, data={"stage": "draft"}).status_code == 403


def test_conflicts_name_nobody_whom_the_reader_may_not_know(app: Flask) -> None:
    with plan_to_change() as plan:
        place(plan.sessions[WOMEN], starts_at=at(10), room=plan.rooms["zagros"])
    for sees_names in (True, False):
        role = MemberRole.OWNER if sees_names else MemberRole.EDITOR
        page = organizer(app, role, sees_names=sees_names).get(PATH).text
        assert ("زین" in page) is sees_names
        assert ("Speaker 3" in page) is not sees_names


def test_older_releases_are_on_further_pages(desk: FlaskClient) -> None:
    for number in range(PAGE + 2):
        with plan_to_change() as plan:
            plan.rooms["tigris"].capacity = 100 + number
        released(hours=number)
    first = desk.get(PATH).text
    assert f"before={3}" in first
    second = desk.get(f"{PATH}?before=3").text
    assert re.findall(r"<th scope=\"row\"><a href=\"\S+/releases/(\d+)\"", second) == ["2", "1"]
    assert "Publish release" not in second
    assert ">public<" not in second


def test_it_takes_as_many_statements_however_large_the_plan_is(desk: FlaskClient) -> None:
    sent = []
    for sessions in (20, 100):
        grow(sessions)
        released(hours=sessions)
        with plan_to_change() as plan:
            plan.sessions[WATER].minutes = 30 + sessions
        with statements() as found:
            page = desk.get(PATH).text
        assert "1 session changed" in page
        sent.append(len(found))
    assert sent[0] == sent[1]
