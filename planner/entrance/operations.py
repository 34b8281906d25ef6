"""What getting in changes: passwords that are set anew, and invitations that are taken up."""

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.accounts.keys import digest
from planner.accounts.links import used_for_invitation, used_for_reset
from planner.accounts.models import Invitation, Membership, User
from planner.accounts.operations import add_user, put_password
from planner.accounts.passwords import hashed, is_password_of, user_with_password
from planner.accounts.queries import email_key
from planner.accounts.second_factor import take_recovery_code, takes
from planner.accounts.throttling import admit, admit_within
from planner.database import write_tx
from planner.entrance.words import JOINED, role_texts
from planner.journal.recording import lock_plan, note_down
from planner.notices.models import NoticeKind
from planner.notices.operations import put


class AccountExistsError(Exception):
    """There is an account with the address of an invitation already."""


def check_password(email: str, password: str) -> User | None:
    """Return the account that an address and a password open, or None.

    :raises planner.accounts.throttling.TooManyAttemptsError: when there were too many attempts.
    """
    attempt = admit("password", email_key(email))
    user = user_with_password(email, password)
    if user is not None:
        attempt.succeeded()
    return user


def confirm_password(user: User, password: str) -> bool:
    """Tell whether a password is that of somebody who is signed in.

    :raises planner.accounts.throttling.TooManyAttemptsError: when there were too many attempts.
    """
    attempt = admit("password", user.email)
    confirmed = is_password_of(user, password)
    if confirmed:
        attempt.succeeded()
    return confirmed


def check_code(user: User, typed: str, *, recovery: bool) -> bool:
    """Tell whether a code of the second factor, or a recovery code, is right, and use it up.

    :raises planner.accounts.throttling.TooManyAttemptsError: when there were too many attempts.
    """
    attempt = admit("code", str(user.id))
    right = take_recovery_code(user.id, typed) if recovery else takes(user, typed)
    if right:
        attempt.succeeded()
    return right


def ask_for_reset(email: str, language: str) -> None:
    """Send a link for a new password to an address, if it has an account.

    Both cases take one transaction, so that the time says nothing.

    :raises planner.accounts.throttling.TooManyAttemptsError: when it was asked too often.
    """
    with write_tx() as database:
        admit_within(database, "reset", email_key(email))
        user = database.scalar(select(User).where(User.email == email_key(email), User.active))
        if user is not None:
            put(database, NoticeKind.RESET, user, user.language or language)


def reset_password(token: str, password: str) -> None:
    """Set the password of the account that a link is for, and sign it out everywhere.

    :raises planner.accounts.links.DeadLinkError: when the link does not work any more.
    """
    attempt = admit("link", digest(token))
    password_hash = hashed(password)
    with write_tx() as database:
        put_password(database, used_for_reset(database, token), password_hash)
    attempt.succeeded()


def accept_as_new(token: str, *, name: str, password: str, language: str) -> User:
    """Take an invitation up with a new account, which is returned.

    :raises planner.accounts.links.DeadLinkError: when the link does not work any more.
    :raises AccountExistsError: when the address has an account; nothing was changed.
    """
    attempt = admit("link", digest(token))
    password_hash = hashed(password)
    with write_tx() as database:
        invitation = used_for_invitation(database, token)
        if database.scalar(select(User.id).where(User.email == invitation.email)) is not None:
            raise AccountExistsError
        user = add_user(
            database,
            email=invitation.email,
            name=name,
            password_hash=password_hash,
            language=language,
        )
        _join(database, user, invitation)
    attempt.succeeded()
    return user


def accept_as(user: User, token: str) -> None:
    """Take an invitation up with the account of who is signed in.

    :raises planner.accounts.links.DeadLinkError: when the link does not work any more.
    """
    attempt = admit("link", digest(token))
    user_id = user.id
    with write_tx() as database:
        invitation = used_for_invitation(database, token)
        _join(database, database.get_one(User, user_id), invitation)
    attempt.succeeded()


def _join(database: DatabaseSession, user: User, invitation: Invitation) -> None:
    """Give somebody the part that an invitation holds; who has one already keeps that."""
    lock_plan(database, invitation.event_id)
    part = select(Membership.id).where(
        Membership.event_id == invitation.event_id, Membership.user_id == user.id
    )
    if database.scalar(part) is None:
        database.add(
            Membership(
                event_id=invitation.event_id,
                user_id=user.id,
                role=invitation.role,
                languages=list(invitation.languages),
                sees_names=invitation.sees_names,
            )
        )
        facts = {"name": user.name, "role": role_texts(invitation.role)}
        note_down(database, invitation.event_id, user.id, JOINED, facts)
    database.delete(invitation)
