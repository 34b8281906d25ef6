"""Reading the people of an event."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from planner.accounts.models import Invitation, MemberRole, Membership, User
from planner.extensions import db


def members(event_id: int) -> Sequence[Membership]:
    """Return who has a part in an event, by name, in one statement."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.user)
        .where(Membership.event_id == event_id)
        .options(joinedload(Membership.user))
        .order_by(User.name, User.id)
    ).all()


def member(event_id: int, number: int) -> Membership | None:
    """Return one part in an event."""
    return db.session.scalar(
        select(Membership)
        .where(Membership.event_id == event_id, Membership.id == number)
        .options(joinedload(Membership.user))
    )


def invitations(event_id: int) -> Sequence[Invitation]:
    """Return what was offered and not taken up yet, by name, in one statement."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.event_id == event_id)
        .options(joinedload(Invitation.invited_by))
        .order_by(Invitation.name, Invitation.id)
    ).all()


def part_of(event_id: int, user_id: int) -> MemberRole | None:
    """Return the role of somebody in an event."""
    return db.session.scalar(
        select(Membership.role).where(
            Membership.event_id == event_id, Membership.user_id == user_id
        )
    )
