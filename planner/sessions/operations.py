"""Making and changing sessions. Callers hold a write transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from planner.events.models import Event, Room, TextState
from planner.events.operations import unused_code
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Session, SessionSpeaker, SessionText, State
from planner.speakers.models import Speaker


def add_session(
    event: Event,
    *,
    kind: Kind,
    minutes: int,
    original_language: str,
    code: str | None = None,
    guid: str | None = None,
    state: State = State.PROPOSED,
    **fields: Any,
) -> Session:
    """Add a session; ``fields`` are other columns of :class:`planner.sessions.models.Session`."""
    session = Session(
        code=code or unused_code(event, Session.code),
        guid=guid or str(uuid4()),
        kind=kind,
        minutes=minutes,
        original_language=original_language,
        state=state,
        **fields,
    )
    event.sessions.append(session)
    return session


def set_text(
    session: Session, lang: str, *, title: str, abstract: str = "", state: TextState
) -> SessionText:
    """Give a session its text in one language."""
    text = session.texts.get(lang)
    if text is None:
        text = session.texts[lang] = SessionText(lang=lang)
    text.title, text.abstract, text.state = title, abstract, state
    return text


def place(session: Session, *, starts_at: datetime, room: Room | None) -> None:
    """Give a session its start (wall clock) and room.

    :raises ValueError: when it has no room and is not held across all rooms.
    """
    if room is None and not session.across_rooms:
        raise ValueError(f"session {session.code} needs a room")
    session.starts_at, session.room = starts_at, room


def unplace(session: Session) -> None:
    """Take a session out of its room and hour."""
    session.starts_at, session.room = None, None


def set_people(session: Session, people: Iterable[tuple[Speaker, Role]]) -> None:
    """Give a session its people, in this order; who stays keeps the answer given before."""
    kept = {(person.speaker, person.role): person for person in session.people}
    wanted: dict[tuple[Speaker, Role], SessionSpeaker] = {}
    for speaker, role in people:
        if (speaker, role) not in wanted:
            wanted[speaker, role] = kept.get((speaker, role)) or SessionSpeaker(
                speaker=speaker, role=role
            )
    for position, person in enumerate(wanted.values()):
        person.position = position
    if list(wanted.values()) != list(session.people):
        session.people = list(wanted.values())
