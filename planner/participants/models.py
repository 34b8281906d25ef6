"""Tables of participants and of the principles that they were shown."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set

if TYPE_CHECKING:
    from planner.events.models import Event


class Standing(StrEnum):
    """How far a registration has come."""

    #: The address was not confirmed yet; no place is kept.
    UNCONFIRMED = "unconfirmed"
    REGISTERED = "registered"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Principles(Model):
    """A wording of an event's principles that somebody agreed to."""

    __tablename__ = "principles"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    #: SHA-256 of the texts as canonical JSON, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64))
    texts: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    since: Mapped[datetime] = mapped_column(AwareDateTime)

    __table_args__ = (
        UniqueConstraint("event_id", "digest"),
        {"sqlite_autoincrement": True},
    )


class Participant(Model):
    """Somebody who registered, with no more than organizers need to know."""

    __tablename__ = "participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    standing: Mapped[Standing] = mapped_column(closed_set(Standing, "standing"))
    #: A name, or what they want to be called.
    name: Mapped[str] = mapped_column(String(200))
    #: In small letters, as it is compared.
    email: Mapped[str] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    #: Languages that they follow sessions in.
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Languages into which they need interpretation.
    interpretation: Mapped[list[str]] = mapped_column(JSON, default=list)
    access_needs: Mapped[str] = mapped_column(Text, default="")
    #: The language in which they are written to.
    language: Mapped[str] = mapped_column(String(16))
    #: From this and the application's secret the token of the private link is made again.
    nonce: Mapped[str] = mapped_column(String(43))
    #: SHA-256 of the token, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    principles_id: Mapped[int] = mapped_column(ForeignKey("principles.id"))
    consented_at: Mapped[datetime] = mapped_column(AwareDateTime)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    #: The order in which addresses were confirmed, and of the waiting list.
    position: Mapped[int | None]
    version: Mapped[int] = mapped_column(Integer)

    event: Mapped[Event] = relationship()
    principles: Mapped[Principles] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "standing IN ('unconfirmed', 'cancelled') "
            "OR (confirmed_at IS NOT NULL AND position IS NOT NULL)",
            name="confirmed",
        ),
        UniqueConstraint("email", "event_id"),
        Index("ix_participant_event_id_standing", "event_id", "standing"),
        {"sqlite_autoincrement": True},
    )
