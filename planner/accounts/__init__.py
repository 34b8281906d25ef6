"""Organizers: their accounts, how they sign in, and what each may do in which event."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Set up signing in."""
    from flask_security import Security, SQLAlchemyUserDatastore

    from planner.accounts.models import User
    from planner.extensions import db

    app.config.from_mapping(
        SECURITY_URL_PREFIX="/desk/account",
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 -- the name of a scheme
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
    )
    Security(app, SQLAlchemyUserDatastore(db, User, None), register_blueprint=True)
