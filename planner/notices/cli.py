"""The command ``planner mail send``."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from planner.lib.refusals import RefusedError
from planner.notices.composing import host
from planner.notices.delivery import server_of
from planner.notices.operations import waiting
from planner.notices.sending import send_all


@click.group("mail")
def mail_command() -> None:
    """Outgoing mail."""


@mail_command.command("send")
@with_appcontext
def send_command() -> None:
    """Deliver the outbox: every message that is due. Run it once a minute, from a timer."""
    url = current_app.config["SMTP_URL"]
    if not url:
        raise RefusedError(
            f"SMTP_URL is not set, so nothing can be sent ({waiting()} waiting). "
            "Set it to an address such as smtps://user:password@mail.example.org"
        )
    try:
        server = server_of(url, host())
    except ValueError as error:
        raise RefusedError(f"SMTP_URL: {error}") from None
    account = send_all(server, click.echo)
    click.echo(f"{account.sent} sent, {account.failed} not sent, {account.waiting} waiting")
    if account.failed:
        sys.exit(1)
