"""Keeping what speakers answer by their calendar programs."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import Event
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import note_down, recorded
from planner.letters.models import Told
from planner.letters.replies import Reply
from planner.sessions.models import Answer, Session, SessionSpeaker
from planner.sessions.texts import title_fact
from planner.speakers.models import Speaker

_ANSWERED = {
    Answer.CONFIRMED: words.action(
        "speaker.accepted_by_mail", N_("%(speaker)s answered by mail: yes to “%(session)s”")
    ),
    Answer.DECLINED: words.action(
        "speaker.declined_by_mail", N_("%(speaker)s answered by mail: no to “%(session)s”")
    ),
    Answer.ASKED: words.action(
        "speaker.undecided_by_mail", N_("%(speaker)s answered by mail: perhaps to “%(session)s”")
    ),
}


class NobodyError(LookupError):
    """Nobody with this address was asked for such a session."""


class OutdatedError(ValueError):
    """The answer is to an invitation that another one has followed, or that was called off."""


class AmbiguousError(LookupError):
    """Several speakers of the session have the address, so one cannot tell whose answer it is."""


def receive(reply: Reply) -> bool:
    """Keep an answer; tell whether it is another than before.

    :raises NobodyError: when it is nobody's whom we asked.
    :raises AmbiguousError: when it may be that of several.
    :raises OutdatedError: when something else was told since.
    """
    event_id = _event_of(reply)
    with recorded(event_id, None, _ANSWERED[reply.answer]) as record:
        people = _people(record.database, reply)
        if not people:
            raise NobodyError
        if len({person.speaker_id for person in people}) > 1:
            raise AmbiguousError
        _check_revision(record.database, people[0].speaker_id, reply)
        speaker, session = people[0].speaker, people[0].session
        facts = {"speaker": words.speaker(speaker.number), "session": title_fact(session)}
        is_other = any(person.answer is not reply.answer for person in people)
        for person in people:
            if person.answer is not reply.answer:
                person.answer, person.answered_for = reply.answer, ""
        record.facts.update(facts)
        if not is_other and reply.answer is Answer.ASKED:
            # No row says that somebody may come, but organizers may read it.
            note_down(record.database, event_id, None, record.action, facts)
    return is_other


def _event_of(reply: Reply) -> int:
    event_id = db.session.scalar(
        select(Event.id)
        .join(Session, Session.event_id == Event.id)
        .where(Session.code == reply.code, func.lower(Event.uid_host) == reply.uid_host)
    )
    if event_id is None:
        raise NobodyError
    return event_id


def _people(database: DatabaseSession, reply: Reply) -> list[SessionSpeaker]:
    """Return in which roles somebody was asked for a session, in one statement."""
    return list(
        database.scalars(
            select(SessionSpeaker)
            .join(Session, Session.id == SessionSpeaker.session_id)
            .join(Speaker, Speaker.id == SessionSpeaker.speaker_id)
            .where(Session.code == reply.code, func.lower(Speaker.email) == reply.email)
            .order_by(SessionSpeaker.speaker_id, SessionSpeaker.position)
        )
    )


def _check_revision(database: DatabaseSession, speaker_id: int, reply: Reply) -> None:
    told = database.get(Told, (speaker_id, reply.code))
    if told is not None and (told.is_cancelled or reply.sequence < told.sequence):
        raise OutdatedError
