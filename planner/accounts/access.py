"""Who may do what: the first line of every view of the desk loads the event and authorises.

Nobody learns of an event that they have no part in: it is as if it were not there.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from planner.accounts.models import MemberRole, Membership, User
from planner.extensions import db

if TYPE_CHECKING:
    from planner.events.models import Event


class Permission(StrEnum):
    """What somebody may be allowed to do in an event."""

    VIEW = "view"
    TRANSLATE = "translate"
    PLAN = "plan"
    RELEASE = "release"
    OWN = "own"


_GRANTS: dict[MemberRole, frozenset[Permission]] = {
    MemberRole.OWNER: frozenset(Permission),
    MemberRole.EDITOR: frozenset(
        {Permission.VIEW, Permission.TRANSLATE, Permission.PLAN, Permission.RELEASE}
    ),
    MemberRole.TRANSLATOR: frozenset({Permission.VIEW, Permission.TRANSLATE}),
    MemberRole.VIEWER: frozenset({Permission.VIEW}),
}


@dataclass(frozen=True)
class Access:
    """One organizer in one event, and what they may do there."""

    user: User
    membership: Membership
    event: "Event"

    @property
    def event_id(self) -> int:
        """The event's number."""
        return self.event.id

    @property
    def user_id(self) -> int:
        """The user's number."""
        return self.user.id

    @property
    def sees_names(self) -> bool:
        """Whether they may know the names of those who are not public."""
        return self.membership.sees_names

    def may(self, permission: Permission, lang: str | None = None) -> bool:
        """Tell whether they may do something; ``lang`` is the language of a text to write."""
        if permission not in _GRANTS[self.membership.role]:
            return False
        if permission is Permission.TRANSLATE and self.membership.role is MemberRole.TRANSLATOR:
            return lang is None or lang in self.membership.languages
        return True


def authorise(
    slug: str, permission: Permission = Permission.VIEW, *, lang: str | None = None
) -> Access:
    """Return the access of who asks to an event, in one statement besides that of the user.

    :raises 302: to the page for signing in when nobody is signed in (401 for scripts), and to
        that of the second factor when the event asks for one and there is none.
    :raises 404: when there is no such event, or they have no part in it.
    :raises 403: when their part does not allow it.
    """
    user = signed_in()
    membership = db.session.scalar(
        select(Membership)
        .where(Membership.user_id == user.id, Membership.event.has(slug=slug))
        .options(joinedload(Membership.event))
    )
    if membership is None:
        abort(404)
    access = Access(user, membership, membership.event)
    if access.event.requires_second_factor and not user.tf_primary_method:
        abort(redirect(url_for("accounts.security", needed=slug)))
    if not access.may(permission, lang):
        abort(403)
    return access


def signed_in() -> User:
    """Return who asks.

    :raises 302: to the page for signing in when nobody is signed in; 401 for scripts.
    """
    if not current_user.is_authenticated:
        if request.accept_mimetypes.best == "application/json" or request.method != "GET":
            abort(401)
        abort(redirect(url_for("security.login", next=request.full_path.rstrip("?"))))
    user: User = current_user._get_current_object()
    return user


def memberships_of(user: User) -> list[Membership]:
    """Return the events in which somebody has a part, the latest first, in one statement."""
    found = db.session.scalars(
        select(Membership)
        .where(Membership.user_id == user.id)
        .options(joinedload(Membership.event))
    )
    return sorted(found, key=lambda membership: membership.event.first_day, reverse=True)
