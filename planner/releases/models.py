"""Tables of releases: published programmes as documents, and those that wait for their hour."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set
from planner.events.models import Event
from planner.programme.vocabulary import Stage

if TYPE_CHECKING:
    from planner.accounts.models import User


class Origin(StrEnum):
    """Where the content of a release came from."""

    PLAN = "plan"
    #: One session of the release before, put right on the day.
    CORRECTION = "correction"
    #: An earlier release, made current again.
    TAKEN_BACK = "taken_back"
    #: The release before, without a name or a session that had to go.
    REMOVAL = "removal"


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
    origin: Mapped[Origin] = mapped_column(
        closed_set(Origin, "origin"), default=Origin.PLAN, server_default=Origin.PLAN.value
    )
    #: The number of the earlier release whose content it has.
    of_number: Mapped[int | None]
    #: Requirements that it did not meet, each ``{"requirement": key, "reason": text}``.
    overridden: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    #: The encoded programme.
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    event: Mapped[Event] = relationship(back_populates="releases")

    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )


class Appointment(StrEnum):
    """What became of a release that was prepared for a certain hour."""

    WAITING = "waiting"
    PUBLISHED = "published"
    #: Something had happened by then, so that it could not be published as it was reviewed.
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class ScheduledRelease(Model):
    """A release that was prepared, reviewed and put off to a certain hour."""

    __tablename__ = "scheduled_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    publish_at: Mapped[datetime] = mapped_column(AwareDateTime)
    stage: Mapped[Stage] = mapped_column(closed_set(Stage, "stage"))
    note: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: Whether it publishes what the plan says at that hour, and not what was reviewed.
    is_latest: Mapped[bool] = mapped_column(default=False)
    #: The encoded programme as it was reviewed, as long as it waits.
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    #: The number of the release that was public when it was reviewed, 0 for none.
    after_number: Mapped[int]
    overridden: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    state: Mapped[Appointment] = mapped_column(
        closed_set(Appointment, "appointment"), default=Appointment.WAITING
    )
    #: Why it was missed, as the key of its words, with what they need.
    missed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    #: The release that it became.
    release_number: Mapped[int | None]

    event: Mapped[Event] = relationship()
    user: Mapped[User | None] = relationship()

    __table_args__ = ({"sqlite_autoincrement": True},)
