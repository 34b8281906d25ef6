"""The command ``planner release``."""

import click
from flask import current_app
from flask.cli import with_appcontext

from planner.i18n.languages import INTERFACE
from planner.lib.refusals import RefusedError
from planner.programme.document import decode
from planner.programme.vocabulary import Stage, Status
from planner.releases.issuing import UnknownEventError
from planner.releases.operations import NothingToPublishError, publish


@click.command("release")
@click.argument("slug")
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in Stage]),
    required=True,
    help="Whether the programme will still change.",
)
@click.option("--note", default="", help="What readers are told about this release.")
@click.option(
    "--note-language",
    default="en",
    show_default=True,
    type=click.Choice(list(INTERFACE)),
    help="The language of the note.",
)
@with_appcontext
def release_command(slug: str, stage: str, note: str, note_language: str) -> None:
    """Publish the plan of an event: it is what everybody reads from then on."""
    try:
        release = publish(slug, Stage(stage), note={note_language: note} if note else {})
    except UnknownEventError:
        raise RefusedError(f"There is no event “{slug}”.") from None
    except NothingToPublishError:
        click.echo("Nothing to publish: this is what the public reads already.")
        return
    programme = decode(release.document)
    cancelled = sum(session.status is Status.CANCELLED for session in programme.sessions)
    click.echo(
        f"Release {release.number} ({release.stage.value}) of {slug} is public: "
        f"{len(programme.sessions) - cancelled} sessions, {cancelled} cancelled, "
        f"{len(programme.speakers)} named speakers."
    )
    language = next((code for code in programme.event.languages if code in INTERFACE), "en")
    click.echo(f"{current_app.config['BASE_URL']}/{language}/{slug}/programme")
