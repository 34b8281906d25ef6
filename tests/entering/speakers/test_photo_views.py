"""Uploading photos of speakers, and who gets to see them."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.entering.speakers.operations import sweep_photos
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.undoing import undo
from planner.lib.clock import now
from planner.speakers.models import Speaker
from planner.speakers.photos import MOST_OCTETS, store
from tests.plans import ENKIDU, SIDURI, SLUG, ZIN, plan_to_change, released
from tests.speakers.test_photos import encoded, picture, with_everything

SPEAKERS = f"/desk/{SLUG}/speakers"


def uploads(app: Flask) -> Path:
    """Return the folder of uploads."""
    return Path(app.instance_path) / "uploads"


def upload(client: FlaskClient, content: bytes, code: str = ZIN, **kwargs: bool) -> TestResponse:
    """Upload a photo of a speaker."""
    body = (
        b"--reed\r\nContent-Disposition: form-data; "
        b'name="photo"; filename="IMG_2017_Sulaymaniyah.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n" + content + b"\r\n--reed--\r\n"
    )
    return client.post(
        f"{SPEAKERS}/{code}/photo",
        data=body,
        content_type="multipart/form-data; boundary=reed",
        **kwargs,
    )


def photo(code: str = ZIN) -> str | None:
    """Return the name of the photo of a speaker."""
    db.session.expire_all()
    return db.session.scalars(select(Speaker.photo).where(Speaker.code == code)).one()


def take_back() -> None:
    """Undo what was done last."""
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    undo(entry.event_id, entry.user_id or 0, entry.id)


def test_a_photo_is_kept_without_a_trace_of_the_file_that_it_came_in(
    app: Flask, editor: FlaskClient
) -> None:
    assert upload(editor, with_everything("JPEG")).status_code == 302
    (kept,) = uploads(app).iterdir()
    assert kept.name == photo()
    assert b"secret-of-the-camera" not in kept.read_bytes()
    assert f"{SPEAKERS}/{ZIN}/photo" in editor.get(f"{SPEAKERS}/{ZIN}").text
    answer = editor.get(f"{SPEAKERS}/{ZIN}/photo")
    assert (answer.content_type, answer.data) == ("image/jpeg", kept.read_bytes())
    assert answer.headers["Cache-Control"] == "no-store"


def test_who_does_not_know_somebody_sees_no_photo_and_uploads_none(
    editor: FlaskClient, blind: FlaskClient
) -> None:
    upload(editor, with_everything("JPEG"))
    upload(editor, with_everything("JPEG"), SIDURI)
    assert blind.get(f"{SPEAKERS}/{ZIN}/photo").status_code == 404
    assert "/photo" not in blind.get(f"{SPEAKERS}/{ZIN}").text
    assert upload(blind, with_everything("PNG")).status_code == 404
    assert blind.post(f"{SPEAKERS}/{ZIN}/photo/remove").status_code == 404
    assert blind.get(f"{SPEAKERS}/{SIDURI}/photo").status_code == 200


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"nothing", "not a photo in JPEG"), (encoded(picture(6000, 4001), "PNG"), "24 million")],
)
def test_what_cannot_be_a_photo_is_refused_beside_the_field(
    app: Flask, editor: FlaskClient, content: bytes, why: str
) -> None:
    page = upload(editor, content)
    assert page.status_code == 422
    assert why in page.text
    # The other form on the page shows the speaker as they are.
    assert f'value="{ZIN}@people.invalid"' in page.text
    assert not uploads(app).exists()
    empty = editor.post(f"{SPEAKERS}/{ZIN}/photo", data={})
    assert empty.status_code == 422
    assert "Choose a file first" in empty.text


def test_more_than_two_megabytes_are_taken_and_more_than_five_are_not(
    editor: FlaskClient,
) -> None:
    large = encoded(picture(), "JPEG") + bytes(4 * 1024 * 1024)
    assert upload(editor, large).status_code == 302
    page = upload(editor, bytes(MOST_OCTETS + 100_000), follow_redirects=True)
    assert "larger than 5 MB" in page.text
    assert editor.post(f"{SPEAKERS}/{ZIN}", data={"remark": "x" * 3_000_000}).status_code == 413


def test_another_photo_and_none_can_be_undone(app: Flask, editor: FlaskClient) -> None:
    upload(editor, with_everything("JPEG"))
    first = photo()
    upload(editor, encoded(picture(50, 50), "PNG"))
    second = photo()
    assert first != second
    take_back()
    assert photo() == first
    assert editor.get(f"{SPEAKERS}/{ZIN}/photo").status_code == 200
    editor.post(f"{SPEAKERS}/{ZIN}/photo/remove")
    assert photo() is None
    assert editor.get(f"{SPEAKERS}/{ZIN}/photo").status_code == 404
    take_back()
    assert photo() == first


def test_what_nobody_names_for_thirty_days_is_swept_out_with_the_next_upload(
    app: Flask, editor: FlaskClient
) -> None:
    upload(editor, with_everything("JPEG"), SIDURI)
    public = photo(SIDURI)
    released()
    upload(editor, encoded(picture(50, 50), "PNG"), SIDURI)
    forgotten = store(uploads(app), b"x")
    before = (now() - timedelta(days=31)).timestamp()
    for path in uploads(app).iterdir():
        os.utime(path, (before, before))
    upload(editor, encoded(picture(60, 60), "PNG"), ENKIDU)
    left = {path.name for path in uploads(app).iterdir()}
    # What the public programme names stays, though the plan has another one by now.
    assert left == {public, photo(SIDURI), photo(ENKIDU)}
    assert forgotten not in left
    assert sweep_photos(uploads(app)) == 0


def test_a_photo_whose_file_is_gone_breaks_nothing(app: Flask, editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].photo = "gone.jpg"
    assert editor.get(f"{SPEAKERS}/{SIDURI}").status_code == 200
    assert editor.get(f"{SPEAKERS}/{SIDURI}/photo").status_code == 404
