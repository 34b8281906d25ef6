"""The programme in a frame that pages of other sites may show, where the event allows it."""

from functools import partial

from flask import Blueprint, Response, abort, current_app, request, url_for

from planner.i18n.interface import speaking
from planner.programme.published import Published
from planner.public.cards import Cards
from planner.public.days import days_of
from planner.public.delivery import HTML, deliver
from planner.public.filters import Filters, sessions_found
from planner.public.headers import CONTENT_SECURITY_POLICY
from planner.public.layout import render_page
from planner.public.programmes import EVENT_ADDRESS, published_or_404

bp = Blueprint("embedding", __name__)
_HEADERS = (
    (
        "Content-Security-Policy",
        CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *"),
    ),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("X-Robots-Tag", "noindex"),
)


@bp.get(f"{EVENT_ADDRESS}/embed")
def programme(lang: str, event: str) -> Response:
    """Show the programme, or the part of it that the query asks for, without anything around."""
    published = published_or_404(event)
    if not published.event.may_be_embedded:
        abort(404)
    asked = Filters.of(request.args)
    return deliver(
        published,
        partial(_page, published, lang, asked),
        content_type=HTML,
        parts=(asked.query,),
        headers=_HEADERS,
        keep=not asked.q and asked.known(published),
    )


def snippet(published: Published, lang: str) -> str:
    """Return what other sites put into their pages; empty when the event does not allow it."""
    if not published.event.may_be_embedded:
        return ""
    base: str = current_app.config["BASE_URL"]
    address = base + url_for("embedding.programme", lang=lang, event=published.event.slug)
    return (
        f'<iframe src="{address}" title="{published.event.slug}" width="100%" height="600" '
        'loading="lazy"></iframe>'
    )


def _page(published: Published, lang: str, asked: Filters) -> bytes:
    with speaking(lang):
        return render_page(
            "public/embed.html",
            lang,
            published,
            query=asked.query,
            days=days_of(Cards(published, lang), sessions_found(published, asked), lang),
        )
