"""The page on which releases are compared, and the same differences on the page of releases."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from planner.accounts.models import MemberRole, User
from planner.events.models import TextState
from planner.extensions import db
from planner.letters.composing import unsent
from planner.letters.operations import discard
from planner.programme.vocabulary import Kind, Role, Stage
from planner.releases import compare_page
from planner.sessions.models import State
from planner.sessions.operations import place, set_people, set_text, unplace
from planner.speakers.models import Visibility
from tests.desks import organizer
from tests.plans import (
    OPENING,
    PROPOSED,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.statements import statements

PATH = f"/desk/{SLUG}/releases/compare"


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    make_plan()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of an editor who knows all names."""
    return organizer(app, MemberRole.EDITOR)


def page_of(desk: FlaskClient, query: str = "", path: str = PATH) -> html.HtmlElement:
    """Return a page."""
    answer = desk.get(path + query)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())


def told(page: html.HtmlElement, code: str) -> html.HtmlElement:
    """Return what is told of a session."""
    (found,) = page.xpath("//li[h3/a[contains(@href, $code)]]", code=code)
    return found


def rows(found: html.HtmlElement) -> dict[str, tuple[list[str], list[str]]]:
    """Return by label what was before and what is now."""
    return {
        text_of(row.xpath("dt")[0]): (
            [text_of(each) for each in row.xpath(".//del")],
            [text_of(each) for each in row.xpath(".//ins")],
        )
        for row in found.xpath("./dl/div")
    }


def change_everything() -> None:
    """Change something of every kind."""
    with plan_to_change() as plan:
        water, opening = plan.sessions[WATER], plan.sessions[OPENING]
        place(water, starts_at=at(11, days=1), room=plan.rooms["zagros"])
        water.minutes, water.kind, water.theme = 90, Kind.WORKSHOP, plan.themes["women"]
        water.spoken_languages, water.interpreted_languages = ["ar", "ckb"], ["en"]
        title, abstract = "حق الجميع في الماء", "من النبع إلى البحر.\n\nثم المطر."
        set_text(water, "ar", title=title, abstract=abstract, state=TextState.DRAFT)
        set_text(water, "ckb", title="ئاو", abstract="", state=TextState.DRAFT)
        set_people(water, [(plan.speakers[ZIN], Role.SPEAKER)])
        set_people(opening, [(plan.speakers[SIDURI], Role.SPEAKER)])
        plan.sessions[WOMEN].state = State.WITHDRAWN
        plan.sessions[PROPOSED].state = State.ACCEPTED
        place(plan.sessions[PROPOSED], starts_at=at(14), room=plan.rooms["tigris"])
        plan.event.tagline = {"ar": "من النبع"}
        plan.rooms["tigris"].capacity = 7
        plan.speakers[SIDURI].texts["ar"].biography = "صاحبة الحانة."


def test_before_the_first_release_there_is_nothing_to_compare(desk: FlaskClient) -> None:
    assert "nothing to compare" in desk.get(PATH).text


def test_what_is_public_is_compared_with_the_plan_at_first(desk: FlaskClient) -> None:
    released()
    page = page_of(desk)
    assert "Nothing differs" in text_of(page)
    assert page.xpath("//select[@name='from']/option[@selected]/@value") == ["1"]
    assert page.xpath("//select[@name='to']/option[@selected]/@value") == ["next"]


