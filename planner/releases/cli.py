"""The command ``planner release``."""

import sys
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from planner.events.models import Event
from planner.extensions import db
from planner.i18n.languages import INTERFACE
from planner.lib.refusals import RefusedError
from planner.programme.document import decode
from planner.programme.vocabulary import Stage, Status
from planner.readiness.binding import NotReadyError
from planner.readiness.labels import unmet_in_a_line
from planner.readiness.registry import requirements
from planner.readiness.weighing import weigh
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
@click.option(
    "--override",
    "overrides",
    multiple=True,
    metavar="KEY=REASON",
    help="Why a requirement that binds may stay unmet; once for each.",
)
@with_appcontext
def release_command(
    slug: str, stage: str, note: str, note_language: str, overrides: tuple[str, ...]
) -> None:
    """Publish the plan of an event: it is what everybody reads from then on.

    Exit code 1 when a requirement that binds is not met, and no --override says why.
    """
    reasons = dict(map(_override, overrides))
    try:
        release = publish(
            slug, Stage(stage), note={note_language: note} if note else {}, reasons=reasons
        )
    except NotReadyError as error:
        _refuse(slug, Stage(stage), error)
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
    unmet = [
        found.requirement.key
        for found in weigh(release.event, release.stage).unmet
        if not found.is_binding
    ]
    if unmet:
        click.echo(f"Not met, and not binding: {', '.join(unmet)}. See: planner check {slug}")


def _override(written: str) -> tuple[str, str]:
    """Return the key and the reason of an option.

    :raises RefusedError: when there is no such requirement, or no reason.
    """
    key, _, reason = written.partition("=")
    if key not in requirements():
        known = ", ".join(requirements())
        raise RefusedError(f"There is no requirement “{key}”; there are: {known}.")
    if not reason.strip():
        raise RefusedError(f"Say why “{key}” may stay unmet: --override {key}=REASON.")
    return key, reason.strip()


def _refuse(slug: str, stage: Stage, error: NotReadyError) -> NoReturn:
    """Say what hinders a release, and how one publishes nevertheless."""
    event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
    click.echo("Not published: what binds is not met, and no reason is given.", err=True)
    for found in weigh(event, stage, only=error.requirements).hindrances:
        click.echo(f"  {unmet_in_a_line(found)}", err=True)
    click.echo("Mend it, or say why for each: --override KEY=REASON", err=True)
    sys.exit(1)
