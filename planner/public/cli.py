"""The command ``planner export``: what the public gets, as a file."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from planner.i18n.languages import INTERFACE
from planner.lib.refusals import RefusedError

_ADDRESSES = {
    "ical": "/{lang}/{slug}/calendar/programme.ics",
    "xml": "/{slug}/schedule.xml",
    "json": "/{slug}/schedule.json",
    "csv": "/{lang}/{slug}/programme.csv",
    "pdf": "/{lang}/{slug}/programme.pdf",
}
_NOT_FOUND = 404


@click.command("export")
@click.argument("slug")
@click.option("--format", "form", type=click.Choice(list(_ADDRESSES)), required=True)
@click.option(
    "--language",
    type=click.Choice(list(INTERFACE)),
    default="en",
    show_default=True,
    help="For formats that hold one language.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write; it is replaced.",
)
@with_appcontext
def export_command(slug: str, form: str, language: str, output: Path) -> None:
    """Write to a file what everybody may fetch of an event's programme."""
    address = _ADDRESSES[form].format(lang=language, slug=slug)
    response = current_app.test_client().get(address, base_url=current_app.config["BASE_URL"])
    if response.status_code == _NOT_FOUND:
        raise RefusedError(f"There is no published programme of “{slug}” as {form}.")
    if response.status_code != 200:
        raise click.ClickException(f"The programme cannot be made as {form}.")
    try:
        output.write_bytes(response.data)
    except OSError as error:
        raise RefusedError(f"Cannot write {output}: {error.strerror}") from None
    click.echo(f"{output}: {len(response.data)} octets")
