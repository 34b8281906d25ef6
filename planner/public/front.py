"""The front door: to the only event or the list of events, health, and rules for robots."""

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from planner.i18n.interface import speaking
from planner.i18n.languages import INTERFACE
from planner.i18n.negotiation import negotiate
from planner.programme.published import Published
from planner.public.details import event_list
from planner.public.programmes import published_or_404, source

bp = Blueprint("front", __name__)
_ROBOTS = """\
User-agent: *
Disallow: /desk/
Disallow: /speak/
Disallow: /registration/
"""


@bp.get("/")
def index() -> AnyResponse:
    """Send readers on to the only event, or to the list, in their language."""
    events = list(source().events())
    if len(events) == 1:
        return _sent_on(
            url_for("pages.event", lang=_language(events[0]), event=events[0].event.slug)
        )
    return _sent_on(url_for("front.events", lang=_language(None)))


@bp.get(f"/<any({','.join(INTERFACE)}):lang>/")
def events(lang: str) -> bytes:
    """Show the list of events."""
    with speaking(lang):
        return event_list(lang, source().events())


@bp.get("/<event>/")
def event(event: str) -> AnyResponse:
    """Send readers on to the event in their language."""
    published = published_or_404(event)
    return _sent_on(url_for("pages.event", lang=_language(published), event=event))


@bp.get("/healthz")
def healthz() -> Response:
    """Tell whether the database answers."""
    if source().answers():
        return Response("ok\n", content_type="text/plain; charset=utf-8")
    return Response("the database does not answer\n", 503, content_type="text/plain")


@bp.get("/robots.txt")
def robots() -> Response:
    """Let robots read all that is public; calendar services obey this too."""
    told = f"{_ROBOTS}\nSitemap: {current_app.config['BASE_URL']}/sitemap.xml\n"
    return Response(told, content_type="text/plain; charset=utf-8")


def _language(published: Published | None) -> str:
    offered = published.event.languages if published else tuple(INTERFACE)
    return negotiate(request.headers.get("Accept-Language", ""), offered)


def _sent_on(address: str) -> AnyResponse:
    response = redirect(address, 302)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Language"
    return response
