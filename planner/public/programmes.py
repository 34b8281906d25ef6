"""Where the public addresses get their programmes from."""

from flask import abort, current_app

from planner.i18n.languages import INTERFACE
from planner.programme.published import Published, Source

#: The beginning of every address of an event in a language.
EVENT_ADDRESS = f"/<any({','.join(INTERFACE)}):lang>/<event>"


def source() -> Source:
    """Return the source that the application was given."""
    found: Source = current_app.extensions["planner.programmes"]
    return found


def published_or_404(event: str) -> Published:
    """Return the programme that an event publishes now.

    :raises werkzeug.exceptions.NotFound: when there is no such event, or nothing of it is public.
    """
    published = source().current(event)
    if published is None:
        abort(404)
    return published
