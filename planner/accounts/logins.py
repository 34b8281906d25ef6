"""Browsers in which somebody is signed in: each can be ended, and each ends by itself.

The cookie holds Flask-Login's session and a random token; the table knows the token's hash. So a
copy of a cookie is worth nothing once its owner signed out, and every browser can be ended alone.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Response, g, request, session
from flask_security import login_user, logout_user
from flask_security.utils import set_request_attr
from sqlalchemy import delete, select, update

from planner.accounts.keys import digest
from planner.accounts.models import Login, User
from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now

#: Without any request for so long, a browser is signed out; and after so long in any case.
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
#: How exact we know when a browser was seen: each time costs a transaction.
_EXACT = timedelta(minutes=5)
#: What pages ask for on their own, again and again: nobody need be there.
_ASKED_BY_PAGES = {"timetable.news", "timetable.present"}
TOKEN = "login"  # noqa: S105 -- where the token is in the session
#: What outlives signing in and out, of the session of a browser.
_KEPT = ("lang", "_flashes")


@dataclass(frozen=True)
class Present:
    """The browser that asks: a row of the table, as it was when the request came."""

    id: int
    user_id: int
    seen_at: datetime
    second_factor: bool


def still_valid() -> tuple[Any, Any]:
    """Return the conditions for browsers that are still signed in."""
    moment = now()
    return Login.seen_at > moment - IDLE, Login.created_at > moment - LONGEST


def open_login(user_id: int, *, second_factor: bool) -> str:
    """Note that a browser is signed in; return the token for its session."""
    token = secrets.token_urlsafe(32)
    moment = now()
    with write_tx() as database:
        database.execute(
            delete(Login).where(
                (Login.seen_at <= moment - IDLE) | (Login.created_at <= moment - LONGEST)
            )
        )
        database.execute(update(User).where(User.id == user_id).values(seen_at=moment))
        database.add(
            Login(
                digest=digest(token),
                user_id=user_id,
                created_at=moment,
                seen_at=moment,
                second_factor=second_factor,
            )
        )
    return token


def sign_in(user: User, *, second_factor: bool = False) -> None:
    """Sign a user in, with a session that shares nothing with the one before."""
    token = open_login(user.id, second_factor=second_factor)
    renew_session()
    login_user(user)
    session[TOKEN] = token


def sign_out() -> None:
    """Sign the browser out, and whoever has a copy of its cookie."""
    with write_tx() as database:
        database.execute(delete(Login).where(Login.digest == digest(session.get(TOKEN, ""))))
    logout_user()
    renew_session()


def end_login(user: User, login_id: int) -> bool:
    """Sign another browser of a user out; tell whether there was one."""
    with write_tx() as database:
        ended = database.execute(
            delete(Login).where(Login.id == login_id, Login.user_id == user.id).returning(Login.id)
        )
        return ended.first() is not None


def renew_session() -> None:
    """Forget what the session of the browser holds, but for the language and what is to be told."""
    kept = {name: session[name] for name in _KEPT if name in session}
    session.clear()
    session.update(kept)
    g.pop("csrf_token", None)  # Flask-WTF would go on with the token of the former session


def load_user(unique: str) -> User | None:
    """Return who is signed in, for Flask-Login, in one statement."""
    found = db.session.execute(
        select(User, Login)
        .join(Login, Login.user_id == User.id)
        .where(
            User.fs_uniquifier == str(unique),
            User.active,
            Login.digest == digest(str(session.get(TOKEN, ""))),
            *still_valid(),
        )
    ).one_or_none()
    if found is None:
        return None
    login: Login = found.Login
    g.login = Present(login.id, login.user_id, login.seen_at, login.second_factor)
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    user: User = found.User
    return user


def current_login() -> Present | None:
    """Return the browser that asks, once who is signed in was looked up."""
    login: Present | None = g.get("login")
    return login


def note_visit(response: Response) -> Response:
    """Remember that the browser was seen, now and then."""
    login = current_login()
    moment = now()
    if login is None or request.endpoint in _ASKED_BY_PAGES or moment - login.seen_at < _EXACT:
        return response
    with write_tx() as database:
        database.execute(update(Login).where(Login.id == login.id).values(seen_at=moment))
        database.execute(update(User).where(User.id == login.user_id).values(seen_at=moment))
    return response
