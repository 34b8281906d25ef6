"""Filling in forms of the desk as a browser would send them."""

from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse


def form_of(page: TestResponse, having: str) -> MultiDict[str, str]:
    """Return what the form of a page that has a field would send, as it came."""
    for form in html.fromstring(page.text).forms:
        if any(name == having for name, _ in form.form_values()):
            # Browsers leave out the line break with which a text area begins.
            return MultiDict((name, value.removeprefix("\n")) for name, value in form.form_values())
    raise LookupError(having)


def save(client: FlaskClient, address: str, having: str, **changes: Any) -> TestResponse:
    """Open the form at an address, change some of its fields, and send it there.

    A field's name has ``__`` where that has a hyphen; a list gives several values.
    """
    return client.post(address, data=filled(form_of(client.get(address), having), **changes))


def filled(form: MultiDict[str, str], **changes: Any) -> MultiDict[str, str]:
    """Return a form with some fields changed; None takes one out."""
    changed = form.copy()
    for name, value in changes.items():
        key = name.replace("__", "-")
        if value is None:
            changed.poplist(key)
        else:
            changed.setlist(key, value if isinstance(value, list) else [value])
    return changed


def errors(page: TestResponse) -> list[str]:
    """Return what a page says beside its fields is wrong."""
    found = html.fromstring(page.text).xpath("//ul[contains(@class,'errors')]/li")
    return [entry.text_content().strip() for entry in found]
