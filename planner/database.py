"""The database: the base of all models, how connections are set up, and the one way to write.

SQLite is meant to be used by several processes at once: a file lock queues the writers (SQLite's
own waiting has no queue and gives up under load), and every write transaction begins with
``BEGIN IMMEDIATE``, because a transaction that has read cannot be upgraded once somebody else
wrote. On PostgreSQL the lock and the hooks do nothing.
"""

import fcntl
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Engine, Enum, TypeDecorator, event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from planner.extensions import db, metadata


class Model(DeclarativeBase):
    """The base of all tables."""

    metadata = metadata


def closed_set(members: type[StrEnum], name: str) -> Enum:
    """Return the type of a column that holds a member of an enumeration, checked by the database.

    ``name`` is that of the constraint.
    """
    return Enum(
        members,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=16,
        values_callable=lambda kept: [member.value for member in kept],
    )


class AwareDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, kept in UTC, also where the database knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse naive times and keep the others in UTC.

        :raises ValueError: when the time has no offset.
        """
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs an offset")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give the time back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_PRAGMAS = (
    "busy_timeout=15000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
)


#: For how many seconds :func:`scrub` waits for others.
_SCRUBBING_WAITS = 5

#: Statements that change rows, whatever they begin with; SELECT … FOR UPDATE is none of them.
_WRITES = re.compile(
    r"\s*(?:(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b"
    r"|WITH\b.*?(?:\bINSERT\s+INTO|(?<!FOR )\bUPDATE|\bDELETE\s+FROM)\b)",
    re.I | re.S,
)


class WriteOutsideTransactionError(RuntimeError):
    """A statement that writes was sent outside of :func:`write_tx`."""


def engine_options(url: str) -> dict[str, Any]:
    """Return the options of the engine for a database address."""
    options: dict[str, Any] = {
        # Arabic stays readable, and searchable, in the database.
        "json_serializer": partial(json.dumps, ensure_ascii=False),
        # An error tells the statement, but not the names and addresses that were in it.
        "hide_parameters": True,
    }
    if make_url(url).get_backend_name() != "sqlite":
        return {**options, "pool_pre_ping": True}
    try:
        # The system's SQLite may have the bug that corrupts a database in WAL mode (mended in
        # 3.51.3); this package brings its own.
        from pysqlite3 import dbapi2
    except ImportError:  # not Linux: the interpreter's own is new enough there
        return options
    return {**options, "module": dbapi2}


def prepare_engine(engine: Engine) -> None:
    """Set up every connection of an engine, and refuse writes outside of :func:`write_tx`."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _guard_writes)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing on its own
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _guard_writes(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    if connection.get_execution_options().get("write"):
        return
    if _WRITES.match(statement):
        raise WriteOutsideTransactionError(statement.split("\n", maxsplit=1)[0][:200])


@contextmanager
def write_tx() -> Iterator[Session]:
    """Open the one kind of transaction that may write, and commit it at its end.

    What the session has read before is read anew inside. Nothing slow belongs here: no mail,
    no rendering, no network.

    :raises RuntimeError: when it is open already, or when objects were changed before.
    """
    session = db.session()
    if session.info.get("writes"):
        raise RuntimeError("write_tx() was opened within write_tx()")
    if session.new or session.dirty or session.deleted:
        raise WriteOutsideTransactionError("objects were changed before write_tx()")
    session.rollback()
    with _writer_lock():
        session.info["writes"] = True
        try:
            session.connection(execution_options={"write": True})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            del session.info["writes"]


class BusyError(RuntimeError):
    """Others use the database, so that something could not be done. It can be tried again."""


def scrub() -> None:
    """Leave nothing in the files of the database of what was deleted or written over.

    Deleted rows are overwritten as they go, but they stay in SQLite's log until it is written
    back, and on PostgreSQL until a table is written anew. This reads and writes the whole database.

    :raises BusyError: when somebody reads it meanwhile; what could be done was done.
    """
    db.session.rollback()  # what this thread has read would be in its own way
    with _writer_lock():
        if db.engine.dialect.name == "sqlite":
            _scrub_sqlite(db.engine)
        else:
            _scrub_postgresql(db.engine)


def _scrub_sqlite(engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_SCRUBBING_WAITS * 1000}")
        try:
            cursor.execute("VACUUM")
            (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except engine.dialect.loaded_dbapi.OperationalError as error:
            raise BusyError(str(error)) from error
        if busy:
            raise BusyError("the log could not be written back")
    finally:
        connection.invalidate()  # it waits no longer than it should
        connection.close()


def _scrub_postgresql(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{_SCRUBBING_WAITS}s'"))
        try:
            for table in metadata.sorted_tables:
                quoted = engine.dialect.identifier_preparer.format_table(table)
                connection.execute(text(f"VACUUM (FULL) {quoted}"))
        except OperationalError as error:
            raise BusyError(str(error.orig)) from error
        finally:
            connection.invalidate()


@contextmanager
def _writer_lock() -> Iterator[None]:
    """Queue the writers of a SQLite file, across threads and processes."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        yield
        return
    # A file descriptor of its own each time, so that threads exclude one another as well.
    with Path(f"{url.database}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
