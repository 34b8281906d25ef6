"""The language of the interface while a page, feed or document is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

from flask_babel import force_locale

from planner.i18n.languages import language

_speaking: ContextVar[str] = ContextVar("speaking", default="en")


def current_locale() -> str:
    """Return the locale of formats for the language in which we speak now."""
    return language(_speaking.get()).locale


def begin_speaking(code: str) -> Token[str]:
    """Speak a language from now on, before anything was said in this request."""
    return _speaking.set(code)


def stop_speaking(token: Token[str]) -> None:
    """Go back to the language that was spoken before."""
    _speaking.reset(token)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language of the interface: gettext answers in it until the end of the block.

    Needs an application context, without which translations are silently English.
    """
    token = _speaking.set(code)
    try:
        with force_locale(language(code).locale):
            yield
    finally:
        _speaking.reset(token)
