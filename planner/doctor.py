"""The command ``planner doctor``: what is wrong with this installation, a line each."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from planner.config import DEFAULT_BASE_URL
from planner.extensions import db
from planner.formats.pdf import is_possible
from planner.i18n.languages import INTERFACE
from planner.notices.operations import waiting
from planner.public.printed import failures
from planner.registration.desk_queries import registering
from planner.removal.sweeping import left

#: The first SQLite whose write-ahead log cannot lose committed pages.
_SOUND_SQLITE = (3, 51, 3)
_LITTLE_SPACE = 200 * 1024 * 1024


def faults(app: Flask) -> Iterator[str]:
    """Yield a line for everything that will go wrong; needs an application context."""
    yield from _instance_faults(Path(app.instance_path))
    yield from _address_faults(app.config["BASE_URL"])
    yield from _database_faults(app)
    if left(Path(app.instance_path)) is not None:
        yield "what was removed may still be in the files of the database: run planner sweep"
    yield from _catalogue_faults(Path(app.config["BABEL_TRANSLATION_DIRECTORIES"]))


def remarks(app: Flask) -> Iterator[str]:
    """Yield a line for what is lacking, but can be done without; needs an application context."""
    if not is_possible():
        yield "programmes are not offered as PDF: install planner with its extra “pdf”, and Pango"
    if names := failures(Path(app.instance_path)):
        yield f"printed programmes could not be made: {', '.join(names)}; see planner documents"
    # A database without its tables is a fault, and told as one.
    with suppress(SQLAlchemyError):
        if not app.config["SMTP_URL"] and (number := waiting()):
            yield f"SMTP_URL is not set: messages wait to be sent ({number}), pass links on by hand"
        for slug in [] if app.config["SMTP_URL"] else registering():
            yield (
                f"{slug}: people can register, but without SMTP_URL nobody can confirm their "
                "address; confirm them at the desk"
            )


def _instance_faults(instance: Path) -> Iterator[str]:
    if instance.stat().st_mode & 0o077:
        yield f"{instance} can be read by others: chmod 700 it"
    if shutil.disk_usage(instance).free < _LITTLE_SPACE:
        yield f"{instance}: less than 200 MB are free on its disk"


def _address_faults(base_url: str) -> Iterator[str]:
    if base_url == DEFAULT_BASE_URL:
        yield "BASE_URL is not set: feeds and links will point to this machine only"
    elif base_url.startswith("http://") and not base_url.startswith("http://127.0.0.1"):
        yield "BASE_URL is not https: readers' lines can be listened to"


def _database_faults(app: Flask) -> Iterator[str]:
    try:
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                version = connection.execute(text("select sqlite_version()")).scalar_one()
                if tuple(map(int, version.split("."))) < _SOUND_SQLITE:
                    yield f"SQLite {version} can corrupt the database: 3.51.3 or later is needed"
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).strip().split("\n", maxsplit=1)[0]
        yield f"the database does not answer: {reason}"
        return
    script = ScriptDirectory(str(Path(app.root_path) / "migrations"))
    if current != script.get_current_head():
        yield "the database is not up to date: run planner db upgrade"


def _catalogue_faults(translations: Path) -> Iterator[str]:
    for code in INTERFACE:
        catalogue = translations / code / "LC_MESSAGES" / "messages.mo"
        if code != "en" and not catalogue.is_file():
            yield f"the interface in {code} is not compiled: reinstall planner"


@click.command("doctor")
@with_appcontext
def doctor_command() -> None:
    """Say what is wrong with this installation; exit 1 when something is."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    found = list(faults(app))
    for fault in found:
        click.echo(f"✗ {fault}")
    for remark in remarks(app):
        click.echo(f"· {remark}")
    if found:
        sys.exit(1)
    click.echo("✓ Nothing is wrong.")
