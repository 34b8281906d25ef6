"""What is to be done next for an event: the first steps, and what is open later on."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from planner.accounts.access import Access, Permission
from planner.overview.queries import Contents
from planner.releases.review import Review
from planner.sessions.models import State
from planner.timetable.registry import Severity
from planner.timetable.standing import Standing


@dataclass(frozen=True)
class Step:
    """Something to do, and where; ``done`` is for first steps."""

    words: str
    href: str
    done: bool = False


def first_steps(access: Access, contents: Contents, *, is_public: bool) -> list[Step]:
    """Return the way from an empty event to its first release; none once it is public."""
    if is_public or not access.may(Permission.PLAN):
        return []
    event = access.event
    return [
        Step(
            gettext("Say what the event is: its call, its venue"),
            _address(access, "events.settings"),
            bool(event.call and event.venue_name),
        ),
        Step(gettext("Add the rooms"), _address(access, "events.rooms"), contents.rooms > 0),
        Step(gettext("Add the themes"), _address(access, "events.themes"), contents.themes > 0),
        Step(
            gettext("Enter the sessions, or bring them from a spreadsheet"),
            _address(access, "sessions.index"),
            contents.sessions > 0,
        ),
        Step(
            gettext("Place them on the board"),
            _address(access, "timetable.overview"),
            contents.placed > 0,
        ),
        Step(gettext("Publish a draft"), _address(access, "releases.index")),
    ]


def next_steps(
    access: Access, contents: Contents, standing: Standing, review: Review, to_translate: int
) -> list[Step]:
    """Return what is open, the most pressing first."""
    errors = standing.count(Severity.ERROR)
    proposed = contents.states.get(State.PROPOSED, 0)
    changed = len(review.differences) if review.previous else 0
    counted = [
        (
            errors,
            ngettext("Mend %(num)d error", "Mend %(num)d errors", errors),
            _address(access, "timetable.conflicts"),
        ),
        (
            contents.unplaced,
            ngettext("Place %(num)d session", "Place %(num)d sessions", contents.unplaced),
            _address(access, "timetable.overview"),
        ),
        (
            proposed,
            ngettext("Decide about %(num)d proposal", "Decide about %(num)d proposals", proposed),
            _address(access, "sessions.index", state=State.PROPOSED.value),
        ),
        (
            contents.requests,
            ngettext(
                "Answer %(num)d request of speakers",
                "Answer %(num)d requests of speakers",
                contents.requests,
            ),
            _address(access, "requests.index", outcome="open"),
        ),
        (
            contents.proposals,
            ngettext(
                "Decide about %(num)d proposal of texts",
                "Decide about %(num)d proposals of texts",
                contents.proposals,
            ),
            _address(access, "proposals.index"),
        ),
        (
            to_translate,
            ngettext("Translate %(num)d text", "Translate %(num)d texts", to_translate),
            _address(access, "translating.index"),
        ),
        (
            changed,
            ngettext(
                "Publish the changes of %(num)d session",
                "Publish the changes of %(num)d sessions",
                changed,
            ),
            _address(access, "releases.index"),
        ),
    ]
    return [Step(words, href) for count, words, href in counted if count]


def _address(access: Access, endpoint: str, **query: Any) -> str:
    return url_for(endpoint, event=access.event.slug, **query)
