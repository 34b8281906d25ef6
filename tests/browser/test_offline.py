"""Without a line: what a device keeps after one visit, and a programme in a file of its own."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as BrowserError
from sqlalchemy import delete

from planner import create_app
from planner.database import write_tx
from planner.exporting.site import write_site
from planner.releases.models import Release
from planner.sessions.operations import place
from tests.browser.desk import served
from tests.browser.looking import check, check_in
from tests.examples import DRAFT, PROGRAMME
from tests.plans import SIDURI, SLUG, WATER, WOMEN, at, make_plan, plan_to_change, released
from tests.public.conftest import Programmes
from tests.serving import serving

pytestmark = pytest.mark.browser

_HAS_ALL = """async ([digest, bundle]) => {
    const { active } = await navigator.serviceWorker.ready;
    const keys = await caches.keys();
    const isOne = keys.length === 1 && keys[0].includes(` ${digest}-`);
    const isAll = isOne && await caches.match(bundle) && active.state === "activated";
    return isAll ? "all" : keys.join();
}"""
_ALL_KEPT = """async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).map(request => request.url);
}"""
_HAS_AGENDA = "async (address) => Boolean(await caches.match(address))"
_WHAT_IS_LEFT = """async () => [
    (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a profile without anything kept."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def _wait_until_kept(page: Page) -> None:
    """Wait until everything of the release that the page is of is kept, and nothing else."""
    digest = page.locator("script[data-digest]").get_attribute("data-digest")
    bundle = f"/ar/{SLUG}/offline.json"
    _until(lambda: page.evaluate(_HAS_ALL, [digest, bundle]), "all")


def _until(look: Callable[[], object], expected: object) -> None:
    """Look until what is expected is there."""
    for _ in range(200):
        if (found := look()) == expected:
            return
        time.sleep(0.05)
    assert found == expected


@pytest.mark.timeout(300)  # four servers are started, and the machine may have much to do
def test_the_programme_is_read_after_one_visit_with_the_server_stopped(
    app: Flask, environ: dict[str, str], page: Page
) -> None:
    make_plan()
    released()
    with serving(environ, workers=1) as server:
        site = f"http://127.0.0.1:{server.port}/ar/{SLUG}"
        page.goto(f"{site}/")
        expect(page.locator("#offline")).to_be_hidden()
        _wait_until_kept(page)
        kept = page.evaluate(_ALL_KEPT)
        assert any("/agenda.js" in address for address in kept)  # which this page has not loaded
        page.goto(f"{site}/themes/water")
        page.locator(f".card button.star[value='{WATER}']").click()
        _until(lambda: page.evaluate(_HAS_AGENDA, f"/ar/{SLUG}/agenda"), True)
    _reads_everything(page, site)

    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(17), room=plan.rooms["zagros"])
    released(hours=1)
    with serving(environ, workers=1, port=server.port):
        page.goto(f"{site}/sessions/{WATER}")
        expect(page.locator("#offline")).to_be_hidden()
        expect(page.locator(".slot")).to_contain_text("17:00")
        _wait_until_kept(page)
        page.goto(f"{site}/agenda/delete")
        page.locator("main form button").click()
        expect(page).not_to_have_url(f"{site}/agenda/delete")
    page.goto(f"{site}/agenda")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator(f"main a[href$='{WATER}']")).to_have_count(0)
    page.goto(f"{site}/programme?theme=water")
    expect(page.locator(".card", has=page.locator(f"a[href$='{WATER}']"))).to_contain_text("17:00")

    with write_tx() as session:
        session.execute(delete(Release))
    with serving(environ, workers=1, port=server.port):
        page.goto(f"{site}/programme")
        _until(lambda: page.evaluate(_WHAT_IS_LEFT), [0, 0])


