"""The calendar of an agenda, for programs that subscribed to it.

Programs ask for it again and again, so its answer is put together as those of the public feeds.
"""

import gzip
import hashlib
from datetime import datetime
from email.utils import format_datetime

from flask import Response, abort, request

from planner.agenda.feed import calendar_of, changed_at
from planner.agenda.frame import bp
from planner.agenda.queries import shared_agenda
from planner.public.calendars import CONTENT_TYPE, disposition
from planner.public.delivery import is_known, takes_gzip
from planner.public.headers import Headers, Prepared, lacking
from planner.public.programmes import published_or_404

#: Ten times as fast as the best level; and most programs have the calendar already.
_LEVEL = 1


@bp.get("/calendar/agenda/<token>.ics")
def feed(lang: str, event: str, token: str) -> Response:
    """Send the calendar of an agenda.

    One that was deleted answers as one that never was: 404, at which no program takes what it has
    for an empty calendar, or a page for a calendar, and none is sent to a page for signing in.
    """
    published = published_or_404(event)
    kept = shared_agenda(event, token) or abort(404)
    return _answer(calendar_of(published, lang, kept), changed_at(published, kept), event)


def _answer(body: bytes, moment: datetime, event: str) -> Response:
    """Answer with a calendar that changed last then, or with 304 to whoever has it."""
    compress = takes_gzip(request.environ)
    etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}{"-gz" if compress else ""}"'
    headers = [("ETag", etag), *_PRIVATE, *lacking(_NAMES)]
    if is_known(request.environ, (etag,), moment):
        return Prepared("304 NOT MODIFIED", headers, b"")
    if compress:
        headers.append(("Content-Encoding", "gzip"))
        body = gzip.compress(body, _LEVEL, mtime=0)
    headers += [
        ("Content-Type", CONTENT_TYPE),
        ("Content-Disposition", disposition(f"{event}-agenda.ics")),
        ("Last-Modified", format_datetime(moment, usegmt=True)),
        ("Content-Length", str(len(body))),
    ]
    return Prepared("200 OK", headers, body)


_PRIVATE: Headers = [
    ("Cache-Control", "private, max-age=300"),
    ("Vary", "Accept-Encoding"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
]
_NAMES = frozenset(name for name, _ in _PRIVATE)
