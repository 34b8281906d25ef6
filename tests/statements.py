"""Counting what is asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from planner.extensions import db


@contextmanager
def statements(*, begins: bool = False) -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile; those that begin a transaction if asked."""
    sent: list[str] = []

    def collect(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if begins or not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", collect)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", collect)