@pytest.mark.parametrize("path", [PATH, f"/desk/{SLUG}/releases"])
def test_everything_that_differs_is_told_session_by_session(desk: FlaskClient, path: str) -> None:
    released()
    change_everything()
    page = page_of(desk, path=path)
    water = told(page, WATER)
    found = rows(water)
    assert found["When and where"] == (
        ["Wednesday 18 January · 10:00–11:00 · قاعة دجلة"],
        ["Thursday 19 January · 11:00–12:30 · ژووری زاگرۆس"],
    )
    assert found["Theme"] == (["الماء"], ["النساء"])
    assert found["Spoken"] == ([], ["Arabic, Kurdish (Sorani)"])
    assert found["Interpreted into"] == ([], ["English"])
    assert found["Kind"] == (["Panel"], ["Workshop"])
    assert found["Joined"] == ([], ["Name withheld (Speaker)"])
    (left,) = found["No longer takes part"][0]
    assert left.startswith("سيدوري (Speaker), ابن البرية (Speaker)")
    texts = {text_of(dt): dt.getnext() for dt in water.xpath("./details//dt")}
    assert list(texts) == ["Title (Arabic)", "Title (Kurdish (Sorani))", "Abstract (Arabic)"]
    (line,) = texts["Title (Arabic)"].xpath("./div[@lang='ar'][@dir='rtl']")
    assert [text_of(word) for word in line.xpath("del")] == ["الوصول إلى"]
    assert [text_of(word) for word in line.xpath("ins")] == ["الجميع في"]
    assert text_of(told(page, OPENING)).count("سيدوري") == 2
    headings = [text_of(each) for each in page.xpath("//*[@class='differences']/details/summary")]
    assert headings[:4] == ["Cancelled 1", "Moved 1", "New 1", "Changed otherwise 1"]
    assert text_of(page.xpath("//details[summary[contains(., 'the event')]]/p")[0]) == "Tagline"
    others = text_of(page.xpath("//*[@class='differences']")[0])
    assert "قاعة دجلة Seats" in others
    assert "سيدوري Biography" in others


def test_any_two_releases_are_compared_in_either_direction(desk: FlaskClient) -> None:
    released()
    with plan_to_change() as plan:
        unplace(plan.sessions[WOMEN])
    released(hours=1)
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(12), room=plan.rooms["tigris"])
    released(hours=2)
    forth, back = page_of(desk, "?from=1&to=3"), page_of(desk, "?from=3&to=1")
    for page, groups in (
        (forth, ["Cancelled 1", "Moved 1"]),
        (back, ["Moved 1", "Back in the programme 1"]),
    ):
        found = page.xpath("//*[@class='differences']/details/summary")
        assert [text_of(each) for each in found] == groups
    moved = rows(told(forth, WATER))["When and where"]
    assert rows(told(back, WATER))["When and where"] == moved[::-1]


@pytest.mark.parametrize(
    "query", ["?from=7", "?to=0", "?from=x", "?from=1&to=-1", "?from=٣", f"?from={9**30}"]
)
def test_a_release_that_is_not_there_is_not_found(desk: FlaskClient, query: str) -> None:
    released()
    assert desk.get(PATH + query).status_code == 404


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_speaks_the_language_of_the_desk(app: Flask, lang: str) -> None:
    released()
    change_everything()
    answer = organizer(app, lang=lang).get(PATH)
    assert f'<html lang="{lang}"' in answer.text


