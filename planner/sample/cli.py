"""The command ``planner demo``."""

import os

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from planner.i18n.languages import INTERFACE
from planner.lib.refusals import RefusedError
from planner.public import name_build
from planner.sample.operations import OtherEventsError, fill
from planner.sample.organizer import EMAIL, renew_organizer
from planner.serving import serve


@click.command("demo")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=5000, show_default=True, help="Where to serve."
)
@click.option("--no-serve", is_flag=True, help="Make the sample event and stop.")
@with_appcontext
def demo_command(port: int, no_serve: bool) -> None:
    """Make the sample event in this installation, and serve it on this machine only."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    click.echo("Preparing the database …")
    upgrade()
    if not os.environ.get("BASE_URL"):  # before a process is started that must know it
        app.config["BASE_URL"] = f"http://127.0.0.1:{port}"
        name_build(app)
    click.echo("Making the sample event …")
    try:
        slug = fill()
    except OtherEventsError as error:
        raise RefusedError(
            f"This installation holds other events ({error}); the sample was not made. "
            "Set PLANNER_INSTANCE to a new folder."
        ) from None
    base_url = app.config["BASE_URL"]
    click.echo("The sample event is ready:")
    for code, language in INTERFACE.items():
        click.echo(f"  {base_url}/{code}/{slug}/programme  {language.name}")
    click.echo(f"  {base_url}/en/{slug}/subscribe  calendars")
    click.echo(
        f"  {base_url}/desk/  to plan it, as {EMAIL} with this password, until the next start:"
    )
    click.echo(f"  {renew_organizer(slug)}")
    if not no_serve:
        click.echo("Press Ctrl+C to stop.")
        serve(app, bind=f"127.0.0.1:{port}", workers=1)
