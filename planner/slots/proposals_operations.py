"""Deciding on what speakers propose: taking it into the plan, whole or in part, or refusing it."""

from collections.abc import Collection
from pathlib import Path

from sqlalchemy.orm import Session as DatabaseSession

from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, Record, StaleError, check_version, recorded
from planner.lib.clock import now
from planner.slots.models import Outcome, Proposal
from planner.slots.texts import only, parts, write
from planner.speakers.models import Speaker
from planner.speakers.photos import let_go

ACCEPTED = words.action("speaker.proposal_accepted", N_("Proposal of %(speaker)s accepted"))
REFUSED = words.action("speaker.proposal_refused", N_("Proposal of %(speaker)s refused"))


def key_of(name: str, lang: str) -> str:
    """Return what a form calls a field in a language."""
    return f"{name}.{lang}" if lang else name


def accept(
    event_id: int,
    user_id: int,
    number: int,
    taken: Collection[str],
    answer: str,
    *,
    version: int | None,
    folder: Path,
) -> Entry | None:
    """Take parts of a proposal into the plan, by their keys; the others are refused with it.

    :raises GoneError: when there is no such proposal.
    :raises StaleError: when it is decided already, or what it is about has changed since.
    """
    with recorded(event_id, user_id, ACCEPTED) as record:
        proposal = _open(record.database, event_id, number)
        thing = proposal.session or proposal.speaker
        check_version(thing, version)
        chosen = [part for part in parts(proposal.content) if key_of(*part) in taken]
        former = thing.photo if isinstance(thing, Speaker) and ("photo", "") in chosen else None
        write(thing, only(proposal.content, chosen))
        proposal.taken = [key_of(*part) for part in chosen]
        _decide(record, proposal, user_id, Outcome.ACCEPTED, answer)
    if former:
        let_go(folder, former, now())
    return record.entry


def refuse(event_id: int, user_id: int, number: int, answer: str) -> Entry | None:
    """Leave the plan as it is, and tell the speaker why.

    :raises GoneError: when there is no such proposal.
    :raises StaleError: when it is decided already.
    """
    with recorded(event_id, user_id, REFUSED) as record:
        proposal = _open(record.database, event_id, number)
        _decide(record, proposal, user_id, Outcome.REFUSED, answer)
    return record.entry


def _open(database: DatabaseSession, event_id: int, number: int) -> Proposal:
    proposal = database.get(Proposal, number)
    if proposal is None or proposal.event_id != event_id:
        raise GoneError(str(number))
    if proposal.outcome is not Outcome.OPEN:
        raise StaleError(Proposal.__name__)
    return proposal


def _decide(
    record: Record, proposal: Proposal, user_id: int, outcome: Outcome, answer: str
) -> None:
    proposal.outcome, proposal.answer = outcome, answer
    proposal.answered_by_id, proposal.answered_at = user_id, now()
    record.facts["speaker"] = words.speaker(proposal.speaker.number)
