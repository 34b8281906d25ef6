"""The table of outgoing mail: what to say to whom. It holds no text and no token."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set

if TYPE_CHECKING:
    from planner.accounts.models import Invitation, User


class NoticeKind(StrEnum):
    """What a message says."""

    INVITATION = "invitation"
    RESET = "reset"
    #: That the password was changed.
    PASSWORD = "password"  # noqa: S105 -- the name of a kind
    #: That the second factor was taken off.
    SECOND_FACTOR = "second_factor"


class Notice(Model):
    """A message to somebody. Its text, and the link in it, are made when it is sent."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(closed_set(NoticeKind, "kind"))
    #: To an account, or to the address of an invitation.
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    #: The language in which it is written.
    language: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    #: From when on it is to be tried (again); none once it was sent or given up.
    due_at: Mapped[datetime | None] = mapped_column(AwareDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    #: Why it was not sent the last time.
    last_error: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

    user: Mapped[User | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()

    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (invitation_id IS NULL)", name="recipient"),
        CheckConstraint("(kind = 'invitation') = (invitation_id IS NOT NULL)", name="subject"),
        CheckConstraint("sent_at IS NULL OR due_at IS NULL", name="sent"),
        {"sqlite_autoincrement": True},
    )
