"""Links that work once: to set a password anew, and to take up an invitation."""

import secrets
from datetime import timedelta
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm import joinedload

from planner.accounts.keys import digest
from planner.accounts.models import AccountLink, Invitation, Purpose, User
from planner.extensions import db
from planner.lib.clock import now

_T = TypeVar("_T")
#: For how long a link works.
LIFETIMES = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=1)}


class DeadLinkError(LookupError):
    """A link was used, has expired, was replaced, or never was one: nobody can tell which."""


def new_link(database: DatabaseSession, subject: User | Invitation, *, mailed: bool) -> str:
    """Make a link for an account or an invitation, and end the former one of its way.

    Returns the token, which is not kept.
    """
    token = secrets.token_urlsafe(32)
    moment = now()
    is_invitation = isinstance(subject, Invitation)
    purpose = Purpose.INVITATION if is_invitation else Purpose.RESET
    database.execute(
        delete(AccountLink).where(
            (_about(subject) & (AccountLink.mailed == mailed)) | (AccountLink.expires_at <= moment)
        )
    )
    database.add(
        AccountLink(
            digest=digest(token),
            purpose=purpose,
            user_id=None if is_invitation else subject.id,
            invitation_id=subject.id if is_invitation else None,
            mailed=mailed,
            created_at=moment,
            expires_at=moment + LIFETIMES[purpose],
        )
    )
    database.flush()
    return token


def opened_reset(token: str) -> User:
    """Return whose password a link is to set, in one statement; the link stays as good as it was.

    :raises DeadLinkError: when there is none that works.
    """
    user = db.session.scalar(_working(token, Purpose.RESET, User, AccountLink.user))
    if user is None:
        raise DeadLinkError(Purpose.RESET.value)
    return user


def opened_invitation(token: str) -> Invitation:
    """Return the invitation that a link takes up, in one statement, and leave the link as it is.

    :raises DeadLinkError: when there is none that works.
    """
    found = _working(token, Purpose.INVITATION, Invitation, AccountLink.invitation)
    invitation = db.session.scalar(
        found.options(joinedload(Invitation.event), joinedload(Invitation.invited_by))
    )
    if invitation is None:
        raise DeadLinkError(Purpose.INVITATION.value)
    return invitation


def _working(token: str, purpose: Purpose, kind: type[_T], way: Any) -> Select[_T]:
    return (
        select(kind)
        .select_from(AccountLink)
        .join(way)
        .where(
            AccountLink.digest == digest(token),
            AccountLink.purpose == purpose,
            AccountLink.expires_at > now(),
        )
    )


def used_for_reset(database: DatabaseSession, token: str) -> User:
    """Use a link up, with all others for the same account; return whose password is to be set.

    :raises DeadLinkError: when there is none that works, or another request was first.
    """
    return database.get_one(User, _used(database, token, Purpose.RESET).user_id)


def used_for_invitation(database: DatabaseSession, token: str) -> Invitation:
    """Use a link up, with all others for the same invitation; return that.

    :raises DeadLinkError: when there is none that works, or another request was first.
    """
    return database.get_one(Invitation, _used(database, token, Purpose.INVITATION).invitation_id)


def _used(database: DatabaseSession, token: str, purpose: Purpose) -> Any:
    taken = database.execute(
        delete(AccountLink)
        .where(
            AccountLink.digest == digest(token),
            AccountLink.purpose == purpose,
            AccountLink.expires_at > now(),
        )
        .returning(AccountLink.user_id, AccountLink.invitation_id)
    ).one_or_none()
    if taken is None:
        raise DeadLinkError(purpose.value)
    database.execute(
        delete(AccountLink).where(
            AccountLink.user_id == taken.user_id
            if purpose is Purpose.RESET
            else AccountLink.invitation_id == taken.invitation_id
        )
    )
    return taken


def _about(subject: User | Invitation) -> ColumnElement[bool]:
    if isinstance(subject, Invitation):
        return AccountLink.invitation_id == subject.id
    return AccountLink.user_id == subject.id


def address_of(purpose: Purpose, token: str) -> str:
    """Return the whole address of a link, for mail and to be passed on."""
    return f"{current_app.config['BASE_URL']}/desk/account/{purpose}/{token}"
