"""The table of turns: who interprets a session from which language into which, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import Model

if TYPE_CHECKING:
    from planner.sessions.models import Session
    from planner.speakers.models import Speaker


class Turn(Model):
    """A stretch of a session in which somebody interprets, by the venue's wall clock."""

    __tablename__ = "interpreting_turn"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), index=True
    )
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), index=True
    )
    #: Between these two languages, in both directions; the first is the one that is promised.
    into: Mapped[str] = mapped_column(String(16))
    spoken: Mapped[str] = mapped_column(String(16))
    #: Minutes after the session's start, so that turns move with it.
    begins: Mapped[int]
    ends: Mapped[int]

    session: Mapped[Session] = relationship()
    speaker: Mapped[Speaker] = relationship()

    __table_args__ = (
        CheckConstraint("begins >= 0 AND ends > begins", name="order"),
        CheckConstraint('"into" <> spoken', name="pair"),
        {"sqlite_autoincrement": True},
    )
