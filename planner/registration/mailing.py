"""Putting messages to participants into the outbox; nobody is flooded through a form.

Anybody can type anybody's address, so an address gets only so many messages a day, whoever asks
for them, and none of them holds anything that was typed.
"""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.lib.clock import now
from planner.notices.models import Notice, NoticeKind
from planner.participants.models import Participant

#: So many messages that anybody can ask for go to one address within a day.
MOST_A_DAY = 4
_DAY = timedelta(days=1)


def post(database: DatabaseSession, kind: NoticeKind, participant: Participant) -> None:
    """Put a message into the outbox, within a transaction; one that waits already is enough."""
    waiting = select(Notice.id).where(
        Notice.participant_id == participant.id, Notice.kind == kind, Notice.due_at.is_not(None)
    )
    if database.scalars(waiting).first() is None:
        moment = now()
        database.add(
            Notice(
                kind=kind,
                participant_id=participant.id,
                language=participant.language,
                created_at=moment,
                due_at=moment,
            )
        )
        database.flush()


def post_on_request(database: DatabaseSession, kind: NoticeKind, participant: Participant) -> None:
    """Do the same for a message that anybody can ask for, unless there were enough of them."""
    today = (
        select(func.count(Notice.id))
        .join(Participant, Participant.id == Notice.participant_id)
        .where(Participant.email == participant.email, Notice.created_at > now() - _DAY)
    )
    if database.scalars(today).one() < MOST_A_DAY:
        post(database, kind, participant)
