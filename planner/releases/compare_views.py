"""The page on which two releases are compared, or one with what would be published now."""

from typing import Any

from flask import abort, request
from werkzeug.wrappers import Response

from planner.accounts.access import Access, authorise
from planner.desk.layout import render_desk
from planner.events.models import Event
from planner.i18n.labels import stage_label
from planner.programme.document import Programme
from planner.releases.compare import compare
from planner.releases.compare_page import PAGE, told_of
from planner.releases.compare_queries import (
    next_programme,
    plan_of_event,
    programme_numbered,
    releases_to_choose,
)
from planner.releases.page import there
from planner.releases.views import bp

#: What would be published now, among the numbers of releases.
_NEXT = "next"


@bp.get("/releases/compare", endpoint="compare")
def compare_two(event: str) -> Response:
    """Show in what two releases differ: ``from`` one number ``to`` another, or to ``next``."""
    access = authorise(event)
    plan = plan_of_event(event)
    releases = releases_to_choose(access.event_id)
    newest = str(releases[0].number) if releases else _NEXT
    before, after = request.args.get("from", newest), request.args.get("to", _NEXT)
    found = compare(_programme(plan, before), _programme(plan, after))
    start = PAGE * max(0, request.args.get("page", 1, type=int) - 1)
    return render_desk(
        "releases/compare.html",
        access,
        releases=releases,
        before=before,
        after=after,
        told=told_of(access, plan, found, start=start, stop=start + PAGE),
        **_around(access, start, len(found.sessions)),
    )


def _programme(plan: Event, asked: str) -> Programme:
    """Return the programme of a release, or what would be published now.

    :raises werkzeug.exceptions.NotFound: when the event has no such release.
    """
    if asked == _NEXT:
        return next_programme(plan)
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    return programme_numbered(plan.id, number) or abort(404)


def _around(access: Access, start: int, count: int) -> dict[str, Any]:
    """Return what the page needs around the differences."""
    return {
        "first": start + 1,
        "last": min(start + PAGE, count),
        "page": start // PAGE + 1,
        "has_more": start + PAGE < count,
        "there": there(access),
        "stage_label": stage_label,
    }
