"""The calendar of an agenda, for programs that subscribed to it."""

import gzip
import hashlib

from flask import Response, abort, request

from planner.agenda.feed import calendar_of, changed_at
from planner.agenda.frame import bp
from planner.agenda.queries import shared_agenda
from planner.public.calendars import CONTENT_TYPE, disposition
from planner.public.programmes import published_or_404

#: Of ten times the speed of the best level, and worth it: most programs ask with what they have.
_LEVEL = 1


@bp.get("/calendar/agenda/<token>.ics")
def feed(lang: str, event: str, token: str) -> Response:
    """Send the calendar of an agenda.

    One that was deleted answers as one that never was: 404, at which no program takes what it has
    for an empty calendar, or a page for a calendar, and none is sent to a page for signing in.
    """
    published = published_or_404(event)
    kept = shared_agenda(event, token) or abort(404)
    body = calendar_of(published, lang, kept)
    compress = request.accept_encodings["gzip"] > 0
    response = Response(content_type=CONTENT_TYPE)
    response.set_etag(hashlib.sha256(body).hexdigest()[:32] + ("-gz" if compress else ""))
    response.last_modified = changed_at(published, kept)
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["Content-Disposition"] = disposition(f"{event}-agenda.ics")
    response.headers["Vary"] = "Accept-Encoding"
    response.make_conditional(request)
    if response.status_code == 200:
        _put(response, body, compress=compress)
    return response


def _put(response: Response, body: bytes, *, compress: bool) -> None:
    """Put the octets into an answer."""
    if compress:
        response.headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, _LEVEL, mtime=0)
    response.set_data(body)
