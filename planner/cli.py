"""The command ``planner``: one line per fault, exit codes 0 done, 1 the answer is no, 2 wrong."""

import sys
from typing import NoReturn

import click
import flask_migrate
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from planner.extensions import db


def init_app(app: Flask) -> None:
    """Add the project's commands to the application's."""
    from planner.doctor import doctor_command
    from planner.exporting import export_command
    from planner.importing import import_command
    from planner.letters.cli import receive_command
    from planner.notices.cli import mail_command
    from planner.organizers.cli import user_command
    from planner.readiness.cli import check_command
    from planner.releases.cli import release_command
    from planner.removal.cli import remove_name_command, sweep_command
    from planner.sample.cli import demo_command
    from planner.serving import serve_command
    from planner.ticking import documents_command, tick_command

    mail_command.add_command(receive_command)
    for command in (
        check_command,
        demo_command,
        doctor_command,
        documents_command,
        export_command,
        import_command,
        mail_command,
        release_command,
        remove_name_command,
        serve_command,
        sweep_command,
        tick_command,
        user_command,
    ):
        app.cli.add_command(command)


def main() -> None:
    """Run the command line."""
    from planner import __version__, create_app
    from planner.config import ConfigurationError

    if sys.argv[1:] == ["--version"]:
        click.echo(f"planner {__version__}")
        return
    try:
        app = create_app()
    except ConfigurationError as error:
        _fail("\n".join(error.faults))
    try:
        if sys.argv[1:2] and sys.argv[1] in _NEED_A_DATABASE:
            _make_database(app)
        app.cli.main(prog_name="planner", obj=ScriptInfo(create_app=lambda: app))
    except (DataError, IntegrityError):
        raise  # a fault of the program, not of the installation: it must be seen whole
    except DatabaseError as error:
        _fail(_told(error))


#: Commands that may be the first ones of an installation.
_NEED_A_DATABASE = {"export", "import", "mail", "release", "serve", "tick", "user"}


def _make_database(app: Flask) -> None:
    """Make the tables where there are none at all, as at the first start.

    A database that holds something is left to ``planner db upgrade``.
    """
    with app.app_context():
        if not inspect(db.engine).get_table_names():
            flask_migrate.upgrade()
        db.engine.dispose()


def _told(error: DatabaseError) -> str:
    reason = str(error.orig).strip().split("\n", maxsplit=1)[0]
    if "no such table" in reason or "does not exist" in reason or "no such column" in reason:
        return f"The database is not up to date ({reason}). Run: planner db upgrade"
    return f"The database does not answer: {reason}"


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)
