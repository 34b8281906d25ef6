"""Tables of sessions, their texts, and the part that speakers take in them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    event,
    false,
    text,
)
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from planner.database import Model, closed_set
from planner.events.models import Event, Room, TextState, Theme
from planner.programme.vocabulary import Kind, Role

if TYPE_CHECKING:
    from planner.speakers.models import Speaker


class State(StrEnum):
    """How far a session has come, in the organizers' eyes."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


#: From each state, the states that may follow.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.ACCEPTED, State.CONFIRMED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.PROPOSED, State.CONFIRMED, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.ACCEPTED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.PROPOSED, State.ACCEPTED, State.CONFIRMED}),
}
#: Sessions in these states are public as soon as they are placed and a release is published.
PUBLIC_STATES = frozenset({State.ACCEPTED, State.CONFIRMED})


class Answer(StrEnum):
    """What a speaker said to being asked for a session."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class TransitionError(ValueError):
    """A session cannot go from its state to the one asked for."""


class Session(Model):
    """One item of the programme."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    #: Known to the public, and part of its UID in calendars: unique in the installation.
    code: Mapped[str] = mapped_column(String(12), unique=True)
    #: A UUID, for formats that want one.
    guid: Mapped[str] = mapped_column(String(36))
    #: What it is called in the file that it was imported from.
    source_key: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[Kind] = mapped_column(closed_set(Kind, "kind"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    minutes: Mapped[int]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="RESTRICT"))
    #: The venue's wall clock, without an offset.
    starts_at: Mapped[datetime | None] = mapped_column(DateTime)
    #: Held for everybody: nothing else happens in any room.
    across_rooms: Mapped[bool] = mapped_column(default=False)
    spoken_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    interpreted_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    original_language: Mapped[str] = mapped_column(String(16))
    #: How many people are expected.
    audience: Mapped[int | None]
    state: Mapped[State] = mapped_column(
        closed_set(State, "state"),
        default=State.PROPOSED,
        active_history=True,  # transitions are checked against the state that is replaced
    )
    online_url: Mapped[str | None] = mapped_column(String(2000))
    #: Nothing automatic moves it.
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Somebody who takes part needs a room without steps.
    needs_step_free: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: For organizers only.
    remark: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    #: What organizers tell the speakers, and what stands ready for them; not for the public.
    speakers_note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    equipment: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    version: Mapped[int] = mapped_column()

    event: Mapped[Event] = relationship(back_populates="sessions")
    theme: Mapped[Theme | None] = relationship()
    room: Mapped[Room | None] = relationship()
    texts: Mapped[dict[str, SessionText]] = relationship(
        collection_class=attribute_keyed_dict("lang"), cascade="all, delete-orphan"
    )
    people: Mapped[list[SessionSpeaker]] = relationship(
        back_populates="session",
        order_by="SessionSpeaker.position",
        cascade="all, delete-orphan",
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("event_id", "guid"),
        UniqueConstraint("event_id", "source_key"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("audience >= 0", name="audience"),
        # Placed means a room and a start; what is held across all rooms needs no room.
        CheckConstraint(
            "(starts_at IS NULL AND room_id IS NULL) "
            "OR (starts_at IS NOT NULL AND (room_id IS NOT NULL OR across_rooms))",
            name="placement",
        ),
        {"sqlite_autoincrement": True},
    )


@event.listens_for(Session.state, "set", retval=False)
def _refuse_forbidden_transition(
    session: Session, value: State, previous: object, _initiator: object
) -> None:
    """Hold every writer to the table of transitions."""
    if isinstance(previous, State) and value != previous and value not in TRANSITIONS[previous]:
        raise TransitionError(f"session {session.code}: {previous} cannot become {value}")


class SessionText(Model):
    """What a session is called and is about, in one language."""

    __tablename__ = "session_text"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=True
    )
    lang: Mapped[str] = mapped_column(String(16), primary_key=True)
    title: Mapped[str] = mapped_column(Text, default="")
    #: CommonMark.
    abstract: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[TextState] = mapped_column(
        closed_set(TextState, "text_state"),
        default=TextState.DRAFT,
    )
    #: What names the original that this was translated from; another one has changed since.
    source_digest: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("title <> '' OR state = 'missing'", name="title"),)


class SessionSpeaker(Model):
    """The role of one speaker on one session, and what they answered."""

    __tablename__ = "session_speaker"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=True
    )
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Role] = mapped_column(
        closed_set(Role, "role"),
        primary_key=True,
    )
    position: Mapped[int] = mapped_column(default=0)
    answer: Mapped[Answer] = mapped_column(
        closed_set(Answer, "answer"),
        default=Answer.ASKED,
    )
    #: For which hour and room a yes was said, as :func:`planner.sessions.answers.place_told`
    #: writes them; empty where nobody knows.
    answered_for: Mapped[str] = mapped_column(String(120), default="", server_default=text("''"))

    session: Mapped[Session] = relationship(back_populates="people")
    speaker: Mapped[Speaker] = relationship()
