"""Fixtures: the story is told once, and what the public could fetch after each release is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from planner import create_app
from planner.extensions import db
from planner.releases.queries import ReleaseSource
from tests.calendars import story
from tests.conftest import BASE_URL, TESTING
from tests.plans import SLUG


@dataclass(frozen=True)
class Snapshot:
    """What the public could fetch after a release."""

    release: int
    name: str
    #: The UID of each session that is public, by its name in the story.
    uids: dict[str, str]
    #: The feed of the whole programme by language.
    feeds: dict[str, bytes]
    #: The file of each session by language and UID.
    files: dict[str, dict[str, bytes]]


@contextmanager
def installation(folder: Path, base_url: str = BASE_URL) -> Iterator[Flask]:
    """Make an installation with a database of its own, and lend its application."""
    environ = {"PLANNER_INSTANCE": str(folder), "BASE_URL": base_url}
    app = create_app(environ, config=TESTING)
    with app.app_context():
        flask_migrate.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> list[Snapshot]:
    """Tell the whole story, and return what could be fetched after each release.

    It is the same on any database, so it is told on one.
    """
    taken = []
    with installation(tmp_path_factory.mktemp("story")) as app:
        app.extensions["planner.programmes"] = ReleaseSource(seconds=0)
        story.begin()
        for number, step in enumerate(story.STEPS, start=1):
            step.release(number)
            db.session.rollback()
            taken.append(_snapshot(app, number, step.name))
    return taken


def _snapshot(app: Flask, number: int, name: str) -> Snapshot:
    codes = story.codes()
    uids = {name: f"session-{code}@river-days.example" for name, code in codes.items()}
    client = app.test_client()

    def fetched(path: str) -> bytes:
        response = client.get(path)
        assert response.status_code == 200
        return response.data

    return Snapshot(
        number,
        name,
        uids,
        {lang: fetched(f"/{lang}/{SLUG}/calendar/programme.ics") for lang in story.LANGUAGES},
        {
            lang: {
                uids[name]: fetched(f"/{lang}/{SLUG}/calendar/sessions/{code}.ics")
                for name, code in codes.items()
            }
            for lang in story.LANGUAGES
        },
    )
