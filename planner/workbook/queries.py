"""Reading what has to be known before a file is looked at."""

from sqlalchemy import select

from planner.events.models import Event
from planner.extensions import db


def time_zone_of(slug: str) -> str | None:
    """Return the time zone of an event, None when there is no such event."""
    return db.session.scalar(select(Event.time_zone).where(Event.slug == slug))
