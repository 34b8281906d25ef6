"""Fixtures: an application with a database of its own, on SQLite or on PostgreSQL."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from planner import create_app
from planner.accounts.passwords import HASHING
from planner.extensions import db
from planner.public import printing
from tests.kept import begin_with
from tests.postgresql import Cluster, start_cluster
from tests.remembering import lent, remember

BASE_URL = "https://programme.example"
#: What tests configure: passwords are hashed with hardly any effort, which is slow by design.
TESTING = {
    "TESTING": True,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        **HASHING,
        "argon2__memory_cost": 8,
        "argon2__time_cost": 1,
    },
}
_CHECKOUT = Path(__file__).resolve().parent.parent

# The machine is shared, so time says nothing; laws that need more examples ask for them.
settings.register_profile("barnama", max_examples=40, deadline=None)
settings.load_profile("barnama")
remember()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the suite run on the other database as well."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_collection_finish() -> None:
    """Leave what is there before the first test alone, and look for garbage less often.

    What stays until the end was looked through again and again, for an eighth of all the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def unavailable(what: str) -> None:
    """Skip a test for lack of a program; where everything must be there, fail it.

    :raises pytest.fail.Exception: with CI=true.
    """
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session", autouse=True)
def _no_process_is_left_behind() -> Iterator[None]:
    """Let no release start a process that makes documents, here or in processes of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "start", lambda: None)
        patch.setenv("DOCUMENTS", "on-request")
        yield


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster | None]:
    """Start a PostgreSQL of our own when the suite runs on it."""
    if request.config.getoption("--database") != "postgresql":
        yield None
        return
    started = start_cluster()
    if started is None:
        unavailable("PostgreSQL")
        return
    yield started
    started.stop()


@pytest.fixture(scope="session")
def template(cluster: Cluster | None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate an empty database once; tests get copies of it."""
    folder = tmp_path_factory.mktemp("template")
    url = cluster.create("template") if cluster else ""
    app = create_app({"PLANNER_INSTANCE": str(folder), "DATABASE_URL": url})
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    begin_with(folder)
    return folder


@pytest.fixture(scope="session")
def installed(template: Path, cluster: Cluster | None) -> Iterator[dict[str, str]]:
    """Return the environment of the one installation that this process puts back for each test."""
    # In memory where there is such a folder: what is written would wait for the disk each time.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    with TemporaryDirectory(prefix="barnama-", dir=memory) as folder:
        url = cluster.copy("template") if cluster else ""
        yield {
            "PLANNER_INSTANCE": str(Path(folder) / "instance"),
            "DATABASE_URL": url,
            "BASE_URL": BASE_URL,
            "DOCUMENTS": "on-request",
        }


@pytest.fixture
def environ(
    installed: dict[str, str], template: Path, cluster: Cluster | None
) -> Iterator[dict[str, str]]:
    """Return the environment of an installation with an empty, migrated database."""
    instance = Path(installed["PLANNER_INSTANCE"])
    shutil.copytree(template, instance)
    yield dict(installed)
    shutil.rmtree(instance)
    if cluster:
        cluster.empty(installed["DATABASE_URL"], "template")


@pytest.fixture(scope="session")
def application(installed: dict[str, str], template: Path) -> Iterator[Flask]:
    """Return the application of the installation, which has no database between the tests."""
    shutil.copytree(template, installed["PLANNER_INSTANCE"])  # with it the secret
    application = create_app(installed, config=TESTING)
    shutil.rmtree(installed["PLANNER_INSTANCE"])
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask, environ: dict[str, str], cluster: Cluster | None) -> Iterator[Flask]:
    """Return an application with an empty database, within its context."""
    with lent(application):
        yield application
        db.session.remove()
        if cluster is None:  # the file goes
            db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without a line."""
    return app.test_client()


@pytest.fixture
def real_files() -> Path:
    """Return the folder of schedules of other conferences, which are not part of the project."""
    named = os.environ.get("PLANNER_REAL_FILES")
    folder = Path(named) if named else _CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the schedules of other conferences are not here")
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what uses a database, and is not about what a page looks like.

    The rest ran on SQLite already. What views ask of the database stands in operations and queries,
    whose tests do run.
    """
    if config.getoption("--database") != "postgresql":
        return
    settings.register_profile("again", max_examples=15, deadline=None)
    settings.load_profile("again")
    kept = [
        item
        for item in items
        if "cluster" in getattr(item, "fixturenames", ()) and not item.path.stem.endswith("views")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept
