"""Whether a page can be read by everybody: what axe finds, and whether it fits every width."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What lies beneath a bar that sticks to the edge of a window is not looked at.
_HEIGHT = 4000


def barriers(page: Page) -> list[str]:
    """Return what axe finds, each with the element where it is."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{violation['id']}: {node['html'][:120]} ({node['failureSummary']})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def check(page: Page) -> None:
    """Hold a page to having no barriers by day and by night, and to fit every width."""
    _by_day(page)
    _by_night(page)
    fits(page)
    page.emulate_media(color_scheme="light")


def check_in(lang: str, page: Page) -> None:
    """Hold one of many pages, each of which comes in every language, to the same.

    Looking for barriers takes longest and what differs between languages is the direction: they
    are looked for in English by day on a desk, in Arabic by night on a phone, in Kurdish no more.
    """
    if lang == "en":
        _by_day(page)
    elif lang == "ar":
        _by_night(page)
        page.emulate_media(color_scheme="light")
    fits(page)


def fits(page: Page) -> None:
    """Hold a page to never scroll sideways."""
    for width in (320, 360, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 780})
        measured = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert measured[0] <= measured[1], width


def _by_day(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": _HEIGHT})
    assert barriers(page) == []


def _by_night(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": _HEIGHT})
    assert barriers(page) == []
