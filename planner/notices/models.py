"""The table of outgoing mail: what to say to whom. It holds no token.

Text it holds of letters to speakers only, because organizers read and change those before.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set

if TYPE_CHECKING:
    from planner.accounts.models import Invitation, User
    from planner.participants.models import Participant
    from planner.releases.models import Release
    from planner.speakers.models import Speaker


class NoticeKind(StrEnum):
    """What a message says."""

    INVITATION = "invitation"
    RESET = "reset"
    #: That the password was changed.
    PASSWORD = "password"  # noqa: S105 -- the name of a kind
    #: That the second factor was taken off.
    SECOND_FACTOR = "second_factor"
    #: What a release changed for a speaker.
    SCHEDULE = "schedule"
    #: A speaker's private link, which they asked for once more.
    LINK = "link"
    #: That a speaker has not answered yet.
    REMINDER = "reminder"
    #: Asks whoever registered whether the address is theirs.
    CONFIRMING = "confirming"
    #: The private link of somebody who registered.
    REGISTRATION = "registration"
    #: That somebody who waited has a place now.
    MOVED_UP = "moved_up"
    #: That organizers cancelled somebody's registration.
    CALLED_OFF = "called_off"


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
    #: Of letters to speakers: to whom, and the release that they are about.
    speaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), index=True
    )
    release_id: Mapped[int | None] = mapped_column(
        ForeignKey("release.id", ondelete="CASCADE"), index=True
    )
    #: To somebody who registered.
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    subject: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    #: The invitations that go with it, each with what is kept of it once it was sent.
    invitations: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    #: Whether somebody keeps it back.
    is_held: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The language in which it is written.
    language: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    #: From when on it is to be tried (again); none once it was sent or given up.
    due_at: Mapped[datetime | None] = mapped_column(AwareDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    #: When a sender took it the last time.
    claimed_at: Mapped[datetime | None] = mapped_column(AwareDateTime, index=True)
    #: Why it was not sent the last time; none while a sender has it.
    last_error: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

    user: Mapped[User | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    speaker: Mapped[Speaker | None] = relationship()
    release: Mapped[Release | None] = relationship()
    participant: Mapped[Participant | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN invitation_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN speaker_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN participant_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="recipient",
        ),
        CheckConstraint("(kind = 'invitation') = (invitation_id IS NOT NULL)", name="subject"),
        CheckConstraint(
            "(kind = 'schedule') = (speaker_id IS NOT NULL AND text IS NOT NULL)", name="letter"
        ),
        CheckConstraint(
            "(kind IN ('confirming', 'registration', 'moved_up', 'called_off'))"
            " = (participant_id IS NOT NULL)",
            name="registration",
        ),
        CheckConstraint("NOT is_held OR due_at IS NULL", name="held"),
        CheckConstraint("sent_at IS NULL OR due_at IS NULL", name="sent"),
        {"sqlite_autoincrement": True},
    )
