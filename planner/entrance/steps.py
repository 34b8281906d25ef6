"""The two steps of signing in: what the browser's session holds between them."""

from flask import session
from flask_security import current_user
from sqlalchemy import select

from planner.accounts.logins import current_login, sign_in
from planner.accounts.models import User
from planner.accounts.second_factor import note_second_factor
from planner.extensions import db
from planner.lib.clock import now

#: Who gave the right password, and when, while the code is awaited.
_AWAITED = "awaited"
#: Seconds within which the code must follow.
_PATIENCE = 10 * 60


def take_first_step(user: User) -> bool:
    """Sign somebody in who gave the right password; tell whether a code must follow first."""
    if not user.has_second_factor:
        sign_in(user)
        return False
    session[_AWAITED] = [user.fs_uniquifier, int(now().timestamp())]
    return True


def awaited() -> User | None:
    """Return who is to give a code: after the password, or in a browser that was not asked yet."""
    if current_user.is_authenticated:
        login = current_login()
        asked = current_user.has_second_factor and login is not None and not login.second_factor
        user: User = current_user._get_current_object()
        return user if asked else None
    unique, moment = session.get(_AWAITED, (None, 0))
    if unique is None or not 0 <= now().timestamp() - moment <= _PATIENCE:
        return None
    return db.session.scalar(
        select(User).where(User.fs_uniquifier == unique, User.active, User.totp_secret.is_not(None))
    )


def take_second_step(user: User) -> None:
    """Sign somebody in who gave the right code."""
    login = current_login()
    if login is not None:
        note_second_factor(login.id)
    else:
        sign_in(user, second_factor=True)
