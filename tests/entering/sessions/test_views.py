"""The pages of sessions."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.entering.pages import errors, filled, form_of, save
from tests.plans import OPENING, PROPOSED, SLUG, WATER, WOMEN, ZIN

SESSIONS = f"/desk/{SLUG}/sessions"


def test_smoke(editor: FlaskClient, viewer: FlaskClient, blind: FlaskClient) -> None:
    for client in (editor, viewer, blind):
        for path in ("", "/new", f"/{WATER}", f"/{WATER}/delete", f"/{WATER}/asked"):
            answer = client.get(SESSIONS + path)
            print(path, answer.status_code)
        for path in ("", "/new", f"/{ZIN}", f"/{ZIN}/delete", f"/{ZIN}/join", "/names?q=1"):
            answer = client.get(f"/desk/{SLUG}/speakers{path}")
            print(path, answer.status_code)
    answer = save(editor, f"{SESSIONS}/{WATER}", "title-ar", title__en="Water")
    print(answer.status_code, errors(answer))
    assert 0
