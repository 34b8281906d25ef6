"""Reading the plan that a schedule is imported into."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from planner.events.models import Event
from planner.extensions import db
from planner.sessions.models import Session
from planner.speakers.models import Speaker


def plan_to_update(slug: str) -> Event | None:
    """Return an event with everything that an import may change, in eight statements."""
    return db.session.scalar(
        select(Event)
        .where(Event.slug == slug)
        .options(
            selectinload(Event.themes),
            selectinload(Event.rooms),
            selectinload(Event.speakers).selectinload(Speaker.texts),
            selectinload(Event.sessions).selectinload(Session.texts),
            selectinload(Event.sessions).selectinload(Session.people),
        )
    )


def codes_in_use() -> set[str]:
    """Return the codes of all sessions and speakers of the installation, in two statements."""
    return {*db.session.scalars(select(Session.code)), *db.session.scalars(select(Speaker.code))}
