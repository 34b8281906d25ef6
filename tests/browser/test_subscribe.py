"""The page on subscribing as a browser shows it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import barriers
from tests.browser.test_pages import LANGUAGES

OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

ADDRESS = ".address code"
#: Opens all that is folded, and waits for the pictures in it.
UNFOLD = """async () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    for (const picture of document.images) { picture.loading = "eager"; await picture.decode(); }
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["subscribe?feed=themes/water", "changes"])
def test_unfolded_it_has_no_barriers_in_light_and_dark(
    open_page: OpenPage, lang: str, path: str
) -> None:
    page = open_page(f"/{lang}/river-days/{path}")
    page.evaluate(UNFOLD)
    assert barriers(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    page.emulate_media(color_scheme="dark")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_script_all_addresses_are_there_and_no_button(open_page: OpenPage) -> None:
    page = open_page("/ar/river-days/subscribe", script=False)

    assert page.locator(ADDRESS).count() == 7
    assert page.locator("main button").count() == 0


def test_one_press_selects_a_whole_address(open_page: OpenPage, site: str) -> None:
    page = open_page("/ar/river-days/subscribe")
    page.locator(ADDRESS).first.click()

    selected = page.evaluate("getSelection().toString()")

    assert selected == f"{site}/ar/river-days/calendar/programme.ics"


def test_a_button_copies_the_address_and_says_so(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/en/river-days/subscribe?feed=rooms/zagros")
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()

    assert page.get_by_role("status").inner_text() == "Copied"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site}/en/river-days/calendar/rooms/zagros.ics"
    context.close()


def test_pictures_of_folded_feeds_cost_nothing(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 3000})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/en/river-days/subscribe", wait_until="networkidle")

    assert [url for url in asked if "/subscribe/" in url] == [
        f"{site}/en/river-days/subscribe/programme.svg"
    ]
    context.close()
