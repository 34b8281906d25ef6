"""Reading accounts."""

import unicodedata
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from planner.accounts.models import Invitation, Login, Membership, User
from planner.extensions import db


def email_key(written: str) -> str:
    """Return an e-mail address as it is kept: accounts are told apart without their capitals."""
    return unicodedata.normalize("NFC", written.strip()).lower()


def user_by_email(written: str) -> User | None:
    """Return the account with an address."""
    return db.session.scalar(select(User).where(User.email == email_key(written)))


def logins_of(user: User) -> Sequence[Login]:
    """Return the browsers in which somebody is signed in, the latest first."""
    from planner.accounts.logins import still_valid

    return db.session.scalars(
        select(Login)
        .where(Login.user_id == user.id, *still_valid())
        .order_by(Login.seen_at.desc(), Login.id.desc())
    ).all()


def everybody() -> Sequence[User]:
    """Return all accounts with their parts in events, by address, in two statements."""
    return db.session.scalars(
        select(User)
        .options(selectinload(User.memberships).joinedload(Membership.event))
        .order_by(User.email)
    ).all()


def all_invitations() -> Sequence[Invitation]:
    """Return everything that was offered and not taken up yet, in one statement."""
    return db.session.scalars(
        select(Invitation).options(joinedload(Invitation.event)).order_by(Invitation.email)
    ).all()
