"""Tables of what speakers have seen, of what they ask for, and of what they propose."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set

if TYPE_CHECKING:
    from planner.accounts.models import User
    from planner.sessions.models import Session
    from planner.speakers.models import Speaker


class Seen(Model):
    """How a session stood when a speaker last said that they had seen it."""

    __tablename__ = "speaker_seen"

    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), primary_key=True
    )
    session_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class Wish(StrEnum):
    """What a speaker asks to have otherwise."""

    HOUR = "hour"
    LENGTH = "length"
    EQUIPMENT = "equipment"
    INTERPRETATION = "interpretation"
    CO_SPEAKER = "co_speaker"
    #: A conflict that the page told of, or anything else.
    OTHER = "other"
    #: To be erased, with everything that is stored.
    ERASURE = "erasure"


class Outcome(StrEnum):
    """What organizers said to a request or a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    #: Taken back by the speaker.
    WITHDRAWN = "withdrawn"


class Request(Model):
    """What a speaker asked for, and what organizers answered."""

    __tablename__ = "speaker_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), index=True
    )
    #: None for what is about no session of theirs.
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), index=True
    )
    wish: Mapped[Wish] = mapped_column(closed_set(Wish, "wish"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    outcome: Mapped[Outcome] = mapped_column(closed_set(Outcome, "outcome"), default=Outcome.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

    speaker: Mapped[Speaker] = relationship()
    session: Mapped[Session | None] = relationship()
    answered_by: Mapped[User | None] = relationship()

    __table_args__ = (
        Index("ix_speaker_request_event_id_outcome", "event_id", "outcome"),
        {"sqlite_autoincrement": True},
    )


def _one_open(name: str, *columns: str, where: str = "") -> Index:
    is_open = text(" AND ".join(filter(None, ["outcome = 'open'", where])))
    return Index(name, *columns, unique=True, sqlite_where=is_open, postgresql_where=is_open)


class Proposal(Model):
    """Texts that a speaker would like to have instead of those that are there."""

    __tablename__ = "speaker_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), index=True
    )
    #: The session whose title and abstract it is about; none for their own texts.
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), index=True
    )
    #: By field and language, as it was when it was proposed, and as it should be:
    #: ``{"biography": {"ar": "…"}}``; lists and single values stand without a language.
    base: Mapped[dict[str, Any]] = mapped_column(JSON)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    outcome: Mapped[Outcome] = mapped_column(
        closed_set(Outcome, "proposal_outcome"), default=Outcome.OPEN
    )
    #: The fields, and languages, that were accepted: ``biography.ar``.
    taken: Mapped[list[str]] = mapped_column(JSON, default=list)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

    speaker: Mapped[Speaker] = relationship()
    session: Mapped[Session | None] = relationship()
    answered_by: Mapped[User | None] = relationship()

    __table_args__ = (
        Index("ix_speaker_proposal_event_id_outcome", "event_id", "outcome"),
        # One of each is open; undoing opens no second one either.
        _one_open("uq_speaker_proposal_own", "speaker_id", where="session_id IS NULL"),
        _one_open("uq_speaker_proposal_session", "speaker_id", "session_id"),
        {"sqlite_autoincrement": True},
    )
