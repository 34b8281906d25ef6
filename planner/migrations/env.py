"""Run migrations, safely on SQLite too.

Foreign keys are off while tables are rebuilt: with them on, a batch ALTER deletes every child
row of the table. They are checked before the commit. DDL runs in the transaction, so a migration
that fails leaves the database as it was.
"""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from planner.database import Model, engine_options
from planner.extensions import db


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=15000")
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _run() -> None:
    url = db.engine.url
    engine = create_engine(url, poolclass=NullPool, module=engine_options(str(url)).get("module"))
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            compare_type=True,
            # Alembic does not trust SQLite with this, and would commit after each migration;
            # with a BEGIN of our own all of them are one transaction, the check included.
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite:
                _check_foreign_keys(connection)


def _check_foreign_keys(connection: Connection) -> None:
    orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if orphans:
        raise RuntimeError(f"the migration left rows without their parents: {orphans[:5]}")


if context.is_offline_mode():
    raise RuntimeError("planner's migrations need a database")
with current_app.app_context():
    _run()
