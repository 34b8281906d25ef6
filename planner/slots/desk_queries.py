"""Reading requests for the desk."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from planner.extensions import db
from planner.sessions.models import Session
from planner.slots.desk_forms import Filters
from planner.slots.models import Outcome, Request, Wish
from planner.speakers.models import Speaker


def requests_in(event_id: int, filters: Filters) -> list[Request]:
    """Return the requests that were asked for, those that wait first, then the newest first."""
    wanted = select(Request).where(Request.event_id == event_id)
    if filters.wish in set(Wish):
        wanted = wanted.where(Request.wish == Wish(filters.wish))
    if filters.outcome in set(Outcome):
        wanted = wanted.where(Request.outcome == Outcome(filters.outcome))
    if filters.session:
        wanted = wanted.where(Request.session.has(Session.code == filters.session))
    if filters.speaker:
        wanted = wanted.where(Request.speaker.has(Speaker.code == filters.speaker))
    return list(
        db.session.scalars(
            wanted.order_by(Request.outcome != Outcome.OPEN, Request.id.desc()).options(
                joinedload(Request.speaker).selectinload(Speaker.texts),
                joinedload(Request.session).selectinload(Session.texts),
                joinedload(Request.session).selectinload(Session.people),
                joinedload(Request.answered_by),
            )
        )
    )


def count_of(event_id: int) -> int:
    """Return how many requests an event has, whatever became of them."""
    return db.session.scalars(
        select(func.count()).select_from(Request).where(Request.event_id == event_id)
    ).one()
