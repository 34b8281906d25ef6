"""Tables of organizers, their parts in events, their one-time links, and failed attempts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_security import UserMixin
from sqlalchemy import (
    JSON,
    ForeignKey,
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
    """An organizer. Columns that begin with fs, tf and mf are Flask-Security's."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: As it was given; unique however it is spelt in capitals and small letters.
    email: Mapped[str] = mapped_column(String(320), unique=True)
    #: What other organizers call them.
    name: Mapped[str] = mapped_column(String(100))
    #: A hash by argon2id; nobody can sign in without one.
    password: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    #: Changing it ends every session of the user.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    #: The language of the desk for them, once they chose one.
    language: Mapped[str | None] = mapped_column(String(16))
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(Text)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", cascade="all, delete-orphan"
    )

    __table_args__ = ({"sqlite_autoincrement": True},)


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

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship(back_populates="memberships")

    __table_args__ = (UniqueConstraint("event_id", "user_id"), {"sqlite_autoincrement": True})


class AccountLink(Model):
    """A link that lets somebody set a password, once. Only its hash is kept."""

    __tablename__ = "account_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the token, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(closed_set(Purpose, "purpose"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    expires_at: Mapped[datetime] = mapped_column(AwareDateTime)
    used_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class Attempt(Model):
    """A failed attempt to sign in, to hold back those who guess."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: An HMAC of what was tried: an account, a network, or all of them.
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(AwareDateTime, index=True)
