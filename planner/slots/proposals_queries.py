"""Reading what speakers propose."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from planner.entering.speakers.operations import NAMED_ELSEWHERE
from planner.extensions import db
from planner.sessions.models import Session, SessionSpeaker, State
from planner.slots.models import Outcome, Proposal
from planner.slots.texts_operations import open_proposal
from planner.speakers.models import Speaker

#: How many proposals that were decided a page shows.
DECIDED = 50


def open_of(speaker_id: int, session_id: int | None) -> Proposal | None:
    """Return what a speaker proposes for a session, or for themselves."""
    return open_proposal(db.session(), speaker_id, session_id)


def last_decided(speaker_id: int, session_id: int | None) -> Proposal | None:
    """Return what organizers decided last of what a speaker proposed."""
    return db.session.scalars(
        select(Proposal)
        .where(
            Proposal.speaker_id == speaker_id,
            Proposal.session_id == session_id,
            Proposal.outcome.in_((Outcome.ACCEPTED, Outcome.REFUSED)),
        )
        .order_by(Proposal.answered_at.desc(), Proposal.id.desc())
        .limit(1)
    ).first()


def sessions_of(speaker: Speaker) -> list[Session]:
    """Return the sessions in which a speaker has a part, but for those withdrawn."""
    found = db.session.scalars(
        select(Session)
        .where(
            Session.event_id == speaker.event_id,
            Session.state != State.WITHDRAWN,
            Session.people.any(SessionSpeaker.speaker_id == speaker.id),
        )
        .options(selectinload(Session.texts))
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.code)
    )
    return list(found)


def session_of(speaker: Speaker, code: str) -> Session | None:
    """Return a session in which a speaker has a part, unless it was withdrawn."""
    return db.session.scalar(
        select(Session)
        .where(
            Session.event_id == speaker.event_id,
            Session.code == code,
            Session.state != State.WITHDRAWN,
            Session.people.any(SessionSpeaker.speaker_id == speaker.id),
        )
        .options(selectinload(Session.texts), selectinload(Session.people))
        .execution_options(populate_existing=True)
    )


def proposals(event_id: int, *, is_open: bool) -> Sequence[Proposal]:
    """Return open proposals of an event, the oldest first, or the last ones that were decided."""
    query = select(Proposal).where(Proposal.event_id == event_id).options(*_AROUND)
    if is_open:
        query = query.where(Proposal.outcome == Outcome.OPEN).order_by(Proposal.id)
    else:
        decided = (Outcome.ACCEPTED, Outcome.REFUSED)
        query = (
            query.where(Proposal.outcome.in_(decided))
            .order_by(Proposal.answered_at.desc(), Proposal.id.desc())
            .limit(DECIDED)
        )
    return db.session.scalars(query).all()


def proposal_by(event_id: int, number: int) -> Proposal | None:
    """Return a proposal of an event with whom and what it is about."""
    return db.session.scalar(
        select(Proposal)
        .where(Proposal.event_id == event_id, Proposal.id == number)
        .options(*_AROUND)
        .execution_options(populate_existing=True)
    )


_AROUND = (
    joinedload(Proposal.speaker).selectinload(Speaker.texts),
    joinedload(Proposal.session).selectinload(Session.texts),
    joinedload(Proposal.answered_by),
)


def proposed_photos() -> set[str]:
    """Return the uploads that open proposals name, of all events."""
    waiting = db.session.scalars(
        select(Proposal.content).where(
            Proposal.outcome == Outcome.OPEN, Proposal.session_id.is_(None)
        )
    )
    return {name for content in waiting if (name := content.get("photo"))}


NAMED_ELSEWHERE.append(proposed_photos)
