"""A speaker's page of slots on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from planner.sessions.models import Answer
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check_in, fits
from tests.browser.test_entering import event  # noqa: F401 -- the fixture
from tests.plans import ENKIDU, SIDURI, WATER, ZIN, released
from tests.slots.speaking import answers, link

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(event: DeskEvent) -> Iterator["Phone"]:  # noqa: F811 -- the fixture
    """Return the phone of somebody who got a link."""
    with event.desk.app.app_context():
        released(slug=event.slug)
    found = Phone(event)
    yield found
    for context in found.contexts:
        context.close()


class Phone:
    """A phone 360 pixels wide."""

    def __init__(self, event: DeskEvent) -> None:  # noqa: F811 -- the fixture
        self.event = event
        self.contexts = []  # type: ignore[var-annotated]

    def open(self, speaker: str, lang: str, *, script: bool = True, zone: str = "") -> Page:
        """Open the link of a speaker."""
        with self.event.desk.app.app_context():
            token = link(self.event.code(speaker))
        context = self.event.desk.browser.new_context(
            viewport={"width": 360, "height": 780},
            java_script_enabled=script,
            timezone_id=zone or "Asia/Baghdad",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.event.desk.complaints.append(message.text))
        page.goto(f"{self.event.desk.address}/speak/{token}?lang={lang}")
        return page

    def said(self, session: str, speaker: str) -> set[Answer]:
        """Return what a speaker answered to a session."""
        with self.event.desk.app.app_context():
            return answers(self.event.code(session), self.event.code(speaker))


def test_a_speaker_confirms_on_a_phone_in_kurdish_without_script(phone: Phone) -> None:
    page = phone.open(SIDURI, "ckb", script=False)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    card = page.locator(f"#session-{phone.event.code(WATER)}")
    card.locator("form:has([value=confirm]) button").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ckb")
    expect(card.locator(".said.is-yes")).to_be_visible()
    expect(card.locator("[value=confirm]")).to_have_count(0)
    assert phone.said(WATER, SIDURI) == {Answer.CONFIRMED}
    assert phone.event.desk.complaints == []


def test_a_speaker_declines_with_a_reason(phone: Phone) -> None:
    page = phone.open(ENKIDU, "en", script=False)
    page.get_by_text("I cannot come").click()
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Say in a few words why")).to_be_visible()
    assert phone.said(WATER, ENKIDU) == {Answer.ASKED}
    page.get_by_label("Why not?").fill("أنا مسافر")
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("You said that you cannot come.")).to_be_visible()
    expect(page.get_by_text("أنا مسافر")).to_be_visible()
    assert phone.said(WATER, ENKIDU) == {Answer.DECLINED}


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_page_has_no_barriers(phone: Phone, lang: str) -> None:
    page = phone.open(ZIN, lang)
    for summary in page.locator("summary").all():
        summary.click()
    check_in(lang, page)
    page.set_viewport_size({"width": 360, "height": 780})
    page.locator("form:has([value=decline]) button").first.click()
    expect(page.locator(".errors")).to_be_visible()
    check_in(lang, page)
    fits(page)
    small = page.evaluate(
        "[...document.querySelectorAll('button, summary, textarea, select')]"
        ".filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 24).length"
    )
    assert small == 0
    assert [one for one in phone.event.desk.complaints if "422" not in one] == []


def test_who_is_elsewhere_reads_the_hours_on_their_own_clock(phone: Phone) -> None:
    page = phone.open(SIDURI, "en", zone="Europe/Berlin")
    own = page.get_by_text("On your own clock:")
    expect(own.first).to_be_visible()
    assert own.last.text_content() == "On your own clock: \u206608:00–09:00\u2069"
    page = phone.open(SIDURI, "en", zone="Pacific/Honolulu")
    expect(page.get_by_text("(the day before)").first).to_be_visible()
    page = phone.open(SIDURI, "en")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("On your own clock:")).to_have_count(0)


def test_the_desk_reads_and_answers_what_is_asked(phone: Phone) -> None:
    page = phone.open(ENKIDU, "ar")
    card = page.locator(f"#session-{phone.event.code(WATER)}")
    card.locator("summary").last.click()
    card.locator("form:has([value=ask]) textarea").fill("بعد الظهر")
    card.locator("form:has([value=ask]) button").click()
    expect(card.get_by_text("بعد الظهر")).to_be_visible()
    desk_page = phone.event.open("/requests", phone.event.organizer())
    desk_page.locator("summary", has_text="Answer").click()
    for lang in ("en", "ar", "ckb"):
        check_in(lang, desk_page)
    desk_page.get_by_label("What the speaker reads").fill("نعم")
    desk_page.get_by_role("button", name="Accept").click()
    expect(desk_page.get_by_text("The speaker reads your answer")).to_be_visible()
    page.reload()
    expect(card.get_by_text("نعم")).to_be_visible()
