"""Photos in public: those that the released programme names, and no others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner import create_app
from planner.extensions import db
from planner.releases.queries import ReleaseSource
from planner.speakers.models import Visibility
from planner.speakers.photos import re_encoded, store
from tests.plans import ENKIDU, SIDURI, SLUG, ZIN, make_plan, plan_to_change, released
from tests.speakers.test_photos import encoded, picture

FOLDER = f"/photos/{SLUG}"


@pytest.fixture
def app(environ: dict[str, str]) -> Iterator[Flask]:
    """Return an application with a database: what is public is released from a plan here."""
    app = create_app(environ, config={"TESTING": True})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def names(app: Flask) -> dict[str, str]:
    """Return the names of the photos that everybody in the small event has, by their codes."""
    make_plan()
    app.extensions["planner.programmes"] = ReleaseSource(seconds=0)
    content = re_encoded(encoded(picture(320, 200), "JPEG"))
    folder = Path(app.instance_path) / "uploads"
    found = {code: store(folder, content) for code in (SIDURI, ENKIDU, ZIN)}
    with plan_to_change() as plan:
        for code, name in found.items():
            plan.speakers[code].photo = name
    return found


def test_only_the_photo_of_who_is_named_is_sent(client: FlaskClient, names: dict[str, str]) -> None:
    assert client.get(f"{FOLDER}/{names[SIDURI]}").status_code == 404  # nothing is released
    released()
    answer = client.get(f"{FOLDER}/{names[SIDURI]}")
    assert answer.status_code == 200
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Cache-Control"] == "public, max-age=86400, immutable"
    assert answer.data.startswith(b"\xff\xd8")
    again = client.get(
        f"{FOLDER}/{names[SIDURI]}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    for code in (ENKIDU, ZIN):  # under a pseudonym, and withheld
        assert client.get(f"{FOLDER}/{names[code]}").status_code == 404
    assert client.get(f"/photos/no-days/{names[SIDURI]}").status_code == 404


def test_who_is_named_no_more_has_no_photo_from_the_next_release_on(
    client: FlaskClient, names: dict[str, str]
) -> None:
    released()
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
    assert client.get(f"{FOLDER}/{names[SIDURI]}").status_code == 200
    released(hours=1)
    assert client.get(f"{FOLDER}/{names[SIDURI]}").status_code == 404


@pytest.mark.parametrize("name", ["../secret_key", "..%2Fsecret_key", "secret_key", "%2e%2e", "."])
def test_no_other_file_is_sent(
    app: Flask, client: FlaskClient, names: dict[str, str], name: str
) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].photo = name.replace("%2F", "/")
    released()
    answer = client.get(f"{FOLDER}/{name}")
    assert answer.status_code == 404
    assert client.get(f"/en/{SLUG}/speakers/{SIDURI}").status_code == 200


def test_the_page_of_a_speaker_shows_the_photo(client: FlaskClient, names: dict[str, str]) -> None:
    released()
    for lang in ("en", "ar", "ckb"):
        page = client.get(f"/{lang}/{SLUG}/speakers/{SIDURI}").text
        assert f'src="{FOLDER}/{names[SIDURI]}" width="320" height="200"' in page
        assert 'loading="lazy"' in page
        assert "سيدوري" in page.split('alt="')[1].split('"')[0]


def test_a_speaker_without_a_photo_has_none_on_the_page(
    app: Flask, client: FlaskClient, names: dict[str, str]
) -> None:
    (Path(app.instance_path) / "uploads" / names[SIDURI]).write_bytes(b"damaged")
    released()
    assert "<img" not in client.get(f"/en/{SLUG}/speakers/{SIDURI}").text
