"""One's own agenda as browsers show it: with and without script, on two devices, without a line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from planner.releases.queries import ReleaseSource
from planner.sessions.operations import place
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check_in
from tests.browser.test_entering import event  # noqa: F401 -- the fixture
from tests.calendars.reading import with_ical
from tests.plans import OPENING, WATER, WOMEN, at, plan_to_change, released

pytestmark = pytest.mark.browser

STARRED = "button.star[aria-pressed=true]"
#: Puts in a card that a page fetched: nothing says there that it is starred.
PUT_IN = """() => {
    const card = document.querySelector(".card:has(button[aria-pressed=true])").cloneNode(true);
    card.querySelector("button").removeAttribute("aria-pressed");
    document.querySelector(".sessions").append(card);
}"""


@dataclass
class Hall:
    """The small event, read by people with devices of their own."""

    event: DeskEvent

    def address(self, path: str, lang: str = "en") -> str:
        """Return the address of a page of the event."""
        return f"{self.event.desk.address}/{lang}/{self.event.slug}/{path}"

    @contextmanager
    def device(self, *, script: bool = True, width: int = 1280) -> Iterator[Page]:
        """Lend a new device."""
        context = self.event.desk.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        page = context.new_page()
        page.on("console", lambda told: self.event.desk.complaints.append(told.text))
        page.on("pageerror", lambda error: self.event.desk.complaints.append(str(error)))
        yield page
        context.close()

    def star(self, page: Page, session: str) -> None:
        """Press the star of a session where the page shows it."""
        page.locator(f"button.star[value='{self.event.code(session)}']").first.click()

    def release(self, hours: int) -> None:
        """Publish the event."""
        with self.event.desk.app.app_context():
            released(slug=self.event.slug, hours=hours)


@pytest.fixture
def hall(event: DeskEvent) -> Hall:  # noqa: F811 -- the fixture
    """Publish a small event, each of whose releases everybody reads at once."""
    app = event.desk.app
    app.extensions["planner.programmes"] = ReleaseSource(
        seconds=0, forget=app.extensions["planner.shelf"].forget
    )
    found = Hall(event)
    found.release(0)
    return found


def test_a_star_without_script_leads_to_a_calendar(hall: Hall) -> None:
    with hall.device(script=False, width=360) as page:
        page.goto(hall.address("programme", "ckb"))
        hall.star(page, WATER)
        expect(page).to_have_url(re.compile(r"/ckb/[^/]+/agenda\?added="))
        message = page.get_by_role("status")
        expect(message.get_by_role("link").first).to_have_text("حق الوصول إلى الماء")
        subscribe = page.locator("a[href^='webcal:'][href$='.ics']").first
        feed = (subscribe.get_attribute("href") or "").replace("webcal:", "http:")
        calendar = page.request.get(feed)
        assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
        assert list(with_ical(calendar.body())) == [
            f"session-{hall.event.code(WATER)}@river-days.example"
        ]
        hall.star(page, WATER)  # on the agenda it takes out
        expect(page).to_have_url(re.compile(r"\?removed="))
        expect(page.locator(".card")).to_have_count(0)


def test_with_script_stars_are_toggled_and_the_agenda_tells_what_happens(hall: Hall) -> None:
    with hall.device() as page:
        page.goto(hall.address("programme"))
        expect(page.locator("button.star")).to_have_count(3)
        hall.star(page, WATER)
        hall.star(page, WOMEN)
        hall.star(page, OPENING)
        hall.star(page, OPENING)
        expect(page.locator(STARRED)).to_have_count(2)
        expect(page).to_have_url(hall.address("programme"))
        page.evaluate(PUT_IN)
        expect(page.locator(STARRED)).to_have_count(3)
        page.goto(hall.address(f"sessions/{hall.event.code(WATER)}"))
        own = page.get_by_role("button", name="Star this session")
        expect(own).to_have_attribute("aria-pressed", "true")
        page.goto(hall.address("agenda"))
        expect(page.locator(".clash")).to_have_count(2)
        with hall.event.desk.app.app_context(), plan_to_change(hall.event.slug) as plan:
            item = plan.sessions[hall.event.code(WOMEN)]
            place(item, starts_at=at(15), room=plan.rooms["tigris"])
        hall.release(1)
        page.reload()
        expect(page.locator(".clash")).to_have_count(0)
        expect(page.locator(".news li")).to_have_count(1)
        expect(page.locator(".news")).to_contain_text("New time")
        page.get_by_role("button", name="I have seen this").click()
        expect(page.locator(".news")).to_have_count(0)


def test_it_is_shared_taken_to_another_device_and_deleted(hall: Hall) -> None:
    with hall.device() as page, hall.device(width=360) as phone, hall.device() as friend:
        page.goto(hall.address("programme"))
        hall.star(page, WATER)
        expect(page.locator(STARRED)).to_have_count(1)
        page.goto(hall.address("agenda"))
        shared = page.get_by_role("link", name="See what others see").get_attribute("href") or ""
        page.get_by_text("Show the code").click()
        taken = page.locator("details .address code").inner_text()
        assert page.locator("img[src^='data:image/svg']").last.evaluate("i => i.naturalWidth") > 0

        friend.goto(shared)
        friend.get_by_role("button", name="Add all of these to my agenda").click()
        expect(friend.locator(STARRED)).to_have_count(1)

        phone.goto(taken)
        phone.get_by_role("button", name="Use this agenda here").click()
        expect(phone.locator(STARRED)).to_have_count(1)
        phone.goto(hall.address("programme"))
        expect(phone.locator(STARRED)).to_have_count(1)
        with phone.expect_response("**/agenda/stars"):
            hall.star(phone, OPENING)
        expect(phone.locator(STARRED)).to_have_count(2)

        page.reload()
        expect(page.locator(STARRED)).to_have_count(2)
        page.get_by_role("link", name="Delete the agenda").click()
        page.get_by_role("button", name="Delete the agenda").click()
        expect(page.get_by_text("Your agenda is deleted")).to_be_visible()
        page.goto(hall.address("programme"))
        expect(page.locator("button.star")).to_have_count(3)
        expect(page.locator(STARRED)).to_have_count(0)
        assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('agenda'))") == []


def test_without_a_line_stars_are_kept_and_sent_later(hall: Hall) -> None:
    with hall.device() as page:
        page.goto(hall.address("programme"))
        page.route("**/agenda/stars", lambda route: route.abort())
        hall.star(page, WATER)
        expect(page.locator(".star-told")).to_contain_text("No line just now")
        expect(page.locator(STARRED)).to_have_count(1)
        hall.event.desk.complaints.clear()  # the browser tells of the lost line as well
        page.unroute("**/agenda/stars")
        page.goto(hall.address("agenda"))
        expect(page.locator(f".card {STARRED}")).to_have_count(1)
        expect(page.get_by_role("heading", name="In my calendar")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_has_no_barriers(hall: Hall, lang: str) -> None:
    """The agenda with everything that it may tell, everything unfolded."""
    with hall.device() as page:
        page.goto(hall.address("programme", lang))
        for session in (WATER, WOMEN):
            hall.star(page, session)
        expect(page.locator(STARRED)).to_have_count(2)
        with hall.event.desk.app.app_context(), plan_to_change(hall.event.slug) as plan:
            for code in (WATER, WOMEN):
                item = plan.sessions[hall.event.code(code)]
                place(item, starts_at=at(15), room=plan.rooms["zagros"])
        hall.release(1)
        page.goto(hall.address(f"agenda?added={hall.event.code(WATER)}", lang))
        expect(page.locator(".news li")).to_have_count(2)
        expect(page.locator(".clash")).to_have_count(2)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        check_in(lang, page)
