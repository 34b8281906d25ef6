"""Tables of organizers: accounts, parts in events, browsers signed in, invitations, and links."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_security import UserMixin
from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set

if TYPE_CHECKING:
    from planner.events.models import Event


class MemberRole(StrEnum):
    """What an organizer does in an event."""

    OWNER = "owner"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    VIEWER = "viewer"


class Purpose(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"


class User(Model, UserMixin):
    """An organizer."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: In small letters, as :func:`planner.accounts.queries.email_key` writes it.
    email: Mapped[str] = mapped_column(String(320), unique=True)
    #: What other organizers call them.
    name: Mapped[str] = mapped_column(String(100))
    #: A hash by argon2id; nobody can sign in without one.
    password: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    #: Flask-Security's name for who is signed in. It changes with the password.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    #: The language of the desk for them, once they chose one.
    language: Mapped[str | None] = mapped_column(String(16))
    #: The secret of the second factor, encrypted with a key made from the application's.
    totp_secret: Mapped[str | None] = mapped_column(Text)
    #: The step of time whose code was taken last: none up to it is taken again.
    totp_step: Mapped[int | None]
    #: HMACs of the recovery codes that were not used yet.
    recovery_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    #: When they last used the desk, to within minutes.
    seen_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", cascade="all, delete-orphan"
    )

    __table_args__ = ({"sqlite_autoincrement": True},)

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in asks them for a code."""
        return self.totp_secret is not None


class Membership(Model):
    """What a user may do in one event."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[MemberRole] = mapped_column(closed_set(MemberRole, "role"))
    #: The languages whose texts a translator may write.
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Whether they may know the names of those who are not public.
    sees_names: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship(back_populates="memberships")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("event_id", "user_id"), {"sqlite_autoincrement": True})


class Login(Model):
    """A browser in which somebody is signed in. Only the hash of what it shows us is kept."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the token in the cookie, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    #: When it was last used, to within minutes.
    seen_at: Mapped[datetime] = mapped_column(AwareDateTime)
    #: Whether a code of the second factor was given in it.
    second_factor: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship()

    __table_args__ = ({"sqlite_autoincrement": True},)


class Invitation(Model):
    """A part in an event, held for whoever opens its link. There is no account until then.

    So what an owner sees of an invitation is the same whether the address has an account or not.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    #: In small letters, as that of an account.
    email: Mapped[str] = mapped_column(String(320))
    #: What others call them, until they say it themselves.
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[MemberRole] = mapped_column(closed_set(MemberRole, "role"))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    sees_names: Mapped[bool] = mapped_column(default=False)
    #: Nobody where a command of the machine did it.
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)

    event: Mapped[Event] = relationship()
    invited_by: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        UniqueConstraint("event_id", "email"),
        {"sqlite_autoincrement": True},
    )


class AccountLink(Model):
    """A link that works once: it is deleted when it is used. Only its hash is kept."""

    __tablename__ = "account_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the token, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(closed_set(Purpose, "purpose"))
    #: Whose password it sets, or which invitation it takes up.
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    #: Whether it went out by mail, or was shown to somebody to pass it on. A new link ends the
    #: former one of its way; using either ends both.
    mailed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    expires_at: Mapped[datetime] = mapped_column(AwareDateTime)

    user: Mapped[User | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "(purpose = 'reset' AND user_id IS NOT NULL AND invitation_id IS NULL)"
            " OR (purpose = 'invitation' AND user_id IS NULL AND invitation_id IS NOT NULL)",
            name="subject",
        ),
    )


class Attempt(Model):
    """An attempt to get in, to hold back those who guess. What succeeds is forgotten at once."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: An HMAC of what was tried: an account, a network, or all of them.
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(AwareDateTime, index=True)

    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)
