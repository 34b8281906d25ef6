"""What participants do, on events as they are: the sample, and a congress of 573 sessions."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from planner.lib.clock import now
from planner.programme.document import Session
from planner.programme.published import Published, ends_at
from planner.programme.vocabulary import Kind, Stage, Status
from planner.public import now as now_page
from planner.releases.operations import publish
from planner.releases.queries import ReleaseSource
from planner.sample.operations import fill
from tests.browser.desk import served
from tests.browser.looking import barriers
from tests.browser.test_offline import _until
from tests.calendars.reading import with_ical
from tests.imports.plans import take
from tests.plans import plan_to_change

pytestmark = pytest.mark.browser

_CONGRESS = "33c3-everything.schedule.xml"
_IS_ALL_THERE = """async (bundle) => Boolean(
    (await navigator.serviceWorker.ready).active.state === "activated" && await caches.match(bundle)
)"""


@pytest.fixture(params=["sample", pytest.param("congress", marks=pytest.mark.real_files)])
def event(app: Flask, request: pytest.FixtureRequest) -> Published:
    """Publish an event, for which one can register now."""
    app.extensions["planner.programmes"] = ReleaseSource(seconds=0)
    if request.param == "sample":
        slug = fill()
    else:
        folder: Path = request.getfixturevalue("real_files")
        take((folder / "schedules" / _CONGRESS).read_bytes(), slug := "congress")
    with plan_to_change(slug) as plan:
        there = now().astimezone(ZoneInfo(plan.event.time_zone)).replace(tzinfo=None)
        plan.event.registration_opens = there - timedelta(days=1)
        plan.event.registration_closes = there + timedelta(days=1)
    publish(slug, Stage.FINAL)
    found = ReleaseSource(seconds=0).current(slug)
    assert found is not None
    return found


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """Serve the installation."""
    with served(app) as address:
        yield address


def _two_of(event: Published) -> list[Session]:
    """Return two sessions that one goes to."""
    return [
        session
        for session in event.sessions
        if session.status is not Status.CANCELLED
        and session.kind not in {Kind.BREAK, Kind.MEAL}
        and len(session.title) > 0
    ][3:5]


def test_stars_without_script_are_a_calendar(browser: Browser, site: str, event: Published) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page, (one, other) = context.new_page(), _two_of(event)
    for session in (one, other):
        page.goto(f"{site}/en/{event.event.slug}/sessions/{session.code}")
        page.locator(f"button[form=stars][value='{session.code}']").first.click()
        expect(page).to_have_url(f"{site}/en/{event.event.slug}/agenda?added={session.code}")
    address = page.locator("a[href$='.ics']").first.get_attribute("href") or ""
    calendar = context.request.get(address.replace("webcal:", "http:")).body()
    uids = {f"session-{session.code}@{event.event.uid_host}" for session in (one, other)}
    assert set(with_ical(calendar)) == uids
    context.close()


def test_words_are_found_while_they_are_typed(
    browser: Browser, site: str, event: Published
) -> None:
    page, (one, _) = browser.new_page(), _two_of(event)
    title = next(iter(one.title.values()))
    page.goto(f"{site}/en/{event.event.slug}/programme")
    page.locator("#find-q").fill(title)
    expect(page).to_have_url(re.compile(r"[?&]q="))
    expect(page.locator(f".card a[href$='{one.code}']").first).to_be_visible()
    assert barriers(page) == []
    page.close()


def test_after_one_visit_no_line_is_needed(browser: Browser, app: Flask, event: Published) -> None:
    page, (one, _) = browser.new_context().new_page(), _two_of(event)
    slug = event.event.slug
    with served(app) as site:
        page.goto(f"{site}/en/{slug}/")
        _until(lambda: page.evaluate(_IS_ALL_THERE, f"/en/{slug}/offline.json"), True)
    page.goto(f"{site}/en/{slug}/sessions/{one.code}")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("h1")).to_contain_text(
        one.title.get("en") or next(iter(one.title.values()))
    )
    page.context.close()


def test_one_file_holds_the_programme(
    browser: Browser, site: str, event: Published, tmp_path: Path
) -> None:
    page, (one, _) = browser.new_page(), _two_of(event)
    asked: list[str] = []
    file = tmp_path / "programme.html"
    file.write_bytes(page.request.get(f"{site}/en/{event.event.slug}/programme.html").body())
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.locator("#q").fill(one.title.get("en") or next(iter(one.title.values())))
    expect(page.locator(f"article[id='{one.code}']")).to_be_visible()
    assert asked == [file.as_uri()]
    page.close()


def test_the_end_of_a_session_is_seen(
    browser: Browser, site: str, event: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = _two_of(event)
    end = ends_at(one).replace(tzinfo=ZoneInfo(event.event.time_zone))
    page = browser.new_context(service_workers="block").new_page()
    for moment, is_on in ((end - timedelta(minutes=1), True), (end, False)):
        monkeypatch.setattr(now_page, "present", lambda moment=moment: moment)
        page.goto(f"{site}/en/{event.event.slug}/now")
        on_now = page.locator(f"h3:text-is('On now') + ol a[href$='{one.code}']")
        expect(on_now).to_have_count(1 if is_on else 0)
    page.context.close()


def test_one_can_register_without_script(browser: Browser, site: str, event: Published) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/en/{event.event.slug}/registration")
    page.locator("form .button").click()
    assert page.locator(".errors").count() >= 3
    page.locator("[name=name]").fill("Somebody")
    page.locator("[name=email]").fill("somebody@reed.example")
    page.locator("[name=follow]").first.check()
    if page.locator("[name=agree]").count():
        page.locator("[name=agree]").check()
    page.locator("form .button").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.context.close()
