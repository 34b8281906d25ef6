"""The organizer of the sample event."""

import secrets

from sqlalchemy import select

from planner.accounts.models import MemberRole, Membership, User
from planner.accounts.operations import add_user, put_password
from planner.accounts.passwords import hashed
from planner.database import write_tx
from planner.events.models import Event

EMAIL = "organizer@example.invalid"
_NAME = "Sample organizer"


def renew_organizer(slug: str) -> str:
    """Let the organizer of the sample own it, with a new password, which is returned.

    It is kept nowhere, and no two starts have the same one: a demo that somebody else can reach
    does not open to a password that stands in a manual.
    """
    password = secrets.token_urlsafe(15)
    password_hash = hashed(password)
    with write_tx() as database:
        event_id = database.scalars(select(Event.id).where(Event.slug == slug)).one()
        user = database.scalar(select(User).where(User.email == EMAIL))
        if user is None:
            user = add_user(database, email=EMAIL, name=_NAME)
        put_password(database, user, password_hash)
        part = select(Membership.id).where(
            Membership.event_id == event_id, Membership.user_id == user.id
        )
        if database.scalar(part) is None:
            database.add(
                Membership(
                    event_id=event_id,
                    user_id=user.id,
                    role=MemberRole.OWNER,
                    languages=[],
                    sees_names=True,
                )
            )
    return password
