"""The table of releases: each one published programme, as an immutable document."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set
from planner.events.models import Event
from planner.programme.vocabulary import Stage


class Release(Model):
    """One published programme. The one with the highest number is what the public reads."""

    __tablename__ = "release"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    stage: Mapped[Stage] = mapped_column(closed_set(Stage, "stage"))
    published_at: Mapped[datetime] = mapped_column(AwareDateTime)
    #: SHA-256 of the document, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64))
    #: The encoded programme.
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    event: Mapped[Event] = relationship(back_populates="releases")

    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )
