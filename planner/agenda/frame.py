"""What the addresses of agendas have in common: whose agenda it is, and how pages are sent."""

import gzip
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import TooManyRequests

from planner.agenda import private
from planner.agenda.keys import reading_token
from planner.agenda.queries import Kept, agenda_of
from planner.lib.buckets import Buckets
from planner.lib.networks import network
from planner.programme.published import Published
from planner.programme.vocabulary import Kind
from planner.public.delivery import HTML
from planner.public.programmes import EVENT_ADDRESS

bp = Blueprint("agenda", __name__, url_prefix=EVENT_ADDRESS)
bp.before_request(private.refuse_other_sites)
bp.after_request(private.keep_private)

#: The slowest levels save next to nothing on pages as small as these.
_LEVEL = 6
#: How many agendas each process makes a minute: for one network, which may be that of the whole
#: conference, and for everybody. A robot that fills the database is slowed down, and no hall that
#: sets its first stars during the opening is.
_FROM_ONE, _FROM_ALL = Buckets(300), Buckets(600)


@dataclass(frozen=True)
class Own:
    """The agenda of whoever asks."""

    key: str
    kept: Kept

    @property
    def token(self) -> str:
        """The token that only reads it."""
        return reading_token(self.key)


def own_agenda(event: str) -> Own | None:
    """Return the agenda of whoever asks, in one statement; without a cookie in none."""
    key = private.key_brought(event)
    kept = agenda_of(event, key) if key else None
    return Own(key, kept) if key and kept else None


def room_for_another() -> None:
    """Count a new agenda, which is to be made now.

    :raises werkzeug.exceptions.TooManyRequests: when there were too many.
    """
    asking = network(request.remote_addr)
    wait = max(_FROM_ALL.take("all"), _FROM_ONE.take(asking) if asking else 0)
    if wait > 0:
        raise TooManyRequests(retry_after=wait)


def starred(published: Published, codes: list[str]) -> list[str]:
    """Return which of these codes can be put into an agenda: sessions that one goes to."""
    known = published.session_by_code
    return [
        code
        for code in dict.fromkeys(codes)
        if code in known and known[code].kind not in {Kind.BREAK, Kind.MEAL}
    ]


def to_agenda(lang: str, event: str, **told: Any) -> Response:
    """Lead on to one's agenda, which says what was done."""
    return redirect(url_for("agenda.show", lang=lang, event=event, **told), 303)  # type: ignore[return-value]


def page(body: bytes, lang: str, status: int = 200) -> Response:
    """Send a page, compressed to whoever takes that: lines are weak.

    Nobody else can put anything into it but codes of sessions, so its length tells nothing.
    """
    response = Response(body, status, content_type=HTML)
    response.headers["Content-Language"] = lang
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
