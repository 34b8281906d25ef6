"""Where pages of an event lead: to one another, or while they are only previewed, elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from flask import url_for


@dataclass(frozen=True)
class Preview:
    """Pages of a programme that is not public, which those who prepare it look at."""

    #: Gives the address that stands for a public one: ``(endpoint, **values)``.
    address: Callable[..., str]
    #: Where one came from.
    back: str
    #: What it shows, and the words of the way back, where it is not the next release as a whole.
    about: str = ""
    back_words: str = ""


_preview: ContextVar[Preview | None] = ContextVar("preview", default=None)


def way_to(endpoint: str, **values: Any) -> str:
    """Return the address of a page, or of its preview while that is shown."""
    shown = _preview.get()
    return shown.address(endpoint, **values) if shown else url_for(endpoint, **values)


def preview() -> Preview | None:
    """Return the preview that is shown; None on public pages."""
    return _preview.get()


@contextmanager
def previewing(shown: Preview) -> Iterator[None]:
    """Let the pages that are made until the end of the block say that they are not public."""
    token = _preview.set(shown)
    try:
        yield
    finally:
        _preview.reset(token)
