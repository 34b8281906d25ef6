"""What organizers do with turns: deal them out in one session, or take over a proposal."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.i18n.labels import N_
from planner.interpreting.models import Turn
from planner.interpreting.proposing import Stint
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, StaleError, check_version, recorded
from planner.programme.vocabulary import Role
from planner.sessions.models import Session, SessionSpeaker
from planner.speakers.models import Speaker

DEALT = words.action("session.turns", N_("Interpreters’ turns in “%(session)s” changed"))
PROPOSED = words.action("session.turns_proposed", N_("Proposed turns of interpreters taken over"))


@dataclass(frozen=True)
class Wanted:
    """A turn as it is to be; ``id`` is that of one that is there. Minutes after the start."""

    id: int | None
    spoken: str
    into: str
    begins: int
    ends: int
    speaker_id: int


def set_turns(
    event_id: int, user_id: int, code: str, wanted: Iterable[Wanted], *, version: int | None
) -> Entry | None:
    """Give a session these turns and no others; who interprets takes part in it from then on.

    :raises GoneError: when the session is gone, or somebody who was to interpret.
    :raises StaleError: when it is not of this version any more.
    """
    with recorded(event_id, user_id, DEALT) as record:
        session = _sessions(record.database, event_id, {code}).get(code)
        if session is None:
            raise GoneError(code)
        check_version(session, version)
        record.facts["session"] = _title(session)
        known = {
            turn.id: turn
            for turn in record.database.scalars(select(Turn).where(Turn.session_id == session.id))
        }
        told = list(wanted)
        _take_part(record.database, event_id, {session: {each.speaker_id for each in told}})
        for each in told:
            turn = known.pop(each.id, None) if each.id is not None else None
            if turn is None:
                turn = Turn(session_id=session.id)
                record.database.add(turn)
            turn.speaker_id, turn.spoken, turn.into = each.speaker_id, each.spoken, each.into
            turn.begins, turn.ends = each.begins, each.ends
        for turn in known.values():
            record.database.delete(turn)
    return record.entry


def fill(
    event_id: int, user_id: int, stints: Collection[Stint], *, versions: Mapping[str, int]
) -> Entry | None:
    """Add turns to several sessions; ``versions`` are those that the proposal was made from.

    :raises GoneError: when somebody who was to interpret is gone.
    :raises StaleError: when one of the sessions is gone, or of another version.
    """
    with recorded(event_id, user_id, PROPOSED) as record:
        found = _sessions(record.database, event_id, {stint.code for stint in stints})
        people: dict[Session, set[int]] = {}
        for stint in stints:
            session = found.get(stint.code)
            if session is None:
                raise StaleError(stint.code)
            check_version(session, versions.get(stint.code))
            people.setdefault(session, set()).add(stint.speaker_id)
        _take_part(record.database, event_id, people)
        for stint in stints:
            record.database.add(
                Turn(
                    session_id=found[stint.code].id,
                    speaker_id=stint.speaker_id,
                    spoken=stint.spoken,
                    into=stint.into,
                    begins=stint.begins,
                    ends=stint.ends,
                )
            )
    return record.entry


def _sessions(
    database: DatabaseSession, event_id: int, codes: Collection[str]
) -> dict[str, Session]:
    found = database.scalars(
        select(Session).where(Session.event_id == event_id, Session.code.in_(codes))
    )
    return {session.code: session for session in found}


def _take_part(
    database: DatabaseSession, event_id: int, wanted: Mapping[Session, Collection[int]]
) -> None:
    """Put who interprets a session among its people, where they are not there yet."""
    numbers = {number for each in wanted.values() for number in each}
    speakers = {
        speaker.id: speaker
        for speaker in database.scalars(
            select(Speaker).where(Speaker.event_id == event_id, Speaker.id.in_(numbers))
        )
    }
    if len(speakers) != len(numbers):
        raise GoneError("speaker")
    for session, each in wanted.items():
        present = {
            person.speaker_id for person in session.people if person.role is Role.INTERPRETER
        }
        last = max((person.position for person in session.people), default=-1)
        for number in sorted(set(each) - present):
            last += 1
            session.people.append(
                SessionSpeaker(speaker=speakers[number], role=Role.INTERPRETER, position=last)
            )


def _title(session: Session) -> dict[str, object]:
    titles = {lang: text.title for lang, text in session.texts.items()}
    return words.texts(titles, session.original_language)
