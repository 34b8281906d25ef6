"""The address of a speaker's calendar, and the page on which they subscribe to it."""

import hashlib

import segno
from flask import Blueprint, Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from planner.i18n.interface import speaking
from planner.links.models import Opens
from planner.links.operations import DeadLinkError, known, opened
from planner.public.calendar_programs import instructions
from planner.public.programmes import EVENT_ADDRESS
from planner.slots.calendar import addresses_of, calendar_of
from planner.slots.calendar_operations import renew_calendar
from planner.slots.calendar_queries import made_at
from planner.slots.frame import bp, render_visit, visit

#: Read-only, and not among the public addresses: what is sent is for one reader.
calendar_bp = Blueprint("slots_calendar", __name__, url_prefix=EVENT_ADDRESS)


@calendar_bp.get("/calendar/slots/<token>.ics")
def feed(lang: str, event: str, token: str) -> Response:
    """Send the calendar of a speaker; a dead address answers as one that never was."""
    try:
        speaker = opened(token, Opens.CALENDAR)
    except DeadLinkError:
        abort(404)
    if speaker.event.slug != event:
        abort(404)
    with speaking(lang):
        found = calendar_of(speaker, lang, made_at(speaker))
    response = Response(found.body, content_type="text/calendar; charset=utf-8")
    response.set_etag(hashlib.sha256(found.body).hexdigest()[:32])
    response.last_modified = found.changed_at
    response.headers["Content-Disposition"] = f'inline; filename="{event}-slots.ics"'
    response.headers["Content-Language"] = lang
    response.make_conditional(request)
    return response


@calendar_bp.after_request
def _keep_private(response: Response) -> Response:
    """Let no cache but the reader's own keep a calendar, and nobody find it."""
    if response.status_code in {200, 304}:
        response.headers["Cache-Control"] = "private, max-age=60"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.route("/<token>/calendar", methods=["GET", "POST"])
def calendar(token: str) -> AnyResponse:
    """Show how to subscribe to one's slots, and make the address, or another one."""
    with visit(token) as visitor:
        if request.method == "POST":
            renew_calendar(visitor.speaker.id)
            return redirect(visitor.way("speak.calendar"), 303)
        own = known(visitor.speaker.id, Opens.CALENDAR)
        here = current_app.config["BASE_URL"] + visitor.way("speak.calendar")
        return render_visit(
            "speak/calendar.html",
            visitor,
            addresses=addresses_of(own, visitor.event.slug, visitor.lang) if own else None,
            code=segno.make_qr(here, error="m").svg_data_uri(scale=4, border=4, light="#fff"),
            programs=instructions(visitor.lang),
        )
