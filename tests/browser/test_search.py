"""Finding in the programme while one types, on a weak line, and without script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from planner.public.assets import _read
from tests.browser.looking import check_in
from tests.browser.test_pages import LANGUAGES
from tests.source_tree import PACKAGE

OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


def test_results_come_while_one_types_and_the_address_follows(open_page: OpenPage) -> None:
    page = open_page("/en/river-days/programme")
    words = page.locator("#find-q")
    words.press_sequentially("peac")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card mark")).to_have_text("peace")
    expect(page.get_by_role("status").first).to_contain_text("1 of 5 sessions")
    expect(page).to_have_url(re.compile(r"\?day=all&q=peac$|\?q=peac&day=all$"))
    expect(words).to_be_focused()
    expect(words).to_have_value("peac")
    assert "q=peac" in (page.locator(".languages a").first.get_attribute("href") or "")

    page.locator("#find-theme").select_option("water")
    expect(page.locator(".empty")).to_contain_text("1 session without the theme")
    expect(page.locator("#find-theme option[value=women]")).to_have_text("Women (1)")
    page.locator(".ways-out a").first.click()
    expect(page.locator(".card")).to_have_count(1)
    words.fill("")
    page.locator("#find-theme").select_option("")
    expect(page.locator(".card")).to_have_count(5)


def test_on_a_weak_line_the_last_that_was_typed_counts(open_page: OpenPage) -> None:
    page = open_page("/ar/river-days/programme")
    held: list[Route] = []

    def slowly(route: Route) -> None:
        if "q=siduri" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/programme?*", slowly)
    words = page.locator("#find-q")
    with page.expect_request("**/programme?q=siduri*"):
        words.fill("siduri")
    expect(page.locator("#found")).to_have_attribute("aria-busy", "true")
    words.fill("ئاشتی")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card a")).to_have_attribute("href", re.compile("6CDFGH"))
    expect(page.locator("#found")).not_to_have_attribute("aria-busy", "true")
    assert len(held) == 1
    page.context.set_offline(True)
    words.fill("xyzzy")
    expect(page.locator("#found")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".card")).to_have_count(1)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query", ["q=siduri+%D8%A7%D9%84%D9%85%D8%A7%D8%A1", "q=peace&theme=water", "q=tigris"]
)
def test_what_is_found_has_no_barriers(open_page: OpenPage, lang: str, query: str) -> None:
    check_in(lang, open_page(f"/{lang}/river-days/programme?{query}"))


def test_the_scripts_of_the_page_are_light() -> None:
    files = dict(_read(PACKAGE / "static"))
    sizes = {
        name: len(files[name].compressed or b"") for name in ("search.js", "now.js", "screen.js")
    }
    assert sizes["search.js"] <= 1500
    assert sizes["now.js"] <= 2000
    assert sizes["screen.js"] <= 5000
