"""The commands ``planner tick`` and ``planner documents``: what is done beside the server."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from planner.agenda.operations import forget_old_agendas
from planner.events.models import Event
from planner.extensions import db
from planner.public import printing
from planner.registration.forgetting import forget_due, forget_unconfirmed
from planner.registration.operations import fill_all
from planner.releases.scheduling import publish_due
from planner.removal.sweeping import left, sweep


def _registrations(instance: Path) -> Iterator[str]:
    """Forget those who registered when their day has come, and give free places out."""
    for slug, count in forget_due(instance):
        yield f"{slug}: everything about those who registered is deleted ({count})."
    if count := forget_unconfirmed(instance):
        yield f"Registrations that nobody confirmed are deleted ({count})."
    if count := fill_all():
        yield f"Places that became free are given to those who waited ({count})."


def _agendas(_instance: Path) -> Iterator[str]:
    """Forget participants' agendas that nobody needs any more."""
    last_days = db.session.execute(select(Event.slug, Event.last_day)).all()
    if count := forget_old_agendas(last_days):
        yield f"Agendas that nobody needs any more are deleted ({count})."


def _traces(instance: Path) -> Iterator[str]:
    """Take what was removed out of the files of the database, where that is still to do."""
    if left(instance) is not None and sweep(instance):
        yield "Nothing is left of what was removed."


def _documents(_instance: Path) -> Iterator[str]:
    """Make printed programmes that are lacking, as many as are begun in time."""
    if current_app.config["DOCUMENTS_AHEAD"]:
        yield from printing.make_missing(seconds=_LONGEST)


#: Seconds after which no further document is begun: the next minute goes on.
_LONGEST = 30
#: What is done besides publishing; each yields a line for whatever it did, without any name.
_CHORES: tuple[Callable[[Path], Iterator[str]], ...] = (
    _registrations,
    _agendas,
    _traces,
    _documents,
)


@click.command("tick")
@with_appcontext
def tick_command() -> None:
    """Do what waits for its hour: publish, delete what is not kept. Run it once a minute."""
    with printing.held_back():
        outcomes = publish_due()
    for outcome in outcomes:
        due = f"{outcome.slug}: the release due {outcome.publish_at:%Y-%m-%d %H:%M} UTC"
        if outcome.number is not None:
            click.echo(f"{due} is public as release {outcome.number}.")
        else:
            click.echo(f"{due} was not published ({outcome.missed}); see the page of releases.")
    instance = Path(current_app.instance_path)
    for chore in _CHORES:
        for line in chore(instance):
            click.echo(line)
    if any(outcome.number is None for outcome in outcomes):
        sys.exit(1)


@click.command("documents")
@with_appcontext
def documents_command() -> None:
    """Make the printed programmes that are lacking now; what is of former releases is removed."""
    for line in printing.make_missing():
        click.echo(line)
