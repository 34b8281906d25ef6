"""Headers that every answer carries, and answers whose headers were put together beforehand."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

Headers = list[tuple[str, str]]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_USUAL = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cache-Control", "no-store"),
)
_ONLY_HTTPS = ("Strict-Transport-Security", "max-age=31536000")


class Prepared(Response):
    """An answer with a body and headers that were made once and are sent many times.

    The headers must be complete. What hooks set on one answer is sent with it as well.
    """

    default_mimetype = None

    def __init__(self, status: str, headers: Headers, body: bytes) -> None:
        super().__init__(status=status)
        self._prepared = headers
        self._body = body

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> ClosingIterator:
        """Send the answer to the server as it is, without checking each header once more."""
        start_response(self.status, [*self._prepared, *self.headers])
        body = () if environ["REQUEST_METHOD"] == "HEAD" else (self._body,)
        return ClosingIterator(body, self.close)


def init_app(app: Flask) -> None:
    """Add the headers to every answer of the application, errors included."""
    is_https = app.config["BASE_URL"].startswith("https://")
    app.extensions["planner.headers"] = (*_USUAL, _ONLY_HTTPS) if is_https else _USUAL
    app.after_request(_complete)


def lacking(names: Iterable[str]) -> Headers:
    """Return the usual headers that an answer with headers of these names has not set itself."""
    own = {name.lower() for name in names}
    usual: tuple[tuple[str, str], ...] = current_app.extensions["planner.headers"]
    return [header for header in usual if header[0].lower() not in own]


def _complete(response: Response) -> Response:
    if not isinstance(response, Prepared):
        response.headers.extend(lacking(response.headers.keys()))
    return response
