"""Browsers of organizers of the small event."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.accounts.models import MemberRole
from tests.desks import organizer
from tests.plans import make_plan


@pytest.fixture
def editor(app: Flask) -> FlaskClient:
    """Return the browser of an editor who sees names."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    return organizer(app, MemberRole.EDITOR)


@pytest.fixture
def blind(editor: FlaskClient, app: Flask) -> FlaskClient:
    """Return the browser of somebody who owns the event, but sees no names."""
    return organizer(app, MemberRole.OWNER, sees_names=False)


@pytest.fixture
def viewer(editor: FlaskClient, app: Flask) -> FlaskClient:
    """Return the browser of somebody who may look only, and sees no names."""
    return organizer(app, MemberRole.VIEWER, sees_names=False)
