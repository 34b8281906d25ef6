"""Readers of the small event, each with a browser of their own."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.releases.queries import ReleaseSource
from tests.conftest import BASE_URL
from tests.desks import Browser
from tests.plans import SLUG, make_plan, released


def public(app: Flask) -> None:
    """Publish the small event, each of whose releases everybody reads at once."""
    app.extensions["planner.programmes"] = ReleaseSource(
        seconds=0, forget=app.extensions["planner.shelf"].forget
    )
    make_plan()
    released()


class Reader:
    """Somebody with a browser, who may have an agenda."""

    def __init__(self, app: Flask, lang: str = "en") -> None:
        self.client: FlaskClient = Browser(app, app.response_class)
        self.base = f"/{lang}/{SLUG}"

    def get(self, path: str = "", **options: Any) -> TestResponse:
        """Ask for a page of the agenda, or for a whole address."""
        return self.client.get(self._whole(path), **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        """Send a form of the agenda."""
        return self.client.post(self._whole(path), data=data, headers=headers)

    def star(self, *codes: str) -> TestResponse:
        """Set stars."""
        return self.post("/stars", {"code": list(codes)})

    def page(self, path: str = "") -> str:
        """Return a page that is there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.status
        return answer.text

    @property
    def key(self) -> str | None:
        """The key that the browser has."""
        cookie = self.client.get_cookie(f"agenda-{SLUG}", domain="programme.example")
        return cookie.value if cookie else None

    @property
    def feed(self) -> str:
        """The path of the calendar."""
        return self._found(r"(/[a-z]+/[^\"<]+/calendar/agenda/[\w-]{43}\.ics)")

    @property
    def shared(self) -> str:
        """The path of the page for others."""
        return self._found(r"(/[a-z]+/[^\"<]+/agenda/[\w-]{43})<")

    @property
    def taken(self) -> str:
        """The path of the page for other devices."""
        return self._found(r"(/[a-z]+/[^\"<]+/agenda/take/[\w-]{43})<")

    def _found(self, pattern: str) -> str:
        found = re.search(re.escape(BASE_URL) + pattern, self.page())
        assert found is not None
        return found[1]

    def _whole(self, path: str) -> str:
        return path if path.startswith(("/en/", "/ar/", "/ckb/")) else f"{self.base}/agenda{path}"


def stars_on(page: str) -> list[str]:
    """Return the codes of sessions that a page shows as starred, in its order."""
    return re.findall(r'name="off" value="(\w+)" aria-pressed', page)
