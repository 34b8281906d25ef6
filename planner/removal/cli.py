"""The commands ``planner remove-name`` and ``planner sweep``."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from planner.lib.refusals import RefusedError
from planner.releases.issuing import UnknownEventError
from planner.removal.operations import remove_name
from planner.removal.sweeping import sweep
from planner.removal.targets import NotThereError, Way

_BUSY = (
    "The files of the database may still hold it between their pages: somebody was reading them. "
    "Run later: planner sweep"
)


@click.command("remove-name")
@click.argument("slug")
@click.argument("code")
@click.option("--erase", is_flag=True, help="Out of the plan and its history as well.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def remove_name_command(slug: str, code: str, *, erase: bool, yes: bool) -> None:
    """Take the name of a speaker out of everything that an event published, for good."""
    if not yes:
        click.confirm(
            f"Remove the name of {code} from everything that {slug} published?", abort=True
        )
    way = Way.ERASE if erase else Way.WITHHOLD
    instance = Path(current_app.instance_path)
    try:
        done = remove_name(slug, code, way, instance=instance)
    except UnknownEventError:
        raise RefusedError(f"There is no event “{slug}”.") from None
    except NotThereError:
        raise RefusedError(f"{slug} has no speaker “{code}”, and never had one.") from None
    click.echo(f"The name is removed. {done.rewritten} releases were rewritten.")
    if done.number is not None:
        click.echo(f"Release {done.number} is public; calendars overwrite what they have.")
    _sweep(instance)


@click.command("sweep")
@with_appcontext
def sweep_command() -> None:
    """Take what was removed out of the files of the database, where that failed before."""
    _sweep(Path(current_app.instance_path))
    click.echo("Nothing is left of what was removed.")


def _sweep(instance: Path) -> None:
    if not sweep(instance):
        click.echo(_BUSY)
        sys.exit(1)
