"""Reading a session for the desk. Lists are made from the plan; see planner.timetable.plan."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from planner.extensions import db
from planner.sessions.models import Session, SessionSpeaker
from planner.speakers.models import Speaker


def session_of(event_id: int, code: str) -> Session | None:
    """Return a session with its texts and people, in four statements."""
    return db.session.scalar(
        select(Session)
        .where(Session.event_id == event_id, Session.code == code)
        .options(
            joinedload(Session.theme),
            joinedload(Session.room),
            selectinload(Session.texts),
            selectinload(Session.people)
            .joinedload(SessionSpeaker.speaker)
            .selectinload(Speaker.texts),
        )
        .execution_options(populate_existing=True)
    )
