"""A desk that a browser can reach: a real installation, served by threads, and who is signed in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from planner import create_app
from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.sessions.models import Session
from tests.conftest import TESTING
from tests.desks import join, make_user, signed_in
from tests.plans import make_plan

_PREFIXES = "23456789CDFGHJKMNPQRTVWXYZ"


class _Silent(WSGIRequestHandler):
    """Serves without a log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- werkzeug's
        """Tell nobody."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application by threads on a port of its own, and lend its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    address = f"http://127.0.0.1:{server.server_port}"
    app.config["BASE_URL"] = address
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Desk:
    """An installation that is served at ``address``; each test makes itself an event in it."""

    app: Flask
    address: str
    browser: Browser
    numbers: "count[int]" = field(default_factory=count)
    contexts: list[BrowserContext] = field(default_factory=list)
    #: What pages said on their consoles, violations of the content security policy among it.
    complaints: list[str] = field(default_factory=list)

    def event(self) -> "DeskEvent":
        """Make a small event, with codes of its own."""
        number = next(self.numbers)
        prefix = _PREFIXES[number // len(_PREFIXES)] + _PREFIXES[number % len(_PREFIXES)]
        slug = f"days-{number}"
        with self.app.app_context():
            make_plan(slug, codes=prefix)
        return DeskEvent(self, slug, prefix)

    def open(
        self,
        path: str,
        user_id: int,
        *,
        lang: str = "en",
        width: int = 1440,
        height: int = 2200,
        dark: bool = False,
        script: bool = True,
        touch: bool = False,
    ) -> Page:
        """Open a page as somebody who is signed in, in a fresh profile."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            has_touch=touch,
        )
        self.contexts.append(context)
        with self.app.app_context():
            client = signed_in(self.app, user_id, lang=lang)
        for cookie in client._cookies.values():
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": f"{self.address}/"}]
            )
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.address + path)
        return page

    def close(self) -> None:
        """Close what was opened."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        self.complaints.clear()


@dataclass
class DeskEvent:
    """One event of the desk; codes are those of :mod:`tests.plans`, before their prefix."""

    desk: Desk
    slug: str
    prefix: str

    def organizer(
        self, name: str = "Inanna", role: MemberRole = MemberRole.EDITOR, **membership: Any
    ) -> int:
        """Make somebody who has a part in it."""
        with self.desk.app.app_context():
            user_id = make_user(f"{name.lower()}@{self.slug}.example", name=name)
            join(user_id, role, slug=self.slug, **membership)
        return user_id

    def open(self, path: str, user_id: int | None = None, **how: Any) -> Page:
        """Open a page of the event's desk, as a new organizer if nobody is named."""
        return self.desk.open(f"/desk/{self.slug}{path}", user_id or self.organizer(), **how)

    def code(self, code: str) -> str:
        """Return the whole code of a session or speaker."""
        return self.prefix + code

    @contextmanager
    def session(self, code: str) -> Iterator[Session]:
        """Lend a session as it is in the database now."""
        with self.desk.app.app_context():
            yield db.session.scalars(select(Session).where(Session.code == self.code(code))).one()


@pytest.fixture(scope="session")
def desk_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Serve an installation with a database of its own."""
    environ = {
        "PLANNER_INSTANCE": str(tmp_path_factory.mktemp("desk")),
        "BASE_URL": "http://127.0.0.1",
    }
    app = create_app(environ, config=TESTING)
    with app.app_context():
        flask_migrate.upgrade()
    with served(app) as address:
        yield Desk(app, address, browser)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def desk(desk_site: Desk) -> Iterator[Desk]:
    """Lend the desk, and close afterwards what was opened."""
    yield desk_site
    desk_site.close()
