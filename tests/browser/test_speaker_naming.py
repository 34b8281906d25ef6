"""How a speaker is named, and what is stored of them, on a phone."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check_in
from tests.browser.test_entering import event  # noqa: F401 -- the fixture
from tests.browser.test_slots import Phone, phone  # noqa: F401 -- the fixture
from tests.browser.test_speaker_texts import go
from tests.plans import ENKIDU, SIDURI, WATER

pytestmark = pytest.mark.browser


def test_a_speaker_goes_from_public_to_withheld_after_publication(
    phone: Phone,  # noqa: F811 -- the fixture
) -> None:
    public = f"{phone.event.desk.address}/ar/{phone.event.slug}"
    siduri, water = phone.event.code(SIDURI), phone.event.code(WATER)
    page = go(phone.open(SIDURI, "en", script=False), "/named")
    assert page.request.get(f"{public}/speakers/{siduri}").status == 200
    page.get_by_label("My name is withheld").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="What cannot be recalled")).to_be_visible()
    assert page.request.get(f"{public}/speakers/{siduri}").status == 200
    page.get_by_role("button", name="Take it out now").click()
    expect(page.get_by_role("status")).to_contain_text("out of everything published")
    page.wait_for_timeout(1100)  # what the server remembers of the release before runs out
    assert page.request.get(f"{public}/speakers/{siduri}").status == 404
    told = page.request.get(f"{public}/sessions/{water}").text()
    assert "سيدوري" not in told
    assert "الاسم محفوظ" in told
    assert phone.event.desk.complaints == []


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_pages_have_no_barriers(phone: Phone, lang: str) -> None:  # noqa: F811
    page = go(phone.open(SIDURI, lang), "/named")
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true }")
    check_in(lang, page)
    page.locator("[value=withheld]").check()
    page.locator("form.naming .button").click()
    expect(page.locator("[name=sure]")).to_be_visible()
    check_in(lang, page)
    page.goto(page.url.replace("/named", "/named/page"))
    check_in(lang, page)
    page.goto(page.url.replace("/named/page", "/data"))
    check_in(lang, page)
    page.locator("#erasure .button").click()
    expect(page.locator(".errors")).to_be_visible()
    check_in(lang, page)
    assert [told for told in phone.event.desk.complaints if "422" not in told] == []


def test_a_speaker_takes_everything_and_asks_to_be_erased(
    phone: Phone,  # noqa: F811 -- the fixture
) -> None:
    page = go(phone.open(ENKIDU, "en"), "/data")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take all of it with you").click()
    told = json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))
    assert told["texts"][0]["pseudonym"] == "ابن البرية"
    page.get_by_label("I want to be erased.").check()
    page.get_by_role("button", name="Ask to be erased").click()
    expect(page.get_by_role("status")).to_contain_text("You asked for it on")
    page.get_by_role("button", name="I want to stay after all").click()
    expect(page.get_by_role("button", name="Ask to be erased")).to_be_visible()
