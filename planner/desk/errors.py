"""Pages of the desk for what went wrong there, with a way back to work."""

from flask import Flask, Response, make_response, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from planner.desk.layout import render_desk
from planner.i18n.labels import N_
from planner.public import errors

_SERVER_ERROR = 500
#: What is said in the desk otherwise than to readers.
_TEXTS = {
    401: (
        N_("You are not signed in"),
        N_("Sign in again, in another tab if something here is not saved yet."),
    ),
    403: (
        N_("This is not open to you"),
        N_("Your part in this event does not include it. Ask one of its owners."),
    ),
}


def init_app(app: Flask) -> None:
    """Answer errors of the desk with its own pages; others are left to the public ones."""
    app.register_error_handler(HTTPException, _answer)


def _answer(error: HTTPException) -> Response:
    """Return a page of the desk; when the server itself is at fault, one that needs no database."""
    code = error.code
    of_desk = request.path.startswith("/desk/") and error.response is None
    if code is None or code >= _SERVER_ERROR or not of_desk:
        return errors.answer(error)
    title, advice = _told(code)
    page = render_desk("desk/error.html", status=code, code=code, title=title, advice=advice)
    for name, value in error.get_response().headers:
        if name.lower() in {"allow", "retry-after", "www-authenticate"}:
            page.headers[name] = value
    return make_response(page)


def _told(code: int) -> tuple[str, str]:
    if code not in _TEXTS:
        return errors.told(code)
    title, advice = _TEXTS[code]
    return gettext(title), gettext(advice)
