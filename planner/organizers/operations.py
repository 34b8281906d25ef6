"""Changing who may do what in an event. Each change stands in the journal, and is not undone."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.accounts.links import address_of, new_link
from planner.accounts.models import Invitation, MemberRole, Membership, Purpose, User
from planner.accounts.queries import email_key
from planner.database import write_tx
from planner.entrance.words import CHANGED, INVITED, REMOVED, WITHDRAWN, role_texts
from planner.journal.recording import GoneError, check_version, lock_plan, note_down
from planner.lib.clock import now
from planner.notices.models import NoticeKind
from planner.notices.operations import put


class LastOwnerError(Exception):
    """Nobody would be left who may say who may do what; nothing was changed."""


class MemberAlreadyError(Exception):
    """Who is invited has a part in the event already; nothing was changed."""


@dataclass(frozen=True)
class Part:
    """What somebody may do in an event."""

    role: MemberRole
    #: The languages whose texts a translator may write; without meaning in other roles.
    languages: tuple[str, ...] = ()
    sees_names: bool = False


def invite(
    event_id: int,
    by_id: int | None,
    *,
    email: str,
    name: str,
    part: Part,
    language: str | None = None,
) -> str:
    """Offer somebody a part in an event; return the address of a link, which is told only now.

    An offer to the same address is replaced. With a ``language``, a message goes out as well.

    :raises MemberAlreadyError: when they have a part.
    """
    with write_tx() as database:
        lock_plan(database, event_id)
        _refuse_members(database, event_id, email_key(email))
        former = database.scalar(
            select(Invitation).where(
                Invitation.event_id == event_id, Invitation.email == email_key(email)
            )
        )
        if former is not None:
            database.delete(former)
            database.flush()
        invitation = Invitation(
            event_id=event_id,
            email=email_key(email),
            name=name,
            role=part.role,
            languages=list(part.languages),
            sees_names=part.sees_names,
            invited_by_id=by_id,
            created_at=now(),
        )
        database.add(invitation)
        database.flush()
        if language is not None:
            put(database, NoticeKind.INVITATION, invitation, language)
        facts = {"name": name, "role": role_texts(part.role)}
        note_down(database, event_id, by_id, INVITED, facts)
        token = new_link(database, invitation, mailed=False)
    return address_of(Purpose.INVITATION, token)


def renew(event_id: int, number: int, language: str) -> tuple[Invitation, str]:
    """Send an invitation once more; return it, and the address of a new link.

    :raises planner.journal.recording.GoneError: when it was taken up or withdrawn.
    """
    with write_tx() as database:
        invitation = _invitation(database, event_id, number)
        invitation.created_at = now()
        put(database, NoticeKind.INVITATION, invitation, language)
        token = new_link(database, invitation, mailed=False)
    return invitation, address_of(Purpose.INVITATION, token)


def withdraw(event_id: int, by_id: int, number: int) -> None:
    """Take an invitation back.

    :raises planner.journal.recording.GoneError: when it was taken up or withdrawn.
    """
    with write_tx() as database:
        invitation = _invitation(database, event_id, number)
        note_down(database, event_id, by_id, WITHDRAWN, {"name": invitation.name})
        database.delete(invitation)


def change(event_id: int, by_id: int, number: int, part: Part, *, version: int | None) -> None:
    """Say what somebody may do in an event.

    :raises planner.journal.recording.GoneError: when they have no part any more.
    :raises planner.journal.recording.StaleError: when it was changed meanwhile.
    :raises LastOwnerError: when they are the only owner.
    """
    with write_tx() as database:
        lock_plan(database, event_id)
        membership = _membership(database, event_id, number)
        check_version(membership, version)
        if part.role is not MemberRole.OWNER:
            _refuse_the_last_owner(database, membership)
        membership.role = part.role
        membership.languages = list(part.languages)
        membership.sees_names = part.sees_names
        if database.is_modified(membership):
            facts = {"name": membership.user.name, "role": role_texts(part.role)}
            note_down(database, event_id, by_id, CHANGED, facts)


def remove(event_id: int, by_id: int, number: int) -> None:
    """Take somebody's part in an event away; their account stays.

    :raises planner.journal.recording.GoneError: when they have no part any more.
    :raises LastOwnerError: when they are the only owner.
    """
    with write_tx() as database:
        lock_plan(database, event_id)
        membership = _membership(database, event_id, number)
        _refuse_the_last_owner(database, membership)
        note_down(database, event_id, by_id, REMOVED, {"name": membership.user.name})
        database.delete(membership)


def _refuse_members(database: DatabaseSession, event_id: int, email: str) -> None:
    part = (
        select(Membership.id)
        .join(Membership.user)
        .where(Membership.event_id == event_id, User.email == email)
    )
    if database.scalar(part) is not None:
        raise MemberAlreadyError


def _refuse_the_last_owner(database: DatabaseSession, membership: Membership) -> None:
    if membership.role is not MemberRole.OWNER:
        return
    owners = select(func.count(Membership.id)).where(
        Membership.event_id == membership.event_id, Membership.role == MemberRole.OWNER
    )
    if database.scalar(owners) == 1:
        raise LastOwnerError


def _membership(database: DatabaseSession, event_id: int, number: int) -> Membership:
    found = database.scalar(
        select(Membership).where(Membership.event_id == event_id, Membership.id == number)
    )
    if found is None:
        raise GoneError
    return found


def _invitation(database: DatabaseSession, event_id: int, number: int) -> Invitation:
    found = database.scalar(
        select(Invitation).where(Invitation.event_id == event_id, Invitation.id == number)
    )
    if found is None:
        raise GoneError
    return found
