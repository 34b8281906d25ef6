"""Reading who registered, for organizers who may know names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from planner.events.models import Event
from planner.extensions import db
from planner.lib.clock import now
from planner.notices.models import Notice
from planner.participants.models import Participant, Standing
from planner.registration.moments import Stage, period_of


@dataclass(frozen=True)
class Line:
    """A registration as lists and files show it."""

    id: int
    standing: Standing
    name: str
    email: str
    organisation: str
    languages: list[str]
    interpretation: list[str]
    access_needs: str
    language: str
    created_at: datetime
    confirmed_at: datetime | None
    position: int | None


def lines(event_id: int) -> list[Line]:
    """Return all registrations of an event, in one statement.

    First those with a place, by when they confirmed, then those who wait, in their order.
    """
    columns = [getattr(Participant, name) for name in Line.__dataclass_fields__]
    rows = db.session.execute(select(*columns).where(Participant.event_id == event_id))
    order = [Standing.REGISTERED, Standing.WAITING, Standing.UNCONFIRMED, Standing.CANCELLED]
    return sorted(
        (Line(*row) for row in rows),
        key=lambda line: (order.index(line.standing), line.position or 0, line.id),
    )


def registration(event_id: int, number: int) -> Participant | None:
    """Return one registration with the principles that were agreed to, in one statement."""
    return db.session.scalar(
        select(Participant)
        .where(Participant.event_id == event_id, Participant.id == number)
        .options(joinedload(Participant.principles))
    )


def messages_to(participant_id: int) -> Sequence[Notice]:
    """Return the messages to somebody that are kept, the last first, in one statement."""
    return db.session.scalars(
        select(Notice).where(Notice.participant_id == participant_id).order_by(Notice.id.desc())
    ).all()


def registering() -> list[str]:
    """Return the events for which people can register now, or will, in one statement."""
    moment = now()
    return [
        event.slug
        for event in db.session.scalars(
            select(Event).where(Event.registration_opens.is_not(None)).order_by(Event.slug)
        )
        if (period := period_of(event)) and period.stage(moment) is not Stage.ENDED
    ]


def unsent(event_id: int) -> int:
    """Return how many messages to participants of an event wait to be sent, in one statement."""
    return db.session.scalars(
        select(func.count(Notice.id))
        .join(Participant, Participant.id == Notice.participant_id)
        .where(Participant.event_id == event_id, Notice.due_at.is_not(None))
    ).one()
