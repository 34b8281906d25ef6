"""The public pages as a browser shows them: no barriers, no weight, nothing from elsewhere."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import check_in

LANGUAGES = ("en", "ar", "ckb")
PAGES = {
    "list of events": "/",
    "event": "/river-days/",
    "programme": "/river-days/programme",
    "nothing found": "/river-days/programme?theme=none&q=xyzzy",
    "moved session": "/river-days/sessions/4CDFGH",
    "cancelled session": "/river-days/sessions/6CDFGH",
    "speaker": "/river-days/speakers/CDFGHJ",
    "theme": "/river-days/themes/water",
    "room": "/river-days/rooms/tigris",
    "changes": "/river-days/changes",
    "subscribe": "/river-days/subscribe",
    "no such page": "/river-days/sessions/none",
    "first day of many": "/crowd/programme?day=2017-01-18",
}
OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_it_has_no_barriers_and_never_scrolls_sideways(
    open_page: OpenPage, name: str, lang: str
) -> None:
    """One visit serves for everything: opening a page takes longest."""
    check_in(lang, open_page(f"/{lang}{PAGES[name]}"))


@pytest.mark.parametrize("name", PAGES)
def test_it_breaks_no_rule_of_its_content_security_policy(
    browser: Browser, site: str, name: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/ckb{PAGES[name]}", wait_until="load")
    missing = [text for text in told if "404" not in text or name != "no such page"]
    assert missing == []
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_read_without_script(open_page: OpenPage, lang: str) -> None:
    page = open_page(f"/{lang}/river-days/programme", script=False)
    expect(page.locator(".card")).to_have_count(5)
    page.locator("#find-q").fill("peace")
    page.locator(".finder button").click()
    expect(page.locator(".card")).to_have_count(1)
    page.locator(".card a").click()
    expect(page).to_have_url(re.compile("/sessions/6CDFGH"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_of_the_grid_stand_in_their_rooms_and_hours(open_page: OpenPage, lang: str) -> None:
    """Of two cards none covers another; what begins later stands lower, to scale."""
    page = open_page(f"/{lang}/crowd/programme?day=2017-01-18")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".card")].map(card => {
            const box = card.getBoundingClientRect();
            return {top: box.top, bottom: box.bottom, left: box.left, right: box.right,
                    from: card.querySelector("time").dateTime};
        })"""
    )
    assert len(boxes) == 67
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = (
                one["bottom"] <= other["top"] + 1
                or other["bottom"] <= one["top"] + 1
                or one["right"] <= other["left"] + 1
                or other["right"] <= one["left"] + 1
            )
            assert apart, (one, other)
    tops = {box["from"]: round(box["top"]) for box in boxes}
    hours = [top for _, top in sorted(tops.items())]
    steps = {later - earlier for earlier, later in pairwise(hours)}
    assert len(steps) == 1
    assert steps.pop() > 100


def test_what_is_on_now_at_the_venue_is_marked_in_words(browser: Browser, site: str) -> None:
    context = browser.new_context(timezone_id="America/Lima")
    page = context.new_page()
    page.clock.set_fixed_time("2017-01-18T10:30:00+03:00")
    page.goto(f"{site}/en/river-days/programme")
    marked = page.locator(".card.is-now")
    expect(marked).to_have_count(1)
    assert "On now" in marked.inner_text()
    assert "sessions/4CDFGH" in (marked.locator("a").get_attribute("href") or "")
    assert page.locator("a.way-to-now").get_attribute("href") == "#now"
    page.clock.set_fixed_time("2017-01-18T07:30:00+03:00")
    page.reload()
    expect(page.locator(".is-now, .way-to-now, .sign-now")).to_have_count(0)
    context.close()


def test_hours_are_never_reversed(open_page: OpenPage) -> None:
    """The beginning of a session stands left of its end, also within Arabic."""
    page = open_page("/ar/river-days/programme", width=360)
    for hours in page.locator(".card .hours").all():
        beginning, end = hours.locator("time").all()
        first, second = beginning.bounding_box(), end.bounding_box()
        assert first is not None
        assert second is not None
        assert first["x"] < second["x"]


@pytest.mark.parametrize(("lang", "limit"), [("en", 30), ("ar", 75), ("ckb", 75)])
def test_a_first_visit_is_light(browser: Browser, site: str, lang: str, limit: int) -> None:
    """Kilobytes over the wire for the programme of 200 sessions, its own HTML apart in English."""
    context = browser.new_context()
    page = context.new_page()
    weights: dict[str, int] = {}

    def weigh(request: Any) -> None:
        sizes = request.sizes()
        weights[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    page.on("requestfinished", weigh)
    page.goto(f"{site}/{lang}/crowd/programme", wait_until="networkidle")
    html = weights[f"{site}/{lang}/crowd/programme"]
    assert html < 30_000
    total = sum(weights.values()) - (html if lang == "en" else 0)
    assert total < limit * 1000, weights
    fonts = [url for url in weights if "woff2" in url]
    assert bool(fonts) is (lang != "en")
    context.close()
