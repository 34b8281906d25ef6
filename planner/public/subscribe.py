"""The page on subscribing: every feed, what to press, and codes to carry an address to a phone."""

from functools import partial

from flask import Blueprint, Response, abort, request, url_for

from planner.i18n.interface import speaking
from planner.programme.published import Published
from planner.public.calendar_programs import instructions
from planner.public.delivery import HTML, deliver
from planner.public.embedding import snippet
from planner.public.feeds import WHOLE, feed_of, feeds_of, has_feed
from planner.public.layout import render_page
from planner.public.programmes import EVENT_ADDRESS, published_or_404
from planner.public.scanning import qr_code

bp = Blueprint("subscribe", __name__)

#: Of these there may be hundreds: their pages are not kept in memory.
_MANY = ("speakers/", "sessions/")


@bp.get(f"{EVENT_ADDRESS}/subscribe")
def subscribe(lang: str, event: str) -> Response:
    """Show every feed; the one that the query names stands first."""
    published = published_or_404(event)
    asked = request.args.get("feed", WHOLE)
    key = asked if has_feed(published, asked) else WHOLE
    return deliver(
        published,
        partial(_page, published, lang, key),
        content_type=HTML,
        parts=(key,),
        keep=not key.startswith(_MANY),
    )


@bp.get(f"{EVENT_ADDRESS}/subscribe/<path:feed>.svg")
def code(lang: str, event: str, feed: str) -> Response:
    """Send a QR code of the page of one feed.

    It holds the page's address and not the feed's: a camera that meets a webcal address does
    nothing on most phones, and one that meets a calendar file adds copies that never change.
    """
    published = published_or_404(event)
    if not has_feed(published, feed):
        abort(404)
    return deliver(
        published,
        partial(_code, lang, event, feed),
        content_type="image/svg+xml",
        max_age=300,
        keep=not feed.startswith(_MANY),
    )


def _page(published: Published, lang: str, key: str) -> bytes:
    with speaking(lang):
        return render_page(
            "public/subscribe.html",
            lang,
            published,
            query="" if key == WHOLE else f"feed={key}",
            first=feed_of(published, lang, key),
            feeds=feeds_of(published, lang),
            programs=instructions(lang),
            snippet=snippet(published, lang),
        )


def _code(lang: str, event: str, feed: str) -> bytes:
    query = None if feed == WHOLE else feed
    path = url_for("subscribe.subscribe", lang=lang, event=event, feed=query)
    return qr_code(path)
