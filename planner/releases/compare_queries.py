"""Reading what two programmes are compared by."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort
from sqlalchemy import select

from planner.events.models import Event
from planner.extensions import db
from planner.programme.document import Programme, decode
from planner.programme.vocabulary import Stage
from planner.releases.models import Release
from planner.releases.queries import last_release, release_numbered, whole_plan
from planner.releases.review import review


@dataclass(frozen=True)
class Numbered:
    """A release as one chooses it."""

    number: int
    stage: Stage
    published_at: datetime


def releases_to_choose(event_id: int) -> list[Numbered]:
    """Return every release of an event, the newest first, in one statement."""
    found = db.session.execute(
        select(Release.number, Release.stage, Release.published_at)
        .where(Release.event_id == event_id)
        .order_by(Release.number.desc())
    )
    return [Numbered(number, stage, published_at) for number, stage, published_at in found]


def programme_numbered(event_id: int, number: int) -> Programme | None:
    """Return what a release of an event says, or None."""
    found = release_numbered(event_id, number)
    return decode(found.document) if found else None


def plan_of_event(slug: str) -> Event:
    """Return an event with everything in its plan.

    :raises werkzeug.exceptions.NotFound: when it was deleted meanwhile.
    """
    return whole_plan(slug) or abort(404)


def next_programme(plan: Event) -> Programme:
    """Return what a release made now would say."""
    last = last_release(plan.id)
    return review(plan, decode(last.document) if last else None).programme
