"""Getting in, one's own account, and the organizers of an event, as a browser shows them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from planner.accounts.models import MemberRole, User
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from tests.apps import code_of
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check, check_in
from tests.desks import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def event(desk: Desk) -> DeskEvent:  # noqa: F811 -- the fixture
    """Make a small event."""
    return desk.event()


@pytest.fixture
def stranger(event: DeskEvent) -> Iterator[Page]:
    """Return a browser in which nobody is signed in."""
    context = event.desk.browser.new_context()
    yield context.new_page()
    context.close()


def email_of(event: DeskEvent, user_id: int) -> str:
    """Return the address of somebody."""
    with event.desk.app.app_context():
        return db.session.scalars(select(User.email).where(User.id == user_id)).one()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_pages_of_accounts_have_no_barriers_and_never_scroll_sideways(
    event: DeskEvent, stranger: Page, lang: str
) -> None:
    owner = event.organizer(role=MemberRole.OWNER)
    page = event.open("/organizers", owner, lang=lang)
    here = event.desk.address
    account = f"{here}/desk/account"
    for path in ("profile", "password", "second-factor", "verify", "security"):
        page.goto(f"{account}/{path}")
        page.emulate_media(color_scheme="light")
        check_in(lang, page)
    page.goto(f"{here}/desk/{event.slug}/organizers/invite")
    check_in(lang, page)
    page.fill("#email", "layla@desk.example")
    page.fill("#name", "ليلى")
    page.check("input[value=translator]")
    page.click("main button.button")
    check_in(lang, page)  # no language was chosen
    page.check("input[name=translates][value=ckb]")
    page.click("main button.button")
    check_in(lang, page)
    link = page.input_value("#link")
    page.goto(f"{here}/desk/{event.slug}/organizers")
    check_in(lang, page)
    for number in (0, 1):
        page.goto(f"{here}/desk/{event.slug}/organizers")
        page.locator("td.row-actions a").nth(number).click()
        check_in(lang, page)
    stranger.set_extra_http_headers({"Accept-Language": lang})
    for address in (f"{account}/login", f"{account}/forgotten", f"{account}/reset/x", link):
        stranger.goto(address)
        expect(stranger.locator("html")).to_have_attribute("lang", lang)
        check_in(lang, stranger)
    # That a form was not taken is an error to the browser, and nothing else is.
    assert [said for said in event.desk.complaints if "status of 422" not in said] == []


def test_a_second_factor_is_set_up_and_asked_for_with_the_keyboard_alone(
    event: DeskEvent, stranger: Page
) -> None:
    """An event asks for it; the page leads there, and back to the event."""
    owner = event.organizer(role=MemberRole.OWNER)
    with event.desk.app.app_context(), write_tx() as database:
        asking = update(Event).where(Event.slug == event.slug)
        database.execute(asking.values(requires_second_factor=True))
    page = event.open("/", owner)
    expect(page).to_have_url(re.compile("/account/security"))
    page.get_by_role("link", name="Set up").press("Enter")
    page.get_by_text("It cannot read pictures").press("Enter")
    key = page.locator(".key").inner_text()
    size = "image => image.decode().then(() => image.naturalWidth)"
    assert page.locator(".qr").evaluate(size) > 100
    page.locator("#code").press_sequentially(code_of(key))
    page.keyboard.press("Enter")
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    check(page)
    page.get_by_role("link", name="I have kept them").press("Enter")
    expect(page).to_have_url(re.compile(f"/desk/{event.slug}/$"))

    stranger.goto(f"{event.desk.address}/desk/{event.slug}/")
    stranger.keyboard.insert_text(email_of(event, owner))
    stranger.keyboard.press("Tab")
    stranger.keyboard.insert_text(PASSWORD)
    stranger.keyboard.press("Enter")
    expect(stranger.locator("#code")).to_be_focused()
    check(stranger)
    stranger.get_by_role("link", name="Use a recovery code").press("Enter")
    stranger.locator("#code").press_sequentially(codes[0].lower())
    stranger.keyboard.press("Enter")
    expect(stranger).to_have_url(re.compile(f"/desk/{event.slug}/$"))
    expect(stranger.get_by_text("9 recovery codes are left.")).to_be_visible()
