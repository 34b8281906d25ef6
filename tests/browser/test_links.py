"""Links that were lost or ended, as speakers meet them, and links in the desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from planner.extensions import db
from planner.notices.models import Notice, NoticeKind
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check, check_in
from tests.browser.test_entering import event  # noqa: F401 -- the fixture
from tests.plans import SIDURI, ZIN, released
from tests.slots.speaking import link

pytestmark = pytest.mark.browser


@pytest.fixture
def published(event: DeskEvent) -> Iterator[DeskEvent]:  # noqa: F811 -- the fixture
    """Publish the small event."""
    with event.desk.app.app_context():
        released(slug=event.slug)
    yield event


def phone(event: DeskEvent, path: str, *, script: bool = False) -> Page:  # noqa: F811
    """Open an address on a phone of somebody who is signed in nowhere."""
    context = event.desk.browser.new_context(
        viewport={"width": 360, "height": 780}, java_script_enabled=script
    )
    event.desk.contexts.append(context)
    page = context.new_page()
    page.on("console", lambda message: event.desk.complaints.append(message.text))
    page.goto(event.desk.address + path)
    return page


def token_of(event: DeskEvent, code: str) -> str:  # noqa: F811
    """Return the token of a speaker's link."""
    with event.desk.app.app_context():
        return link(event.code(code))


def waiting_for(event: DeskEvent, code: str) -> list[NoticeKind]:  # noqa: F811
    """Return what waits in the outbox for a speaker."""
    with event.desk.app.app_context():
        return [
            notice.kind
            for notice in db.session.scalars(select(Notice).where(Notice.due_at.is_not(None)))
            if notice.speaker and notice.speaker.code == event.code(code)
        ]


def test_who_lost_the_link_has_it_sent_again_without_script(published: DeskEvent) -> None:
    page = phone(published, "/speak/lost-and-gone?lang=en")
    page.get_by_role("link", name="Have your link sent to you again").click()
    page.get_by_role("button", name="Send me my link").click()
    expect(page.get_by_text("Your address is missing.")).to_be_visible()
    page.get_by_label("Your e-mail address").fill("not an address")
    page.get_by_role("button", name="Send me my link").click()
    expect(page.get_by_text("This is no e-mail address.")).to_be_visible()
    expect(page.get_by_label("Your e-mail address")).to_have_value("not an address")
    page.get_by_label("Your e-mail address").fill(f"{published.code(ZIN)}@people.invalid".upper())
    page.get_by_role("button", name="Send me my link").click()
    expect(page.get_by_role("status")).to_contain_text("is on its way")
    assert waiting_for(published, ZIN) == [NoticeKind.LINK]
    told = page.locator("main").inner_text()
    page.get_by_role("link", name="Try another address").click()
    page.get_by_label("Your e-mail address").fill("nobody@people.invalid")
    page.get_by_role("button", name="Send me my link").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert page.locator("main").inner_text() == told


def test_an_organizer_ends_a_link_and_the_speaker_finds_nothing_there(
    published: DeskEvent,
) -> None:
    token = token_of(published, SIDURI)
    page = phone(published, f"/speak/{token}?lang=en")
    expect(page.get_by_role("heading", name="My slots")).to_be_visible()
    office = published.open("/links", published.organizer())
    row = office.get_by_role("row").filter(has_text="سيدوري")
    row.get_by_role("link", name="End…").click()
    check(office)
    office.get_by_role("button", name="End 1 link").click()
    expect(office.get_by_text("1 link is ended.")).to_be_visible()
    page.reload()
    ended = page.content()
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.goto(f"{published.desk.address}/speak/{'x' * 43}?lang=en")
    assert page.content() == ended
    page.goto(f"{published.desk.address}/speak/{token_of(published, SIDURI)}?lang=en")
    expect(page.get_by_role("heading", name="My slots")).to_be_visible()


def test_an_organizer_shows_a_link_to_be_scanned_and_copied(published: DeskEvent) -> None:
    page = published.open("/links", published.organizer())
    check(page)
    page.get_by_role("row").filter(has_text="زین").get_by_role("button", name="Show").click()
    check(page)
    address = page.locator(".address code").inner_text()
    assert address.endswith(f"/speak/{token_of(published, ZIN)}")
    expect(page.get_by_role("img", name="QR code of the address")).to_be_visible()
    assert page.evaluate("document.querySelector('.link-code img').naturalWidth") > 0
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    assert published.desk.complaints == []


def test_an_organizer_reminds_who_has_not_answered(published: DeskEvent) -> None:
    page = published.open("/links", published.organizer())
    page.get_by_role("link", name="Remind 3 speakers").click()
    check(page)
    page.get_by_role("button", name="Send 3 reminders").click()
    expect(page.get_by_text("3 reminders go out with the next mail.")).to_be_visible()
    assert waiting_for(published, SIDURI) == [NoticeKind.REMINDER]
    expect(page.get_by_role("link", name="Remind")).to_have_count(0)
    assert published.desk.complaints == []


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_pages_of_lost_links_have_no_barriers(published: DeskEvent, lang: str) -> None:
    page = phone(published, f"/speak/?lang={lang}", script=True)
    check_in(lang, page)
    page.locator("main button").click()
    check_in(lang, page)
    for path in ("?sent=1&", "dead?"):
        page.goto(f"{published.desk.address}/speak/{path}lang={lang}")
        check_in(lang, page)
    missing = "Failed to load resource: the server responded with a status of 4"
    assert [told for told in published.desk.complaints if not told.startswith(missing)] == []


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_the_links_have_no_barriers_in_the_other_direction(published: DeskEvent, lang: str) -> None:
    check_in(lang, published.open("/links", published.organizer(), lang=lang))
    assert published.desk.complaints == []
