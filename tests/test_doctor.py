"""What the doctor says of an installation."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from planner import create_app, doctor
from planner.config import DEFAULT_BASE_URL
from planner.database import write_tx
from planner.doctor import faults, remarks
from planner.entrance.operations import ask_for_reset
from planner.extensions import db
from tests.desks import make_user


def found(app: Flask) -> list[str]:
    """Return the faults of an installation."""
    return list(faults(app))


def test_nothing_is_wrong_with_a_sound_installation(app: Flask) -> None:
    assert found(app) == []


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        (DEFAULT_BASE_URL, "BASE_URL is not set"),
        ("http://programme.example.org", "not https"),
    ],
)
def test_an_address_that_readers_cannot_use_is_a_fault(
    app: Flask, address: str, fault: str
) -> None:
    app.config["BASE_URL"] = address
    (told,) = found(app)
    assert fault in told


def test_a_folder_that_others_can_read_is_a_fault(app: Flask) -> None:
    Path(app.instance_path).chmod(0o750)
    (told,) = found(app)
    assert "chmod 700" in told


def test_a_full_disk_is_a_fault(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_LITTLE_SPACE", 2**60)
    (told,) = found(app)
    assert "free" in told


def test_a_database_of_another_version_is_a_fault(app: Flask) -> None:
    with write_tx() as session:
        session.execute(text("update alembic_version set version_num = '0000'"))
    db.session.rollback()
    (told,) = found(app)
    assert "planner db upgrade" in told


def test_a_database_without_tables_is_a_fault(tmp_path: Path) -> None:
    app = create_app({"PLANNER_INSTANCE": str(tmp_path), "BASE_URL": "https://programme.example"})
    with app.app_context():
        (told,) = found(app)
        db.engine.dispose()
    assert "planner db upgrade" in told


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/nothing",
        "sqlite:////no/such/folder/planner.sqlite",
    ],
)
def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path, url: str) -> None:
    app = create_app(
        {
            "PLANNER_INSTANCE": str(tmp_path),
            "BASE_URL": "https://programme.example",
            "DATABASE_URL": url,
        }
    )
    with app.app_context():
        (told,) = found(app)
        db.engine.dispose()
    assert told.startswith("the database does not answer: ")
    assert "\n" not in told


def test_an_old_sqlite_is_a_fault(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only")
    monkeypatch.setattr(doctor, "_SOUND_SQLITE", (99, 0, 0))
    (told,) = found(app)
    assert "SQLite" in told


def test_catalogues_that_are_not_compiled_are_faults(app: Flask, tmp_path: Path) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(tmp_path)
    assert len(found(app)) == 2


def test_mail_that_waits_for_a_server_is_a_remark(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "is_possible", lambda: True)
    make_user("inanna@desk.example")
    with app.test_request_context():
        ask_for_reset("inanna@desk.example", "en")
    assert found(app) == []
    (remark,) = remarks(app)
    assert "SMTP_URL" in remark
    assert "(1)" in remark
    app.config["SMTP_URL"] = "smtps://mail.example.org"
    assert list(remarks(app)) == []


def test_a_database_without_an_outbox_has_no_remark_about_mail(tmp_path: Path) -> None:
    app = create_app({"PLANNER_INSTANCE": str(tmp_path)})
    with app.app_context():
        assert [remark for remark in remarks(app) if "SMTP_URL" in remark] == []
        db.session.remove()
        db.engine.dispose()


def test_a_program_that_one_can_do_without_is_a_remark(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "is_possible", lambda: False)
    (remark,) = remarks(app)
    assert "PDF" in remark
    monkeypatch.setattr(doctor, "is_possible", lambda: True)
    assert list(remarks(app)) == []
