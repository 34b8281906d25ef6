"""Two entries of one person become one: what was said through the link of one stays as well."""

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.entering.speakers.merging import TAKING_OVER
from planner.slots.models import Outcome, Proposal, Request, Seen
from planner.slots.texts import only, parts, together
from planner.slots.texts_operations import open_proposal
from planner.speakers.models import Speaker


def take_over(database: DatabaseSession, kept: Speaker, going: Speaker) -> None:
    """Give one speaker what another asked for, proposed and saw, within a transaction.

    The link of the one that goes ends with it.
    """
    for request in database.scalars(select(Request).where(Request.speaker_id == going.id)).all():
        request.speaker_id = kept.id
    for seen in database.scalars(select(Seen).where(Seen.speaker_id == going.id)).all():
        if database.get(Seen, (kept.id, seen.session_code)) is None:
            database.add(Seen(speaker_id=kept.id, session_code=seen.session_code, facts=seen.facts))
        database.delete(seen)
    for proposal in database.scalars(select(Proposal).where(Proposal.speaker_id == going.id)).all():
        own = open_proposal(database, kept.id, proposal.session_id)
        if own is not None and proposal.outcome is Outcome.OPEN:
            _add(own, proposal)
            database.delete(proposal)
        else:
            proposal.speaker_id = kept.id


def _add(own: Proposal, other: Proposal) -> None:
    """Add what another proposal is about, as far as this one says nothing of it."""
    known = set(parts(own.content))
    new = [part for part in parts(other.content) if part not in known]
    own.base = together(own.base, only(other.base, new))
    own.content = together(own.content, only(other.content, new))


TAKING_OVER.append(take_over)
