"""The preview: the pages of what would be published now, for organizers alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from PIL import Image

from planner.accounts.models import MemberRole
from planner.programme.vocabulary import Stage
from planner.public import pages
from planner.releases import preview
from planner.sessions.operations import place
from planner.speakers.models import Visibility
from tests.conftest import BASE_URL
from tests.desks import organizer
from tests.plans import (
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

PATH = f"/desk/{SLUG}/releases/next"
PAGES = (
    "/",
    "/programme",
    f"/sessions/{WATER}",
    f"/speakers/{SIDURI}",
    "/themes/water",
    "/rooms/tigris",
    "/changes",
    "/later",
)


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    make_plan()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of somebody who may only look, and knows no names."""
    return organizer(app, MemberRole.VIEWER, sees_names=False)


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize("is_released", [False, True])
def test_every_page_is_shown_in_every_language_and_says_that_it_is_not_public(
    desk: FlaskClient, lang: str, is_released: bool
) -> None:
    if is_released:
        released()
    for page in PAGES:
        answer = desk.get(f"{PATH}/{lang}{page}")
        assert answer.status_code == 200, page
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Content-Language"] == lang
        document = html.document_fromstring(answer.text)
        assert (document.get("lang"), len(document.xpath("//aside[@class='preview-bar']"))) == (
            lang,
            1,
        )


def test_it_is_what_the_public_reads_after_the_release(app: Flask, desk: FlaskClient) -> None:
    """But for what says that it is a preview, where links lead, and the moment of publication."""
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(11), room=plan.rooms["zagros"])
    shown = {page: _body(desk.get(f"{PATH}/ar{page}").text) for page in PAGES[:-2]}
    released()
    for page, preview_body in shown.items():
        public = app.test_client().get(f"/ar/{SLUG}{page}", base_url=BASE_URL).text
        assert _body(public) == preview_body, page


def _body(page: str) -> list[str]:
    main = html.document_fromstring(page).xpath("//main")[0]
    apart = (
        ".//*[contains(@class, 'state')] | .//dl[@class='ledger'] | .//button[@form='stars']"
        " | .//a[contains(@href, '/sheet') or contains(@href, '/call')]"
    )
    for found in main.xpath(apart):
        found.drop_tree()
    return main.text_content().split()


def test_a_change_of_the_plan_is_seen_at_once_and_the_public_sees_nothing(
    app: Flask, desk: FlaskClient
) -> None:
    released()
    assert "New time" not in desk.get(f"{PATH}/en/sessions/{WATER}").text
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(16, 45), room=plan.rooms["zagros"])
    page = desk.get(f"{PATH}/en/sessions/{WATER}").text
    assert "16:45" in page
    assert "New time" in page
    public = app.test_client().get(f"/en/{SLUG}/sessions/{WATER}", base_url=BASE_URL).text
    assert "16:45" not in public


def test_its_links_lead_within_the_preview(desk: FlaskClient) -> None:
    released()
    seen, waiting = set(), [f"{PATH}/ckb/"]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = desk.get(address)
        assert answer.status_code == 200, address
        document = html.document_fromstring(answer.text)
        for element in document.xpath("//body//a[@href] | //form[@action]"):
            href = (element.get("href") or element.get("action")).partition("#")[0]
            if not href.startswith("/"):
                continue
            if href == f"/desk/{SLUG}/releases":
                continue
            assert href.startswith(f"{PATH}/"), (address, href)
            page = href.partition("?")[0]
            if page not in seen and page not in waiting:
                waiting.append(page)
    for page in PAGES:
        assert f"{PATH}/ckb{page}" in seen, page


def test_who_would_not_be_named_is_not_named_whoever_looks(app: Flask) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
    owner = organizer(app)
    for page in PAGES:
        if page == f"/speakers/{SIDURI}":
            assert owner.get(f"{PATH}/ar{page}").status_code == 404
            continue
        text = owner.get(f"{PATH}/ar{page}").text
        assert "سيدوري" not in text
        assert "زین" not in text


@pytest.mark.parametrize("page", [f"/speakers/{ZIN}", "/sessions/GGGGGG", "/themes/x", "/rooms/x"])
def test_what_would_not_be_there_is_not_found(desk: FlaskClient, page: str) -> None:
    assert desk.get(f"{PATH}/en{page}").status_code == 404


def test_nobody_else_gets_there(app: Flask) -> None:
    released()
    for page in PAGES:
        answer = app.test_client().get(f"{PATH}/en{page}", base_url=BASE_URL)
        assert answer.status_code == 302
        assert "/desk/account/login" in answer.location


def test_public_pages_know_of_no_preview(app: Flask, desk: FlaskClient) -> None:
    released()
    desk.get(f"{PATH}/en/programme")
    page = app.test_client().get(f"/en/{SLUG}/programme", base_url=BASE_URL).text
    assert "/desk/" not in page
    assert "preview-bar" not in page


def test_the_programme_can_be_narrowed(desk: FlaskClient) -> None:
    page = desk.get(f"{PATH}/en/programme?theme=women").text
    assert WOMEN in page
    assert WATER not in page


def test_it_is_at_the_stage_of_what_is_public(desk: FlaskClient) -> None:
    assert "Draft 1" in desk.get(f"{PATH}/en/").text
    released(Stage.FINAL)
    assert "Final programme" in desk.get(f"{PATH}/en/").text


def test_changes_tell_what_the_release_would_change(desk: FlaskClient) -> None:
    released()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
    document = html.document_fromstring(desk.get(f"{PATH}/en/changes").text)
    headings = [" ".join(found.text_content().split()) for found in document.xpath("//main//h2")]
    assert headings == ["Release 2: Draft", "Release 1: Draft"]


def test_on_the_day_the_banner_tells_what_the_release_would_change(
    desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    released()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
    assert "Changed today" not in desk.get(f"{PATH}/en/programme").text
    for module in (preview, pages):
        monkeypatch.setattr(module, "now", lambda: datetime(2017, 1, 18, 7, tzinfo=UTC))
    assert "Changed today" in desk.get(f"{PATH}/en/programme").text


def test_a_photo_that_would_be_public_is_shown(app: Flask, desk: FlaskClient) -> None:
    uploads = Path(app.instance_path) / "uploads"
    uploads.mkdir(exist_ok=True)
    Image.new("RGB", (3, 3)).save(uploads / "portrait.jpg")
    Image.new("RGB", (3, 3)).save(uploads / "other.jpg")
    with plan_to_change() as plan:
        plan.speakers[SIDURI].photo = "portrait.jpg"
    document = html.document_fromstring(desk.get(f"{PATH}/ar/speakers/{SIDURI}").text)
    (source,) = document.xpath("//main//img/@src")
    assert source == f"{PATH}/photos/portrait.jpg"
    answer = desk.get(source)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert desk.get(f"{PATH}/photos/other.jpg").status_code == 404


def test_the_page_of_releases_leads_to_it(desk: FlaskClient) -> None:
    page = desk.get(f"/desk/{SLUG}/releases").text
    for lang in ("en", "ar", "ckb"):
        assert f'href="{PATH}/{lang}/programme"' in page
