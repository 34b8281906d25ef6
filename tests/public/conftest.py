"""Fixtures: the application over programmes that are held in memory."""

from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner import create_app
from planner.programme.document import Programme
from planner.programme.published import Published
from tests.conftest import BASE_URL
from tests.examples import published
from tests.remembering import lent


class Programmes:
    """A source of programmes: every release of every event, the newest first."""

    def __init__(self, *programmes: Programme) -> None:
        self._releases: dict[str, list[Published]] = {}
        self.release(*programmes)

    def release(self, *programmes: Programme) -> None:
        """Publish programmes, the oldest first."""
        for programme in programmes:
            releases = self._releases.setdefault(programme.event.slug, [])
            releases.insert(0, published(programme))

    def current(self, slug: str) -> Published | None:
        """Return the programme that an event publishes now, or None."""
        return next(iter(self._releases.get(slug, ())), None)

    def history(self, slug: str) -> Iterable[Published]:
        """Return every release of an event, the newest first."""
        return tuple(self._releases.get(slug, ()))

    def events(self) -> Iterable[Published]:
        """Return the current programme of every event."""
        return [releases[0] for releases in self._releases.values()]

    def answers(self) -> bool:
        """Tell whether programmes can be had, which is always."""
        return True


@pytest.fixture
def programmes() -> Programmes:
    """Return a source without programmes; tests release what they need."""
    return Programmes()


def _make(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    instance = tmp_path_factory.mktemp("instance")
    environ = {"PLANNER_INSTANCE": str(instance), "BASE_URL": BASE_URL}
    return create_app(environ, config={"TESTING": True})


@pytest.fixture(scope="session")
def readers_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the one application of all tests here, which never meets its database."""
    return _make(tmp_path_factory)


@pytest.fixture
def app(readers_app: Flask, programmes: Programmes) -> Iterator[Flask]:
    """Return an application that publishes these programmes, within its context."""
    with lent(readers_app):
        readers_app.extensions["planner.programmes"] = programmes
        yield readers_app


@pytest.fixture
def new_app(programmes: Programmes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return one that was asked for nothing yet: a test may still add addresses to it."""
    made = _make(tmp_path_factory)
    made.extensions["planner.programmes"] = programmes
    with made.app_context():
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without a line."""
    return app.test_client()
