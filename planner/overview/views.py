"""The first pages of the desk: the events of an organizer, and where one of them stands."""

from functools import partial
from typing import Any

from werkzeug.wrappers import Response

from planner.accounts.access import Access, authorise, memberships_of, signed_in
from planner.accounts.words import role_label
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.events.queries import owns_some
from planner.history.account import Words, ago
from planner.i18n.formats import date_range
from planner.i18n.labels import stage_label
from planner.journal.queries import entries
from planner.journal.words import who_did
from planner.lib.clock import now
from planner.overview.queries import contents_of, public_of
from planner.overview.steps import first_steps, next_steps
from planner.releases.page import review_of
from planner.sessions.labels import state_label
from planner.sessions.models import State
from planner.timetable.plan import plan_of
from planner.timetable.registry import Severity
from planner.timetable.standing import standing
from planner.translating.queries import progress

#: So much of the history is shown.
_LATEST = 8


def index() -> Response:
    """List the events in which an organizer has a part."""
    user = signed_in()
    memberships = memberships_of(user)
    return render_desk(
        "desk/index.html",
        memberships=memberships,
        public=public_of(membership.event_id for membership in memberships),
        may_create=owns_some(user.id),
        dates=partial(date_range, reader=spoken().code),
        role_label=role_label,
        stage_label=stage_label,
    )


def event(event: str) -> Response:
    """Show where an event stands."""
    access = authorise(event)
    return render_desk("desk/event.html", access, **_standing(access))


def _standing(access: Access) -> dict[str, Any]:
    contents = contents_of(access.event_id)
    review = review_of(access)
    stands = standing(plan_of(access.event_id))
    translated = progress(access.event_id, sees_names=access.sees_names)
    latest = entries(access.event_id)[:_LATEST]
    words = Words(access, latest)
    to_do = sum(counts.to_do for counts in translated.values())
    return {
        "contents": contents,
        "states": [(state_label(state), contents.states.get(state, 0)) for state in State],
        "review": review,
        "public": public_of([access.event_id]).get(access.event_id),
        "stands": {severity.word: stands.count(severity) for severity in Severity},
        "translated": translated,
        "latest": [(words.of(entry), who_did(entry), ago(entry.at, now())) for entry in latest],
        "first_steps": first_steps(access, contents, is_public=review.previous is not None),
        "next_steps": next_steps(access, contents, stands, review, to_do),
        "dates": partial(date_range, reader=spoken().code),
        "stage_label": stage_label,
    }
