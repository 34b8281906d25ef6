"""Tables of what organizers ask of the timetable, and of conflicts that they accept."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.database import AwareDateTime, Model, closed_set


class Relation(StrEnum):
    """How one session must stand to another."""

    BEFORE = "before"
    APART = "apart"
    SAME_ROOM = "same_room"


class Constraint(Model):
    """What organizers ask of two sessions: one before the other, apart in time, in one room."""

    __tablename__ = "session_constraint"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    relation: Mapped[Relation] = mapped_column(closed_set(Relation, "relation"))
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), index=True
    )
    other_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)

    __table_args__ = (
        UniqueConstraint("relation", "session_id", "other_id"),
        CheckConstraint("session_id <> other_id", name="two_sessions"),
        {"sqlite_autoincrement": True},
    )


class Acknowledgement(Model):
    """A warning that somebody accepted, and why. It holds as long as the facts stay the same."""

    __tablename__ = "acknowledgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    #: What the conflict is: the rule and its parties.
    conflict: Mapped[str] = mapped_column(String(200))
    #: A digest of the facts on which the rule spoke.
    facts: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(AwareDateTime)

    __table_args__ = (
        UniqueConstraint("event_id", "conflict"),
        CheckConstraint("reason <> ''", name="reason"),
        {"sqlite_autoincrement": True},
    )


class Presence(Model):
    """Who looks at which day of the board, and when they were last seen there."""

    __tablename__ = "presence"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(Date)
    seen_at: Mapped[datetime] = mapped_column(AwareDateTime)
