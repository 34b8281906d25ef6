"""Who may do what: the first line of every view of the desk loads the event and authorises.

Nobody learns of an event that they have no part in: it is as if it were not there.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from flask import abort, redirect, request, session, url_for
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from planner.accounts.logins import current_login
from planner.accounts.models import MemberRole, Membership, User
from planner.extensions import db
from planner.lib.clock import now

if TYPE_CHECKING:
    from planner.events.models import Event


#: For how long a password that was given opens what only its owner may do.
FRESH = timedelta(minutes=10)
_FILLING_IN = timedelta(minutes=4)


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
        that of the second factor when the event asks for one and none was given when signing in.
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
    login = current_login()
    if access.event.requires_second_factor and not (login and login.second_factor):
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
        abort(redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?"))))
    user: User = current_user._get_current_object()
    return user


def confirm_identity(back: str | None = None) -> None:
    """Ask for the password again, unless it was given within the last minutes.

    A form is opened only where there is time left to fill it in before it is sent. ``back`` is
    where to go on to from there, if not here.

    :raises 302: to the page that asks for it.
    """
    allowed = FRESH if request.method != "GET" else FRESH - _FILLING_IN
    if now().timestamp() - session.get("fs_paa", 0) > allowed.total_seconds():
        abort(redirect(url_for("accounts.verify", next=back or request.full_path.rstrip("?"))))


def memberships_of(user: User) -> list[Membership]:
    """Return the events in which somebody has a part, the latest first, in one statement."""
    found = db.session.scalars(
        select(Membership)
        .where(Membership.user_id == user.id)
        .options(joinedload(Membership.event))
    )
    return sorted(found, key=lambda membership: membership.event.first_day, reverse=True)
