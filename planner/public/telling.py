"""The words in which pages and feeds tell of changes; see templates/components/changes.html."""

from datetime import datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext

from planner.i18n.formats import clock, plain_date, short_date, time_range
from planner.i18n.labels import N_, change_label, role_label, stage_label
from planner.programme.published import Published
from planner.public.history import Group, ReleaseHistory

_GROUPS = {
    Group.CANCELLED: N_("Cancelled"),
    Group.MOVED: N_("Moved"),
    Group.NEW: N_("New"),
    Group.RESTORED: N_("Back in the programme"),
    Group.OTHER: N_("Changed otherwise"),
}


def words_of_changes(published: Published, lang: str) -> dict[str, Any]:
    """Return what templates need to tell of changes, in the language spoken now."""
    event = published.event
    zone = ZoneInfo(event.time_zone)
    return {
        "reader": lang,
        "groups": list(Group),
        "group_label": group_label,
        "change_label": change_label,
        "role_label": role_label,
        "stage_label": stage_label,
        "several_days": event.first_day != event.last_day,
        "date": cache(partial(short_date, reader=lang)),
        "time_range": time_range,
        "there": partial(_at_the_venue, zone=zone, lang=lang),
        "hour_there": partial(_hour_at_the_venue, zone=zone),
    }


def group_label(group: Group) -> str:
    """Return the heading under which changed sessions stand."""
    return str(gettext(_GROUPS[group]))


def summary(told: ReleaseHistory) -> str:
    """Return in a line what a release changed: «Cancelled: 1 · Moved: 2»."""
    if told.is_first:
        return str(gettext("This is the first release: everything in it was new."))
    counts = [(group_label(group), len(told.of(group))) for group in Group if told.of(group)]
    if not counts:
        return str(gettext("No session changed."))
    return " · ".join(f"{label}: {count}" for label, count in counts)


def _at_the_venue(moment: datetime, *, zone: ZoneInfo, lang: str) -> str:
    """Return a moment as the calendar and the clock of the venue tell it."""
    there = moment.astimezone(zone)
    date = plain_date(there.date(), lang)
    return str(gettext("%(date)s, %(time)s", date=date, time=clock(there)))


def _hour_at_the_venue(moment: datetime, *, zone: ZoneInfo) -> str:
    return clock(moment.astimezone(zone))
