"""The tables of participants' agendas. They hold nothing about a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model


class Agenda(Model):
    """What somebody wants to go to. Its tokens are not kept, only what they are known by."""

    __tablename__ = "agenda"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: By its slug, because public code knows of events nothing but their programme.
    event: Mapped[str] = mapped_column(
        ForeignKey("event.slug", onupdate="CASCADE", ondelete="CASCADE"), index=True
    )
    #: SHA-256 of the token with which it is changed, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    #: SHA-256 of the token with which it is read only: by calendar programs and by friends.
    shared_digest: Mapped[str] = mapped_column(String(64), unique=True)
    #: The language of the pages on which it was changed last: how many need interpretation.
    language: Mapped[str] = mapped_column(String(16))
    #: When it was changed last: calendar programs ask for what is newer than what they have.
    touched_at: Mapped[datetime] = mapped_column(AwareDateTime)

    stars: Mapped[list[Star]] = relationship(
        back_populates="agenda", cascade="all, delete-orphan", order_by="Star.code"
    )

    __table_args__ = ({"sqlite_autoincrement": True},)


class Star(Model):
    """A session in an agenda, by its code: it may be gone from the programme."""

    __tablename__ = "agenda_star"

    agenda_id: Mapped[int] = mapped_column(
        ForeignKey("agenda.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(12), primary_key=True, index=True)
    #: The number of the release in which its reader saw the session last.
    seen: Mapped[int]

    agenda: Mapped[Agenda] = relationship(back_populates="stars")
