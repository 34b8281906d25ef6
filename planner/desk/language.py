"""The language of the desk: chosen there, or the user's own, or what the browser asks for.

Addresses of the desk name no language, so that organizers can send them to one another.
"""

from flask import Flask, g, request, session
from flask_security import current_user

from planner.i18n.interface import begin_speaking, stop_speaking
from planner.i18n.languages import INTERFACE, Language, language
from planner.i18n.negotiation import negotiate

_CHOSEN = "lang"


def init_app(app: Flask) -> None:
    """Speak the language of the desk during its requests."""
    app.before_request(_begin)
    app.teardown_request(_end)


def spoken() -> Language:
    """Return the language of the desk in this request."""
    return language(g.get("desk_language", "en"))


def choose(code: str) -> None:
    """Speak this language in the desk from the next request on."""
    session[_CHOSEN] = code


def _begin() -> None:
    code = session.get(_CHOSEN) or _own()
    if code not in INTERFACE:
        code = negotiate(request.headers.get("Accept-Language", ""), tuple(INTERFACE))
    g.desk_language = code
    g.desk_speaking = begin_speaking(code)


def _own() -> str | None:
    return current_user.language if current_user.is_authenticated else None


def _end(_error: BaseException | None) -> None:
    token = g.pop("desk_speaking", None)
    if token is not None:
        stop_speaking(token)
