"""What is gone by the time that somebody acts on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort

from planner.journal.recording import GoneError


@contextmanager
def found_or_404() -> Iterator[None]:
    """Answer that there is no such thing where an operation finds it gone.

    :raises werkzeug.exceptions.NotFound: then.
    """
    try:
        yield
    except GoneError:
        abort(404)
