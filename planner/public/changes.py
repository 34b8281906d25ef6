"""The page of what changed from release to release."""

from datetime import datetime
from functools import cache, partial
from zoneinfo import ZoneInfo

from flask import Blueprint, Response
from flask_babel import gettext

from planner.i18n.formats import clock, plain_date, short_date, time_range
from planner.i18n.interface import speaking
from planner.i18n.labels import N_, change_label, role_label, stage_label
from planner.programme.published import Published
from planner.public.delivery import HTML, deliver
from planner.public.history import Group, history
from planner.public.layout import render_page
from planner.public.programmes import EVENT_ADDRESS, published_or_404, source

bp = Blueprint("changes", __name__)

_GROUPS = {
    Group.CANCELLED: N_("Cancelled"),
    Group.MOVED: N_("Moved"),
    Group.NEW: N_("New"),
    Group.RESTORED: N_("Back in the programme"),
    Group.OTHER: N_("Changed otherwise"),
}


@bp.get(f"{EVENT_ADDRESS}/changes")
def changes(lang: str, event: str) -> Response:
    """Show every release, the newest first, and what it changed."""
    published = published_or_404(event)
    return deliver(published, partial(_page, published, lang), content_type=HTML)


def _page(published: Published, lang: str) -> bytes:
    event = published.event
    releases = history(source().history(event.slug), lang)
    with speaking(lang):
        return render_page(
            "public/changes.html",
            lang,
            published,
            releases=releases,
            groups=list(Group),
            several_days=event.first_day != event.last_day,
            date=cache(partial(short_date, reader=lang)),
            time_range=time_range,
            there=partial(_at_the_venue, zone=ZoneInfo(event.time_zone), lang=lang),
            group_label=_group_label,
            change_label=change_label,
            role_label=role_label,
            stage_label=stage_label,
        )


def _group_label(group: Group) -> str:
    return str(gettext(_GROUPS[group]))


def _at_the_venue(moment: datetime, *, zone: ZoneInfo, lang: str) -> str:
    """Return a moment as the calendar and the clock of the venue tell it."""
    there = moment.astimezone(zone)
    date = plain_date(there.date(), lang)
    return str(gettext("%(date)s, %(time)s", date=date, time=clock(there)))
