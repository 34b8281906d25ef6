"""Keeping what speakers write: into the plan at once, or as a proposal to the organizers.

One proposal of a speaker is open for each thing that it is about; a new one takes its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import GoneError, Record, StaleError, check_version, recorded
from planner.lib.clock import now
from planner.links.operations import used
from planner.sessions.models import Session
from planner.sessions.texts import title_fact
from planner.slots.free_operations import speaker_by
from planner.slots.models import Outcome, Proposal
from planner.slots.texts import (
    Values,
    differences,
    is_author,
    joined,
    takes_part,
    values_of,
    write,
)
from planner.speakers.models import Speaker
from planner.speakers.photos import let_go

WRITTEN = words.action("speaker.wrote", N_("Written by %(speaker)s: their own texts"))
PROPOSED = words.action("speaker.proposed", N_("Proposed by %(speaker)s: their own texts"))
SESSION_WRITTEN = words.action(
    "session.speaker_wrote", N_("Written by %(speaker)s: texts of “%(session)s”")
)
SESSION_PROPOSED = words.action(
    "session.speaker_proposed", N_("Proposed by %(speaker)s: texts of “%(session)s”")
)
WITHDRAWN = words.action("speaker.took_back", N_("Taken back by %(speaker)s: a proposal"))
UNPICTURED = words.action("speaker.own_photo_removed", N_("Taken out by %(speaker)s: their photo"))


class Kept(StrEnum):
    """What became of what somebody wrote."""

    #: It is in the plan.
    TAKEN = "taken"
    PROPOSED = "proposed"
    #: It is as the plan has it already.
    SAME = "same"


@dataclass(frozen=True)
class Read:
    """What somebody read before they wrote: of which version, and which proposal of theirs."""

    version: int
    proposal: int | None


def say_texts(event_id: int, speaker_id: int, wanted: Mapping[str, Any], read: Read) -> Kept:
    """Keep what a speaker writes of themselves.

    :raises GoneError: when they are gone.
    :raises StaleError: when they, or what was proposed, are not what was read any more.
    """
    with recorded(event_id, None, WRITTEN) as record:
        speaker = speaker_by(record.database, event_id, speaker_id)
        check_version(speaker, read.version)
        kept = _keep(record, speaker, speaker, wanted, read)
    used(speaker_id)
    return kept


def say_session_texts(
    event_id: int,
    speaker_id: int,
    code: str,
    wanted: Mapping[str, Any],
    read: Read,
) -> Kept:
    """Keep what a speaker writes of a session in which they take part.

    :raises GoneError: when it is gone, or they take part no more.
    :raises StaleError: when it, or what was proposed, is not what was read any more.
    """
    with recorded(event_id, None, SESSION_WRITTEN) as record:
        speaker = speaker_by(record.database, event_id, speaker_id)
        session = record.database.scalar(
            select(Session).where(Session.event_id == event_id, Session.code == code)
        )
        if session is None or not takes_part(session, speaker_id):
            raise GoneError(code)
        check_version(session, read.version)
        kept = _keep(record, speaker, session, wanted, read)
        record.facts["session"] = title_fact(session)
    used(speaker_id)
    return kept


def say_photo(event_id: int, speaker_id: int, photo: str, folder: Path) -> Kept:
    """Give a speaker a photo of theirs among the uploads, or propose it.

    :raises GoneError: when they are gone.
    """
    with recorded(event_id, None, WRITTEN) as record:
        speaker = speaker_by(record.database, event_id, speaker_id)
        former = speaker.photo
        kept = _keep(record, speaker, speaker, {"photo": photo})
    if kept is Kept.TAKEN and former:
        let_go(folder, former, now())
    used(speaker_id)
    return kept


def remove_photo(event_id: int, speaker_id: int, folder: Path) -> None:
    """Take a photo out of the plan at once, and out of what its speaker proposes.

    :raises GoneError: when they are gone.
    """
    with recorded(event_id, None, UNPICTURED) as record:
        speaker = speaker_by(record.database, event_id, speaker_id)
        former, speaker.photo = speaker.photo, None
        proposal = open_proposal(record.database, speaker_id, None)
        if proposal is not None:
            wanted = joined(values_of(speaker), {**proposal.content, "photo": None})
            _replace(record, speaker, speaker, proposal, wanted)
        record.facts["speaker"] = words.speaker(speaker.number)
    if former:
        let_go(folder, former, now())
    used(speaker_id)


def take_back(event_id: int, speaker_id: int, number: int) -> None:
    """Forget an open proposal of a speaker; where it is not open any more, nothing happens."""
    with recorded(event_id, None, WITHDRAWN) as record:
        speaker = speaker_by(record.database, event_id, speaker_id)
        proposal = record.database.get(Proposal, number)
        if (
            proposal is not None
            and proposal.speaker_id == speaker_id
            and proposal.outcome is Outcome.OPEN
        ):
            record.database.delete(proposal)
        record.facts["speaker"] = words.speaker(speaker.number)
    used(speaker_id)


def open_proposal(
    database: DatabaseSession, speaker_id: int, session_id: int | None
) -> Proposal | None:
    """Return what a speaker proposes for a session, or for themselves."""
    return database.scalars(
        select(Proposal)
        .where(
            Proposal.speaker_id == speaker_id,
            Proposal.session_id == session_id,
            Proposal.outcome == Outcome.OPEN,
        )
        .order_by(Proposal.id.desc())
    ).first()


def _keep(
    record: Record,
    speaker: Speaker,
    thing: Speaker | Session,
    told: Mapping[str, Any],
    read: Read | None = None,
) -> Kept:
    """Keep some values of a thing; those that are not told are what was proposed before."""
    session_id = thing.id if isinstance(thing, Session) else None
    former = open_proposal(record.database, speaker.id, session_id)
    if read is not None and (former.id if former else None) != read.proposal:
        raise StaleError(Proposal.__name__)
    record.facts["speaker"] = words.speaker(speaker.number)
    wanted = {**joined(values_of(thing), former.content if former else {}), **told}
    is_author_of = isinstance(thing, Speaker) or is_author(thing, speaker.id)
    if speaker.event.takes_texts and is_author_of:
        _, content = differences(values_of(thing), wanted)
        write(thing, content)
        if former is not None:
            record.database.delete(former)
        return Kept.TAKEN if content else Kept.SAME
    return _replace(record, speaker, thing, former, wanted)


def _replace(
    record: Record,
    speaker: Speaker,
    thing: Speaker | Session,
    former: Proposal | None,
    wanted: Values,
) -> Kept:
    """Propose values in place of what was proposed before."""
    base, content = differences(values_of(thing), wanted)
    if former is not None and former.content == content and former.base == base:
        return Kept.PROPOSED
    if former is not None:
        record.database.delete(former)
        record.database.flush()  # only one may be open
    if record.action != UNPICTURED:
        record.action = SESSION_PROPOSED if isinstance(thing, Session) else PROPOSED
    if not content:
        if former is not None and record.action != UNPICTURED:
            record.action = WITHDRAWN
        return Kept.SAME
    record.database.add(
        Proposal(
            event_id=speaker.event_id,
            speaker=speaker,
            session=thing if isinstance(thing, Session) else None,
            base=base,
            content=content,
            created_at=now(),
        )
    )
    return Kept.PROPOSED
