"""Where Flask-Security finds accounts, and how it changes them."""

from typing import Any

from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import inspect

from planner.database import write_tx
from planner.extensions import db


class Users(SQLAlchemyUserDatastore):
    """Accounts, each of whose changes is written at once and in the one way to write.

    The library changes an object, puts it here, and commits when the request is over; meanwhile
    any query would flush the object outside of a transaction that may write.
    """

    def put(self, model: Any) -> Any:
        """Write what was changed of an account."""
        changed = {
            attribute.key: attribute.value
            for attribute in inspect(model).attrs
            if attribute.history.has_changes()
        }
        db.session.expire(model)
        with write_tx():
            for name, value in changed.items():
                setattr(model, name, value)
        return model

    def commit(self) -> None:
        """Do nothing: everything was written already."""
