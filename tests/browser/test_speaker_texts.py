"""When a speaker is free, and what they write, on a phone; and what the desk makes of it."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from planner.extensions import db
from planner.speakers.models import Availability, Speaker
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check_in
from tests.browser.test_entering import event  # noqa: F401 -- the fixture
from tests.browser.test_slots import Phone, phone  # noqa: F401 -- the fixture
from tests.plans import ENKIDU, SIDURI, WATER

pytestmark = pytest.mark.browser


def go(page: Page, path: str) -> Page:
    """Go to another page behind the same link."""
    address, _, query = page.url.partition("?")
    page.goto(f"{address}{path}?{query}")
    return page


def hours(phone: Phone, code: str) -> list[str]:  # noqa: F811 -- the fixture
    """Return when somebody is free."""
    with phone.event.desk.app.app_context():
        rows = db.session.execute(
            select(Availability.starts_at, Availability.ends_at)
            .join(Speaker, Speaker.id == Availability.speaker_id)
            .where(Speaker.code == phone.event.code(code))
            .order_by(Availability.starts_at)
        )
        return [f"{row.starts_at:%d %H:%M}-{row.ends_at:%d %H:%M}" for row in rows]


def test_without_script_hours_are_boxes_that_keys_reach(phone: Phone) -> None:  # noqa: F811
    page = go(phone.open(SIDURI, "ckb", script=False), "/free")
    box = page.locator('[value="2017-01-18T08:00"]')
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("textarea").fill("بە پاس دێم")
    page.locator(".buttons .button").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(box).not_to_be_checked()
    assert hours(phone, SIDURI) == ["18 10:00-18 20:00", "19 08:00-19 20:00"]
    page.locator("[name=always]").click()
    expect(box).to_be_checked()
    assert hours(phone, SIDURI) == []


def test_with_a_mouse_one_drags_over_hours_and_clears_whole_days(
    phone: Phone,  # noqa: F811 -- the fixture
) -> None:
    page = go(phone.open(SIDURI, "en"), "/free")
    page.set_viewport_size({"width": 1280, "height": 900})
    first, last = (page.locator(f'td:has([value="2017-01-18T{at}:00"])') for at in ("10", "13"))
    first.hover()
    page.mouse.down()
    last.hover()
    page.mouse.up()
    page.get_by_role("button", name="Whole day").last.click()
    expect(page.locator("input:checked")).to_have_count(8)
    page.locator('[value="2017-01-18T20:00"], [value="2017-01-18T19:00"]').last.click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert hours(phone, SIDURI) == ["18 08:00-18 10:00", "18 14:00-18 19:00"]


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_pages_have_no_barriers(phone: Phone, lang: str) -> None:  # noqa: F811
    page = phone.open(ENKIDU, lang)
    start = page.url
    for path in ("/free", "/texts", f"/sessions/{phone.event.code(WATER)}/texts"):
        page.goto(start)
        check_in(lang, go(page, path))
        page.set_viewport_size({"width": 360, "height": 780})
        small = page.evaluate(
            "[...document.querySelectorAll('button, .free-grid label, textarea')]"
            ".filter(one => one.checkVisibility() && one.offsetHeight < 24).length"
        )
        assert small == 0
    page.locator("[name=title-ar]").fill("")
    page.locator(".form .buttons .button").last.click()
    expect(page.locator(".errors").first).to_be_visible()
    check_in(lang, page)
    assert [one for one in phone.event.desk.complaints if "422" not in one] == []


def test_what_a_speaker_proposes_is_decided_in_the_desk(phone: Phone) -> None:  # noqa: F811
    page = go(phone.open(SIDURI, "ar"), "/texts")
    page.locator("[name=display_name-ar]").fill("سيدوري بنت البحر")
    page.locator("[name=biography-ar]").fill("تعرف **الطريق**")
    page.locator("[value=biography-ar]").click()
    expect(page.locator(".preview strong")).to_have_text("الطريق")
    page.locator(".form .buttons .button").first.click()
    expect(page.locator(".proposed ins").first).to_have_text("بنت البحر")
    check_in("ar", page)
    desk_page = phone.event.open("/proposals", phone.event.organizer())
    for lang in ("en", "ar"):
        check_in(lang, desk_page)
    desk_page.locator("tbody a").click()
    for lang in ("en", "ar"):
        check_in(lang, desk_page)
    desk_page.get_by_label("Biography").uncheck()
    desk_page.get_by_label("Answer to the speaker").fill("شكرا")
    desk_page.get_by_role("button", name="Accept what is marked").click()
    expect(desk_page.get_by_text("Accepted. The speaker sees it")).to_be_visible()
    page.reload()
    expect(page.get_by_text("شكرا")).to_be_visible()
    expect(page.locator("[name=display_name-ar]")).to_have_value("سيدوري بنت البحر")
    expect(page.locator("[name=biography-ar]")).to_have_value("")
