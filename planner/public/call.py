"""The page of the call for participation: its text, the principles, and when one can register."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response
from flask_babel import gettext
from markupsafe import Markup

from planner.i18n.formats import clock, plain_date
from planner.i18n.interface import speaking
from planner.lib.markup import html_of
from planner.programme.document import EventInfo
from planner.programme.published import Published
from planner.public.delivery import HTML, deliver
from planner.public.layout import reader, render_page, zone_told
from planner.public.programmes import EVENT_ADDRESS, published_or_404

bp = Blueprint("call", __name__, url_prefix=EVENT_ADDRESS)


@bp.get("/call")
def call(lang: str, event: str) -> Response:
    """Show the call for participation."""
    published = published_or_404(event)

    def make() -> bytes:
        with speaking(lang):
            return call_page(published, lang)

    return deliver(published, make, content_type=HTML)


def call_page(published: Published, lang: str) -> bytes:
    """Return the page of the call."""
    event, local = published.event, reader(lang, published)
    opens, closes = event.registration_opens, event.registration_closes
    text = local(event.call)
    return render_page(
        "public/call.html",
        lang,
        published,
        text=text,
        call=html_of(text.value),
        principles=[local(principle) for principle in event.principles],
        opens=moment_told(event, opens, lang) if opens else None,
        closes=moment_told(event, closes, lang) if closes else None,
        can_register=bool(opens),
    )


def moment_told(event: EventInfo, moment: datetime, lang: str) -> Markup:
    """Return a moment on the venue's clock as HTML, with its hour and the time zone."""
    there = moment.replace(tzinfo=ZoneInfo(event.time_zone))
    return Markup('<time datetime="{}">{}</time> ({})').format(
        there.isoformat(timespec="minutes"),
        gettext("%(date)s, %(time)s", date=plain_date(moment.date(), lang), time=clock(moment)),
        zone_told(event.time_zone, moment),
    )
