"""How a command ends when what it was given is wrong."""

import click


class RefusedError(click.ClickException):
    """What was given cannot be used, and nothing was changed: one line, and exit code 2."""

    exit_code = 2
