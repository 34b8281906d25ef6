"""Changing accounts."""

import uuid

from sqlalchemy import delete
from sqlalchemy.orm import Session as DatabaseSession

from planner.accounts.models import Login, User
from planner.accounts.queries import email_key
from planner.lib.clock import now


def add_user(
    database: DatabaseSession,
    *,
    email: str,
    name: str,
    password_hash: str | None = None,
    language: str | None = None,
) -> User:
    """Add an account, within a transaction; without a password nobody can sign in to it."""
    user = User(
        email=email_key(email),
        name=name,
        password=password_hash,
        fs_uniquifier=uuid.uuid4().hex,
        language=language,
        recovery_codes=[],
        created_at=now(),
    )
    database.add(user)
    database.flush()
    return user


def put_password(database: DatabaseSession, user: User, password_hash: str) -> None:
    """Give an account a password, within a transaction, and sign it out everywhere."""
    user.password = password_hash
    end_all(database, user)


def end_all(database: DatabaseSession, user: User) -> None:
    """Sign an account out in all browsers, within a transaction.

    Who gave the password and not the second factor yet begins anew as well.
    """
    user.fs_uniquifier = uuid.uuid4().hex
    database.execute(delete(Login).where(Login.user_id == user.id))
