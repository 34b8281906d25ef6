"""The pages of an event: what it is, its programme, and one for each session, speaker, theme, room.

A page depends on the programme and the address alone, and that of the programme on the day, so
it is made once and kept.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, abort, request

from planner.i18n.interface import speaking
from planner.lib.clock import now
from planner.programme.published import Published
from planner.public import days, details
from planner.public.delivery import HTML, deliver
from planner.public.filters import Filters
from planner.public.programmes import EVENT_ADDRESS, published_or_404
from planner.public.today import changed_today, moment_of

bp = Blueprint("pages", __name__, url_prefix=EVENT_ADDRESS)


@bp.get("/")
def event(lang: str, event: str) -> Response:
    """Show what the event is: call, when and where, principles, themes, supporters."""
    published = published_or_404(event)
    return _send(published, lang, lambda: details.event_page(published, lang))


@bp.get("/programme")
def programme(lang: str, event: str) -> Response:
    """Show the programme, or the part of it that the query asks for."""
    published = published_or_404(event)
    asked = Filters.of(request.args) if request.query_string else Filters()
    moment = moment_of(published, now())

    def make() -> bytes:
        today = changed_today(published, lang, moment.day)
        return days.programme_page(published, lang, asked, today)

    return _send(
        published,
        lang,
        make,
        parts=(*((asked.query,) if request.query_string else ()), *moment.parts),
        keep=not request.query_string or (not asked.q and asked.known(published)),
        last_modified=moment.since,
    )


@bp.get("/sessions/<code>")
def session(lang: str, event: str, code: str) -> Response:
    """Show a session."""
    published = published_or_404(event)
    found = published.session_by_code.get(code) or abort(404)
    return _send(published, lang, lambda: details.session_page(published, lang, found))


@bp.get("/speakers/<code>")
def speaker(lang: str, event: str, code: str) -> Response:
    """Show somebody who is named in the programme."""
    published = published_or_404(event)
    found = published.speaker_by_code.get(code) or abort(404)
    return _send(published, lang, lambda: details.speaker_page(published, lang, found))


@bp.get("/themes/<slug>")
def theme(lang: str, event: str, slug: str) -> Response:
    """Show a theme and its sessions."""
    published = published_or_404(event)
    found = published.theme_by_slug.get(slug) or abort(404)
    return _send(published, lang, lambda: details.theme_page(published, lang, found))


@bp.get("/rooms/<slug>")
def room(lang: str, event: str, slug: str) -> Response:
    """Show a room and its sessions."""
    published = published_or_404(event)
    found = published.room_by_slug.get(slug) or abort(404)
    return _send(published, lang, lambda: details.room_page(published, lang, found))


def _send(
    published: Published,
    lang: str,
    make: Callable[[], bytes],
    *,
    parts: tuple[str, ...] = (),
    keep: bool = True,
    last_modified: datetime | None = None,
) -> Response:
    def render() -> bytes:
        with speaking(lang):
            return make()

    return deliver(
        published,
        render,
        content_type=HTML,
        parts=parts,
        keep=keep,
        last_modified=last_modified,
    )