def _reads_everything(page: Page, site: str) -> None:
    """Read, from what is kept, pages that were never visited; nothing answers at the site."""
    page.goto(f"{site}/programme")
    bar = page.locator("#offline")
    expect(bar).to_contain_text("2016")
    expect(bar).to_be_visible()
    expect(page.locator(".ways [aria-current=page]")).to_have_attribute(
        "href", f"/ar/{SLUG}/programme"
    )
    assert (
        page.locator("body")
        .evaluate("body => getComputedStyle(body).fontFamily")
        .startswith("Vazirmatn")
    )
    page.locator(f".card a[href$='{WOMEN}']").click()
    expect(page).to_have_url(f"{site}/sessions/{WOMEN}")
    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator(".languages a[lang=ckb]")).to_have_attribute(
        "href", f"/ckb/{SLUG}/sessions/{WOMEN}"
    )
    check_in("ar", page)
    page.goto(f"{site}/programme?q=xyzzy")
    expect(page.locator("#offline .line-whole")).to_be_visible()
    page.goto(f"{site}/speakers/{SIDURI}")
    expect(page.locator("#offline .line-whole")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("سيدوري")
    page.goto(f"{site}/sessions/NOSUCH")
    expect(page.locator(".empty a.button")).to_have_attribute("href", f"/ar/{SLUG}/programme")
    page.goto(f"{site}/agenda")
    expect(page.locator(f"main a[href$='{WATER}']").first).to_be_visible()
    for private in (f"{site}/registration", f"{site}/agenda/x"):
        with pytest.raises(BrowserError, match="ERR_CONNECTION_REFUSED"):
            page.goto(private)


def test_a_slow_line_keeps_nobody_waiting(page: Page, tmp_path: Path) -> None:
    app = create_app({"PLANNER_INSTANCE": str(tmp_path)}, config={"TESTING": True})
    app.extensions["planner.programmes"] = Programmes(DRAFT, PROGRAMME)
    line, answer = threading.Event(), app.wsgi_app
    line.set()

    def slow(*arguments: Any) -> Any:
        line.wait(60)
        return answer(*arguments)

    app.wsgi_app = slow  # type: ignore[method-assign]
    with served(app) as address:
        page.goto(f"{address}/ar/river-days/")
        _wait_until_kept(page)
        line.clear()
        page.goto(f"{address}/ar/river-days/sessions/4CDFGH", wait_until="commit")
        bar = page.locator("#offline")
        expect(bar.locator(".line-slow")).to_be_visible()
        expect(page.locator("h1")).to_contain_text("الماء")
        line.set()
        expect(bar.locator(".line-newer")).to_be_visible()
        bar.locator("a").click()
        expect(bar).to_be_hidden()


def test_the_programme_in_one_file_is_opened_from_a_disk(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    path = tmp_path / "programme.html"
    context = browser.new_context(viewport={"width": 360, "height": 800})
    path.write_bytes(context.request.get(f"{site}/ckb/river-days/programme.html").body())
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: told.append(request.url))
    page.goto(path.as_uri())
    sessions = page.locator("article:visible")
    expect(sessions).to_have_count(5)
    page.locator("#q").fill("المدینه ألنبع")  # in abstracts that are not shown, spelt otherwise
    expect(sessions).to_have_count(2)
    sessions.first.locator("summary").click()
    expect(sessions.first.locator("details > div")).to_be_visible()
    sessions.first.locator(".star").click()
    page.locator("#q").fill("xyzzy")
    expect(page.locator("#none")).to_be_visible()
    page.reload()
    expect(page.locator(".star[aria-pressed=true]")).to_have_count(1)
    page.locator("#starred").check()
    expect(sessions).to_have_count(1)
    page.locator("#starred").uncheck()
    page.locator("#day").select_option(index=2)
    expect(sessions).not_to_have_count(5)
    page.locator("#day").select_option(index=0)
    assert told == [path.as_uri()] * 2
    check(page)
    context.close()


def test_the_programme_in_one_file_is_read_without_script(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    path = tmp_path / "programme.html"
    context = browser.new_context(java_script_enabled=False)
    path.write_bytes(context.request.get(f"{site}/en/river-days/programme.html").body())
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.locator("article:visible")).to_have_count(5)
    expect(page.locator("#find:visible, .star")).to_have_count(0)
    page.locator("summary").first.click()
    expect(page.locator("details > div").first).to_be_visible()
    context.close()


def test_a_site_of_plain_files_is_opened_from_a_disk(
    app: Flask, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plan()
    released()
    monkeypatch.setitem(app.extensions, "planner.pdf", False)  # which takes long
    write_site(SLUG, tmp_path / "site", lambda done, of: None)
    context = browser.new_context(locale="ar-IQ", viewport={"width": 390, "height": 800})
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: told.append(request.url))
    page.goto((tmp_path / "site/index.html").as_uri())
    expect(page).to_have_url(re.compile(r"/ar/index\.html$"))
    page.locator(".actions a").first.click()
    page.locator(f".card a[href*='{WATER}']").click()
    expect(page).to_have_url(re.compile(rf"/ar/sessions/{WATER}\.html$"))
    expect(page.locator("h1")).not_to_be_empty()
    page.locator(".languages a[lang=ckb]").click()
    expect(page).to_have_url(re.compile(rf"/ckb/sessions/{WATER}\.html$"))
    page.locator(".path a").click()
    page.locator(".chip").first.click()
    expect(page).to_have_url(re.compile(r"/ckb/themes/\w+\.html$"))
    page.locator(".path a").click()
    page.locator(".narrowing summary").click()
    page.locator(".narrowing a.button").click()
    page.locator("#q").fill("xyzzy")
    expect(page.locator("#none")).to_be_visible()
    assert [each for each in told if not each.startswith((tmp_path / "site").as_uri())] == []
    page.goto((tmp_path / "site/index.html").as_uri())
    page.locator(".actions a").first.click()
    check(page)
    context.close()
