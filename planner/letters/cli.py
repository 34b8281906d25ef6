"""The command ``planner mail receive``."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from planner.letters.receiving import AmbiguousError, NobodyError, OutdatedError, receive
from planner.letters.replies import LONGEST_MESSAGE, UnreadableError, reply_in
from planner.lib.refusals import RefusedError
from planner.sessions.models import Answer

_KEPT = {
    Answer.CONFIRMED: "confirmed",
    Answer.DECLINED: "declined",
    Answer.ASKED: "not decided yet",
}


@click.command("receive")
@click.argument("file")
@with_appcontext
def receive_command(file: str) -> None:
    """Keep what a speaker answered by a calendar program.

    FILE is a whole message or a calendar (.ics); - reads one from standard input, as a mail
    server hands it over.
    """
    try:
        reply = reply_in(_read(file))
        is_other = receive(reply)
    except (OSError, UnreadableError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise RefusedError(f"Nothing was changed: {reason}.") from None
    except OutdatedError:
        raise RefusedError(
            "Nothing was changed: the answer is to an invitation that is not the last one."
        ) from None
    except AmbiguousError:
        raise RefusedError(
            "Nothing was changed: several speakers of the session have the address."
        ) from None
    except NobodyError:
        click.echo("Nothing was changed: nobody was asked who answers so.", err=True)
        sys.exit(1)
    # Neither who answered nor for what: what is said here may be logged.
    click.echo(f"Kept: {_KEPT[reply.answer]}." if is_other else "Known already.")


def _read(file: str) -> bytes:
    """Return what is given, and no more of it than shows that it is too much."""
    if file == "-":
        return sys.stdin.buffer.read(LONGEST_MESSAGE + 1)
    with Path(file).open("rb") as opened:
        return opened.read(LONGEST_MESSAGE + 1)
