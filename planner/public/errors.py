"""Pages for what went wrong, in the reader's language, with a way back to the programme."""

from flask import Flask, Response, g, make_response, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from planner.i18n.interface import speaking
from planner.i18n.labels import N_
from planner.i18n.languages import INTERFACE
from planner.i18n.negotiation import negotiate
from planner.programme.published import Published
from planner.public.layout import render_page
from planner.public.programmes import source

#: By status: what happened, and what to do about it.
_TEXTS = {
    400: (
        N_("This request cannot be understood"),
        N_("Something in it is missing or wrong. Go back and try once more."),
    ),
    403: (N_("This is not open to you"), N_("Perhaps you must sign in first.")),
    404: (
        N_("There is no such page"),
        N_("Perhaps the address is incomplete, or what was here has been taken out."),
    ),
    405: (
        N_("That cannot be done here"),
        N_("The page exists, but does not take what was sent to it."),
    ),
    410: (
        N_("This is no longer here"),
        N_("It was withdrawn for good. The link can be forgotten."),
    ),
    413: (N_("That is too large"), N_("Send something smaller.")),
    429: (N_("Too many requests"), N_("Wait a little and try again.")),
    500: (
        N_("Something broke on our side"),
        N_("It is not your fault, and it has been noted. Try again in a while."),
    ),
    503: (
        N_("We are not ready just now"),
        N_("Try again in a minute or two."),
    ),
}
_REFUSED = (N_("That did not work"), N_("Go back and try once more."))
#: Addresses that programs fetch: a page in HTML would only confuse them.
_FILES = (".ics", ".json", ".xml", ".csv", ".pdf", ".atom", ".svg", ".css", ".js", ".txt", ".woff2")
_SERVER_ERROR = 500


def init_app(app: Flask) -> None:
    """Answer every error of the application with a page of its own.

    What is not an HTTP error becomes one of status 500, after Flask has logged it.
    """
    app.register_error_handler(HTTPException, answer)


def answer(error: HTTPException) -> Response:
    """Return the page, or the text for programs, that says what went wrong."""
    plain = error.get_response()
    if error.response is not None or error.code is None:
        return make_response(plain)
    lang = _language()
    with speaking(lang):
        if request.path.endswith(_FILES) or request.path.startswith(("/api/", "/healthz")):
            response = make_response(_text(error.code))
            response.content_type = "text/plain; charset=utf-8"
        else:
            response = make_response(_page(error.code, lang))
    response.status_code = error.code
    response.headers.extend(
        (name, value)
        for name, value in plain.headers
        if name.lower() not in {"content-type", "content-length"}
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = lang
    return response


def _text(code: int) -> str:
    title, advice = told(code)
    return f"{code} {title}\n{advice}\n"


def _page(code: int, lang: str) -> bytes:
    title, advice = told(code)
    # When the server itself is at fault, asking it for more could break the answer too.
    published = _event() if code < _SERVER_ERROR else None
    return render_page(
        "public/error.html",
        lang,
        published,
        code=code,
        title=title,
        advice=advice,
    )


def told(code: int) -> tuple[str, str]:
    """Return what an error means and what to do about it, in the language spoken now."""
    title, advice = _TEXTS.get(code, _TEXTS[500] if code >= _SERVER_ERROR else _REFUSED)
    return gettext(title), gettext(advice)


def _language() -> str:
    desk: str | None = g.get("desk_language")
    if desk is not None:
        return desk
    first = request.path.split("/")[1]
    if first in INTERFACE:
        return first
    return negotiate(request.headers.get("Accept-Language", ""), tuple(INTERFACE))


def _event() -> Published | None:
    """Return the event under whose address something went wrong, so that it keeps its look."""
    parts = request.path.split("/")
    slug = parts[2] if parts[1] in INTERFACE and len(parts) > 2 else parts[1]
    return source().current(slug) if slug else None
