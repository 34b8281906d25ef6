"""Reading what an import must not collide with."""

from sqlalchemy import select

from planner.extensions import db
from planner.sessions.models import Session
from planner.speakers.models import Speaker


def codes_in_use() -> set[str]:
    """Return the codes of all sessions and speakers of the installation, in two statements."""
    return {*db.session.scalars(select(Session.code)), *db.session.scalars(select(Speaker.code))}
