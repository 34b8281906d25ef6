"""Pages with a form behind a speaker's link, in a browser without script and cookies."""

import html
import re

from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import BASE_URL
from tests.slots.speaking import link

_TAGS = re.compile(r"<(input|textarea)\b([^>]*)>(?:\n?([^<]*)</textarea>)?")
_FORM = re.compile(r'<form class="form" method="post" action=.*?</form>', re.S)


class Page:
    """A page with a form that was read, and can be sent with some of its values otherwise."""

    def __init__(self, app: Flask, code: str, path: str = "/texts", lang: str = "en") -> None:
        self.client = app.test_client(use_cookies=False)
        self.base = f"/speak/{link(code)}"
        self.path, self.lang = path, lang
        self.text = self.look()

    def look(self) -> str:
        """Read the page anew."""
        response = self.client.get(f"{self.base}{self.path}?lang={self.lang}", base_url=BASE_URL)
        assert response.status_code == 200
        self.text = response.text
        return self.text

    @property
    def values(self) -> dict[str, list[str]]:
        """What the form with texts holds."""
        found: dict[str, list[str]] = {}
        (form,) = re.findall(
            r'<form class="form" method="post" action=.*?</form>', self.text, re.S
        )[:1]
        for kind, attributes, content in _TAGS.findall(form):
            told = dict(re.findall(r'([\w-]+)(?:="([^"]*)")?', attributes))
            if told.get("type") == "checkbox" and "checked" not in told:
                continue
            value = content if kind == "textarea" else told.get("value", "")
            found.setdefault(told["name"], []).append(html.unescape(value))
        return found

    def send(self, **changes: object) -> int:
        """Send the form as it was read but for these values; return the status."""
        data = {**self.values, **{name.replace("__", "-"): told for name, told in changes.items()}}
        return self.post("", data).status_code

    def post(self, more: str, data: dict[str, object]) -> TestResponse:
        """Send something to this page, or to an address below it."""
        address = f"{self.base}{self.path}{more}?lang={self.lang}"
        response = self.client.post(address, data=data, base_url=BASE_URL)
        self.text = response.text
        return response
