"""Organizers: their accounts, how they sign in, and what each may do in which event.

Flask-Security holds the engine: hashing, the session of who is signed in, freshness, and codes of
authenticator apps. Its pages are not used, ours are in ``planner.entrance`` and
``planner.own_account``: its own hand out tokens for programs beside sessions, give a new secret
after each mistyped code, let one recovery code be used twice at once, keep those codes readable,
and write outside of :func:`planner.database.write_tx`.
"""

from flask import Flask, Response


def init_app(app: Flask) -> None:
    """Set up signing in."""
    from flask_security import RoleMixin, Security

    from planner.accounts import logins
    from planner.accounts.datastore import Users
    from planner.accounts.keys import derived
    from planner.accounts.models import User
    from planner.accounts.passwords import HASHING
    from planner.accounts.second_factor import Codes
    from planner.extensions import db

    is_https = app.config["BASE_URL"].startswith("https://")
    app.config.from_mapping(
        # The prefix keeps other hosts of the domain from setting it.
        SESSION_COOKIE_NAME="__Host-barnama" if is_https else "barnama",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=logins.LONGEST,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 -- the name of a scheme
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        # Without a pepper made from SECRET_KEY, which would lock everybody out when it changes.
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    # Tests hash with less effort; the environment cannot say so.
    app.config.setdefault("SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS", HASHING)
    security = Security(app, Users(db, User, RoleMixin), register_blueprint=False)
    manager = security.login_manager
    manager.user_loader(logins.load_user)
    manager.request_loader(None)  # sessions only: no tokens in headers or addresses
    manager.session_protection = None  # it compares the reader's network, which phones change
    # Public pages do not ask who is signed in.
    asking = app.template_context_processors[None]
    asking[:] = [each for each in asking if each.__module__ != "flask_login.utils"]
    app.after_request(logins.note_visit)
    app.after_request(_hide)
    with app.app_context():
        keys = {"1": derived("second factor").hex()}
    app.extensions["planner.codes"] = Codes(keys, "Barnama")


def _hide(response: Response) -> Response:
    """Keep what organizers see out of search engines, whatever it is."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
