"""Organizers of the small event, and browsers in which they are signed in."""

from functools import cache
from typing import Any

from flask import Flask, g, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.accounts.logins import TOKEN, open_login
from planner.accounts.models import MemberRole, Membership, User
from planner.accounts.operations import add_user
from planner.accounts.passwords import hashed
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.lib.clock import now
from tests.conftest import BASE_URL
from tests.plans import SLUG

PASSWORD = "five reeds beside the river"


def make_user(email: str = "inanna@desk.example", *, name: str = "Inanna") -> int:
    """Make an account that can sign in with :data:`PASSWORD`; return its number."""
    password_hash = _hashed(PASSWORD)
    with write_tx() as session:
        return add_user(session, email=email, name=name, password_hash=password_hash).id


@cache
def _hashed(password: str) -> str:
    """Hash a password once for all tests: it is slow by design."""
    return hashed(password)


def join(
    user_id: int,
    role: MemberRole = MemberRole.OWNER,
    *,
    slug: str = SLUG,
    languages: tuple[str, ...] = (),
    sees_names: bool = True,
) -> None:
    """Give a user a part in an event."""
    with write_tx() as session:
        event_id = session.scalars(select(Event.id).where(Event.slug == slug)).one()
        session.add(
            Membership(
                event_id=event_id,
                user_id=user_id,
                role=role,
                languages=list(languages),
                sees_names=sees_names,
            )
        )


class Browser(FlaskClient):
    """A browser that asks for the addresses of the site over https, as its cookies demand."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask for an address."""
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", BASE_URL)
        if has_app_context():
            # That of a test outlives its requests, and with it who was signed in before, and
            # that the token of a form was found to be right.
            for name in list(g):
                g.pop(name)
        return super().open(*args, **kwargs)


def signed_in(
    app: Flask, user_id: int, *, lang: str = "en", second_factor: bool = False
) -> FlaskClient:
    """Return a browser in which a user just signed in, without the page for it."""
    client = Browser(app, app.response_class)
    with app.app_context():
        unique = db.session.scalars(select(User.fs_uniquifier).where(User.id == user_id)).one()
        token = open_login(user_id, second_factor=second_factor)
    if has_app_context():
        db.session.rollback()  # what the test read before knows nothing of this yet
    with client.session_transaction("/desk/", base_url=BASE_URL) as session:
        session["_user_id"] = unique
        session["_fresh"] = True
        session["fs_paa"] = now().timestamp()
        session[TOKEN] = token
        session["lang"] = lang
    return client


def went_by(browser: FlaskClient, minutes: float) -> None:
    """Let so many minutes go by since somebody gave the password in their browser."""
    with browser.session_transaction("/desk/", base_url=BASE_URL) as session:
        session["fs_paa"] = now().timestamp() - 60 * minutes


def organizer(
    app: Flask, role: MemberRole = MemberRole.OWNER, *, lang: str = "en", **membership: object
) -> FlaskClient:
    """Return the browser of a new organizer of the small event."""
    user_id = make_user(f"{role.value}@desk.example", name=role.value.title())
    join(user_id, role, **membership)  # type: ignore[arg-type]
    return signed_in(app, user_id, lang=lang)