def test_sessions_are_told_page_by_page(desk: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.releases import compare_views

    for module in (compare_page, compare_views):
        monkeypatch.setattr(module, "PAGE", 2)
    released()
    change_everything()
    first, second = page_of(desk), page_of(desk, "?page=2")
    assert len(first.xpath("//li[@class='difference']")) == 2
    assert first.xpath("//nav[@class='pager']/a/@href") == [f"{PATH}?page=2&from=1&to=next"]
    assert len(second.xpath("//li[@class='difference']")) == 2
    assert second.xpath("//nav[@class='pager']/a/@href") == [f"{PATH}?page=1&from=1&to=next"]
    assert page_of(desk, path=f"/desk/{SLUG}/releases").xpath("//a[contains(@href, 'page=2')]")


def withhold_siduri() -> None:
    """Let somebody who was public, and whose name stands in a title, not be named any more."""
    with plan_to_change() as plan:
        title = "لقاء مع سيدوري"
        set_text(plan.sessions[WATER], "ar", title=title, abstract="", state=TextState.DRAFT)
    released()
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
        set_text(plan.sessions[WATER], "ar", title="لقاء", abstract="", state=TextState.DRAFT)


@pytest.mark.parametrize("path", [PATH, f"/desk/{SLUG}/releases"])
def test_who_may_not_know_names_reads_none_of_earlier_releases(app: Flask, path: str) -> None:
    withhold_siduri()
    knowing = organizer(app, MemberRole.OWNER).get(path).text
    assert "سيدوري" in knowing
    page = page_of(organizer(app, MemberRole.EDITOR, sees_names=False), path=path)
    text = text_of(page.xpath("//*[@class='differences']")[0])
    assert "سيدوري" not in text
    assert "Speaker 1 (Speaker)" in rows(told(page, WATER))["No longer takes part"][0][0]
    assert "Not shown: a name that is not public any more" in text


def test_names_that_an_older_release_told_are_known_to_be_gone(app: Flask) -> None:
    """Though neither of the two that are compared names them."""
    withhold_siduri()
    with plan_to_change() as plan:
        title = "لقاء مع سيدوري"
        set_text(plan.sessions[WATER], "ar", title=title, abstract="", state=TextState.DRAFT)
    released(hours=1)
    with plan_to_change() as plan:
        set_text(plan.sessions[WATER], "ar", title="لقاء", abstract="", state=TextState.DRAFT)
    page = page_of(organizer(app, MemberRole.EDITOR, sees_names=False), "?from=2&to=next")
    assert "سيدوري" not in text_of(page)
    assert "Not shown" in text_of(told(page, WATER))


def test_a_former_name_of_somebody_is_theirs_alone(app: Flask) -> None:
    released()
    with plan_to_change() as plan:
        plan.speakers[SIDURI].texts["ar"].display_name = "صاحبة الحانة"
    text = text_of(page_of(organizer(app, sees_names=False)).xpath("//*[@class='differences']")[0])
    assert "سيدوري" not in text
    assert "صاحبة الحانة" in text
    knowing = page_of(organizer(app, MemberRole.EDITOR))
    assert rows(told(knowing, WATER))["Name"] == (["سيدوري"], ["صاحبة الحانة"])


def test_a_session_that_the_plan_has_no_more_is_told_without_a_link(
    desk: FlaskClient, app: Flask
) -> None:
    released()
    with plan_to_change() as plan:
        women = plan.sessions[WOMEN]
        plan.event.sessions.remove(women)
    page = page_of(desk)
    assert page.xpath("//li[@class='difference']/h3[not(a)]")


def test_it_takes_as_many_statements_however_much_differs(desk: FlaskClient) -> None:
    released(Stage.DRAFT)
    sent: list[int] = []
    for change in (lambda: None, change_everything):
        change()
        with statements() as found:
            page_of(desk)
        sent.append(len(found))
    assert sent[0] == sent[1]


def reached(page: html.HtmlElement) -> list[str]:
    """Return who is told on the page of releases that they will be written to."""
    heading = page.xpath("//h3[. = 'Who will be told']")[0]
    return [text_of(item) for item in heading.xpath("./following-sibling::details[1]//li")]


def test_organizers_see_who_will_be_told_of_the_next_release(desk: FlaskClient) -> None:
    path = f"/desk/{SLUG}/releases"
    assert len(reached(page_of(desk, path=path))) == 3
    released()
    with plan_to_change() as plan:
        event_id = plan.event.id
    user_id = db.session.scalars(select(User.id)).one()
    for letter in unsent(db.session(), event_id):
        discard(event_id, user_id, letter.id)
    nobody = page_of(desk, path=path)
    assert "No speaker: nothing is different for them." in text_of(nobody)
    with plan_to_change() as plan:
        place(plan.sessions[WOMEN], starts_at=at(14), room=plan.rooms["tigris"])
        plan.speakers[SIDURI].email = ""
        set_people(plan.sessions[OPENING], [])
    page = page_of(desk, path=path)
    assert reached(page) == ["زین New time · New room"]
    unreachable = page.xpath("//details[summary[contains(., '1 speaker has no address')]]//li")
    assert [text_of(item) for item in unreachable] == ["سيدوري No longer takes part"]


def test_who_will_be_told_is_named_only_before_those_who_may_know(app: Flask) -> None:
    page = page_of(organizer(app, sees_names=False), path=f"/desk/{SLUG}/releases")
    assert [item.split(" New")[0] for item in reached(page)] == ["سيدوري", "Speaker 2", "Speaker 3"]
    assert "people.invalid" not in text_of(page)
