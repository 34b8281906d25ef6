"""The scene of removals: made once, and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from planner import create_app
from planner.extensions import db
from tests.conftest import BASE_URL, TESTING
from tests.postgresql import Cluster
from tests.removal.scene import Scene, make_scene


@pytest.fixture(scope="session")
def scenery(
    template: Path, cluster: Cluster | None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, int]:
    """Make an installation in which one name is everywhere.

    Return its folder, the address for copies of its database, and the number of its organizer.
    """
    folder = tmp_path_factory.mktemp("scenery") / "instance"
    shutil.copytree(template, folder)
    url = cluster.create("scenery", "template") if cluster else ""
    app = _application(folder, url)
    with app.app_context():
        user_id = make_scene(app)
        db.session.remove()
        db.engine.dispose()
    return folder, cluster.copy("scenery") if cluster else "", user_id


@pytest.fixture
def scene(
    scenery: tuple[Path, str, int], cluster: Cluster | None, tmp_path: Path
) -> Iterator[Scene]:
    """Return an installation in which one name is everywhere, within its context."""
    folder, url, user_id = scenery
    instance = tmp_path / "instance"
    shutil.copytree(folder, instance)
    if cluster:
        cluster.renew(url, "scenery")
    app = _application(instance, url)
    with app.app_context():
        yield Scene(app, user_id)
        db.session.remove()
        db.engine.dispose()


def _application(instance: Path, url: str) -> Flask:
    environ = {"PLANNER_INSTANCE": str(instance), "DATABASE_URL": url, "BASE_URL": BASE_URL}
    return create_app(environ, config=TESTING)
