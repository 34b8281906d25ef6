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


def releases_until(published: Published) -> list[Published]:
    """Return a programme that is, or just was, public with every release before it, newest first.

    One that became public in this very second is left out: nothing else of the page knows it.
    """
    number = published.release.number
    found = source().history(published.event.slug)
    return [each for each in found if each.release.number <= number]


def published_or_404(event: str) -> Published:
    """Return the programme that an event publishes now.

    :raises werkzeug.exceptions.NotFound: when there is no such event, or nothing of it is public.
    """
    published = source().current(event)
    if published is None:
        abort(404)
    return published
