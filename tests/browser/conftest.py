"""Fixtures: a browser, and a server that it can reach."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from planner import create_app
from tests.conftest import unavailable
from tests.crowds import crowded
from tests.examples import DRAFT, PROGRAMME
from tests.public.conftest import Programmes

#: The first has no windows to paint, which takes nearly half the time of the others.
_EXECUTABLES = ("chromium-headless-shell", "chromium", "chromium-browser")
_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # databases of the tests are there, and it may be small
)
#: Milliseconds that a page may take to become what it should: the machine may have much to do.
expect.set_options(timeout=15_000)


class _Silent(WSGIRequestHandler):
    """Serves without a log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- werkzeug's
        """Tell nobody."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the example, and a crowded programme of 200 sessions; return the address."""
    app = create_app(
        {"PLANNER_INSTANCE": str(tmp_path_factory.mktemp("instance"))}, config={"TESTING": True}
    )
    app.extensions["planner.programmes"] = Programmes(DRAFT, PROGRAMME, crowded(200, 8, 3))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    address = f"http://127.0.0.1:{server.server_port}"
    app.config["BASE_URL"] = address
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    found = [path for name in _EXECUTABLES if (path := shutil.which(name))]
    if not found:
        unavailable("Chromium")
    root = ("--no-sandbox",) if os.getuid() == 0 else ()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found[0], args=[*_ARGUMENTS, *root])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Return what opens a page of the site, ``(path, width, dark, script)``, in a fresh profile."""
    contexts = []

    def opened(path: str, *, width: int = 1440, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()
