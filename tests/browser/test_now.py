"""The page on what is on now, the screen in the hall and the sheets, while time goes by."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from planner import create_app
from planner.public import now
from tests.browser.looking import barriers, check_in
from tests.browser.test_pages import LANGUAGES
from tests.crowds import crowded
from tests.examples import PROGRAMME, session
from tests.public.conftest import Programmes

pytestmark = pytest.mark.browser

#: One minute before the first session of the example ends, at its venue.
BEFORE = datetime(2017, 1, 18, 6, 59, tzinfo=UTC)
SIZES = ((1920, 1080), (1280, 720), (1080, 1920))


class Venue:
    """A server whose clock is set, and what it publishes."""

    def __init__(self, address: str, programmes: Programmes) -> None:
        self.address = address
        self.programmes = programmes
        self.at = BEFORE

    def now(self) -> datetime:
        """Return the moment that was set."""
        return self.at

    def open(self, browser: Browser, path: str, **options: object) -> Page:
        """Open a page on a device whose clock is that of the server."""
        page = browser.new_context(service_workers="block", **options).new_page()  # type: ignore[arg-type]
        page.clock.install(time=self.at)
        page.goto(f"{self.address}{path}")
        return page

    def later(self, page: Page, seconds: int) -> None:
        """Let time go by, for the server and for a device."""
        self.at += timedelta(seconds=seconds)
        page.clock.fast_forward(seconds * 1000)


@pytest.fixture
def venue(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Venue]:
    """Serve the example, and a crowd, at a moment that can be set."""
    app = create_app(
        {"PLANNER_INSTANCE": str(tmp_path_factory.mktemp("instance"))}, config={"TESTING": True}
    )
    found = Venue("", Programmes(PROGRAMME, crowded(200, 8, 3)))
    app.extensions["planner.programmes"] = found.programmes
    monkeypatch.setattr(now, "present", found.now)

    class Handler(WSGIRequestHandler):
        """Tells the time that was set, and keeps no log."""

        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_datetime(found.at, usegmt=True)

        def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- werkzeug's
            """Tell nobody."""

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
    found.address = f"http://127.0.0.1:{server.server_port}"
    app.config["BASE_URL"] = found.address
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def test_when_a_session_ends_the_next_is_on_and_focus_stays(browser: Browser, venue: Venue) -> None:
    page = venue.open(browser, "/en/river-days/now")
    room = page.locator("section", has=page.get_by_role("heading", name="Tigris Hall"))
    expect(room).to_contain_text("Next")
    expect(page.locator(".venue-clock")).to_have_text("At the venue 09:59")
    room.locator("li a").focus()
    with page.expect_response(f"{venue.address}/en/river-days/now"):
        venue.later(page, 62)
    expect(room).to_contain_text("On now")
    expect(room).not_to_contain_text("Next")
    expect(page.locator(".venue-clock time")).to_have_text("10:00")
    expect(page.locator("main > [role=status]")).to_have_text("1 session is on now.")
    expect(page.locator(":focus")).to_have_attribute("href", "/en/river-days/sessions/4CDFGH")
    page.context.close()


def test_the_page_says_that_the_line_is_gone_and_takes_a_new_release(
    browser: Browser, venue: Venue
) -> None:
    page = venue.open(browser, "/ar/river-days/now")
    page.context.set_offline(True)
    venue.later(page, 62)
    expect(page.locator(".no-line")).to_be_visible()
    expect(page.locator(".card").first).to_be_visible()
    moved = session("4CDFGH", room="zagros", title={"ar": "عنوان جديد"})
    release = msgspec.structs.replace(PROGRAMME.release, number=3)
    venue.programmes.release(msgspec.structs.replace(PROGRAMME, release=release, sessions=(moved,)))
    page.context.set_offline(False)
    venue.later(page, 61)
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card")).to_contain_text("عنوان جديد")
    expect(page.locator(".no-line")).to_have_count(0)
    page.context.close()


def test_the_screen_goes_on_without_a_line_and_takes_a_new_release(
    browser: Browser, venue: Venue
) -> None:
    page = venue.open(browser, "/en/river-days/screen", viewport={"width": 1280, "height": 720})
    first = page.locator(".tile").first
    expect(page.locator(".release")).to_have_text("Release 2, 8 January 2017")
    expect(page.locator(".clock")).to_have_text("09:59")
    expect(first).to_contain_text("Opening")

    page.context.set_offline(True)
    venue.later(page, 62)
    expect(page.locator(".clock")).to_have_text("10:00")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(first).to_contain_text("قاعة دجلة")
    expect(first).to_contain_text("حق الوصول إلى الماء")
    expect(page.locator(".no-line")).to_contain_text("09:59")
    venue.later(page, 4 * 60 * 60)
    expect(page.locator(".phase")).to_contain_text("10:00")

    venue.at = BEFORE + timedelta(minutes=2)
    page.context.set_offline(False)
    release = msgspec.structs.replace(PROGRAMME.release, number=3)
    renamed = session("4CDFGH", title={"en": "Another title"})
    venue.programmes.release(
        msgspec.structs.replace(PROGRAMME, release=release, sessions=(renamed,))
    )
    page.clock.fast_forward(60_000)
    expect(first).to_contain_text("Another title")
    expect(page.locator(".no-line")).to_be_empty()
    page.context.close()


def test_the_screen_turns_pages_and_languages_until_it_is_paused(
    browser: Browser, venue: Venue
) -> None:
    venue.at = BEFORE + timedelta(hours=1)
    page = venue.open(browser, "/ckb/crowd/screen", viewport={"width": 1920, "height": 1080})
    seen = []
    for _ in range(6):
        expect(page.locator(".turn")).to_have_text(f"{len(seen) % 2 + 1}/2")
        seen.append(page.locator("html").get_attribute("lang"))
        expect(page.locator(".tile")).to_have_count(4)
        page.clock.fast_forward(12_000)
    assert seen == ["ckb", "ckb", "en", "en", "ar", "ar"]
    page.locator("footer button").click()
    page.clock.fast_forward(12_000)
    expect(page.locator("html")).to_have_attribute("lang", "ckb")
    expect(page.locator(".turn")).to_have_text("1/2")
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_on_the_screen_is_cut_off_or_scrolls(
    browser: Browser, venue: Venue, lang: str
) -> None:
    venue.at = BEFORE + timedelta(hours=1)
    page = venue.open(browser, f"/{lang}/crowd/screen")
    expect(page.locator(".turn")).to_have_text("1/2")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        cut = page.evaluate(
            """() => [...document.querySelectorAll(".tile, body, main")].filter(
                box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth
            ).map(box => box.textContent)"""
        )
        assert cut == [], (width, height)
    assert barriers(page) == []
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_now_and_the_sheets_have_no_barriers(browser: Browser, venue: Venue, lang: str) -> None:
    page = venue.open(browser, f"/{lang}/river-days/now")
    check_in(lang, page)
    page.goto(f"{venue.address}/{lang}/river-days/sheets")
    check_in(lang, page)
    page.context.close()


def test_each_sheet_is_one_page_on_paper(browser: Browser, venue: Venue) -> None:
    page = venue.open(browser, "/ar/crowd/sheets")
    sheets = page.locator("article").count()
    assert sheets == 24
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == sheets
    page.context.close()
