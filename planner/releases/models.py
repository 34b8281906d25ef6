"""The table of releases: each one published programme, as an immutable document."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    LargeBinary,
    String,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import Model, closed_set
from planner.events.models import Event
from planner.programme.vocabulary import Stage


class AwareDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, kept in UTC, also where the database knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse naive times and keep the others in UTC.

        :raises ValueError: when the time has no offset.
        """
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs an offset")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give the time back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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
