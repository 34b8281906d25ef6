"""Reading speakers for the desk's pages."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from planner.extensions import db
from planner.programme.vocabulary import Role
from planner.sessions.models import Answer, Session, SessionSpeaker, State
from planner.speakers.models import Speaker, SpeakerText, Visibility


@dataclass(frozen=True)
class Texts:
    """What a speaker is called in one language."""

    display_name: str
    pseudonym: str
    organisation: str


@dataclass(frozen=True)
class Part:
    """The part of a speaker in a session that was not withdrawn."""

    session_id: int
    role: Role
    answer: Answer


@dataclass
class Line:
    """What a list needs to know of a speaker; shown only as far as who asks may know."""

    id: int
    number: int
    code: str
    visibility: Visibility
    original_language: str | None
    email: str | None
    texts: dict[str, Texts] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)


def lines(event_id: int) -> list[Line]:
    """Return all speakers of an event for a list, in three statements."""
    found = {
        row.id: Line(*row)
        for row in db.session.execute(
            select(
                Speaker.id,
                Speaker.number,
                Speaker.code,
                Speaker.visibility,
                Speaker.original_language,
                Speaker.email,
            ).where(Speaker.event_id == event_id)
        )
    }
    for speaker_id, lang, *texts in db.session.execute(
        select(
            SpeakerText.speaker_id,
            SpeakerText.lang,
            SpeakerText.display_name,
            SpeakerText.pseudonym,
            SpeakerText.organisation,
        )
        .join(Speaker, Speaker.id == SpeakerText.speaker_id)
        .where(Speaker.event_id == event_id)
    ):
        found[speaker_id].texts[lang] = Texts(*texts)
    for row in db.session.execute(
        select(
            SessionSpeaker.speaker_id,
            SessionSpeaker.session_id,
            SessionSpeaker.role,
            SessionSpeaker.answer,
        )
        .join(Session, Session.id == SessionSpeaker.session_id)
        .where(Session.event_id == event_id, Session.state != State.WITHDRAWN)
    ):
        found[row.speaker_id].parts.append(Part(row.session_id, row.role, row.answer))
    return list(found.values())


def speaker_of(event_id: int, code: str) -> Speaker | None:
    """Return a speaker with their texts and free hours, in three statements."""
    return db.session.scalar(
        select(Speaker)
        .where(Speaker.event_id == event_id, Speaker.code == code)
        .options(selectinload(Speaker.texts), selectinload(Speaker.free))
        .execution_options(populate_existing=True)
    )


def parts_of(speaker_id: int) -> list[SessionSpeaker]:
    """Return the parts of a speaker in sessions by hour, with the sessions, in two statements."""
    found = db.session.scalars(
        select(SessionSpeaker)
        .where(SessionSpeaker.speaker_id == speaker_id)
        .options(
            joinedload(SessionSpeaker.session).joinedload(Session.room),
            joinedload(SessionSpeaker.session).selectinload(Session.texts),
        )
    )
    return sorted(found, key=lambda part: (_when(part.session), part.session.code))


def _when(session: Session) -> str:
    return session.starts_at.isoformat() if session.starts_at else "~"
