"""Migrations: they make what the models say, and lose nothing of what is there."""

import shutil
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.exc import DBAPIError

import planner
from planner.database import Model
from planner.extensions import db
from tests.plans import make_plan, plan_to_change, released

_MIGRATIONS = Path(planner.__file__).parent / "migrations"

#: Rebuilds the three tables that have the most children, on SQLite as a copy of each.
_REBUILDING = """
    for table, column in (("event", "slug"), ("room", "slug"), ("session", "code")):
        with op.batch_alter_table(table, recreate="auto") as batch:
            batch.add_column(sa.Column("tried", sa.Text(), nullable=True))
            batch.alter_column(column, type_=sa.String(70), existing_nullable=False)
"""


def test_models_and_migrations_agree(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Model.metadata) == []


def test_migrations_make_every_constraint_that_the_models_have(app: Flask) -> None:
    """Alembic does not compare checks, and these are what must always hold."""
    migrated = _constraints(db.engine)
    Model.metadata.drop_all(db.engine)
    Model.metadata.create_all(db.engine)
    made = _constraints(db.engine)
    assert migrated == made
    assert ("session", "ck_session_placement") in made


def test_the_newest_migration_can_be_taken_back(app: Flask) -> None:
    flask_migrate.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    flask_migrate.upgrade()
    make_plan()


def test_a_database_that_is_up_to_date_stays_as_it_is(app: Flask) -> None:
    make_plan()
    before = _counts()
    flask_migrate.upgrade()
    assert _counts() == before


def test_upgrading_a_filled_database_keeps_every_row(app: Flask, tmp_path: Path) -> None:
    """On SQLite a batch ALTER with foreign keys on deletes all children of a table."""
    make_plan()
    released()
    before = _counts()
    assert min(before[table] for table in ("event", "session_text", "session_speaker")) > 0
    _upgrade_with(tmp_path, _REBUILDING)
    assert _counts() == before
    assert "tried" in {column["name"] for column in inspect(db.engine).get_columns("session")}
    assert ("session", "ck_session_placement") in _constraints(db.engine)
    with plan_to_change() as plan:  # foreign keys are on again, and everything can be used
        assert len(plan.sessions) == 4


@pytest.mark.parametrize(
    "failing",
    [
        "    raise LookupError('half-way')",
        '    op.execute("insert into event (id) values (77)")',
    ],
)
def test_a_migration_that_fails_takes_those_before_it_back_and_leaves_everything_as_it_was(
    app: Flask, tmp_path: Path, failing: str
) -> None:
    make_plan()
    before, tables = _counts(), _constraints(db.engine)
    with pytest.raises((LookupError, DBAPIError)):
        _upgrade_with(tmp_path, _REBUILDING, f"    op.create_table('extra')\n{failing}")
    assert _counts() == before
    assert _constraints(db.engine) == tables
    columns = {column["name"] for column in inspect(db.engine).get_columns("session")}
    assert "tried" not in columns
    assert not inspect(db.engine).has_table("extra")
    assert _revision() == _newest()


def test_a_migration_that_leaves_rows_without_their_parents_is_undone(
    app: Flask, tmp_path: Path
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL checks foreign keys itself")
    make_plan()
    before = _counts()
    with pytest.raises(SystemExit):
        _upgrade_with(tmp_path, "    op.execute('delete from room')")
    assert _counts() == before
    assert _revision() == _newest()


def _upgrade_with(folder: Path, *steps: str) -> None:
    """Upgrade by more migrations, which stand in a copy of the migrations."""
    migrations = folder / "migrations"
    shutil.copytree(_MIGRATIONS, migrations)
    before = _newest()
    for number, body in enumerate(steps):
        (migrations / "versions" / f"{9000 + number}_tried.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n\n"
            f"revision = '{9000 + number}'\ndown_revision = '{before}'\n\n"
            f"def upgrade():\n{body}\n"
        )
        before = str(9000 + number)
    db.session.remove()
    flask_migrate.upgrade(directory=str(migrations))


def _newest() -> str:
    return max(path.name[:4] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _counts() -> dict[str, int]:
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Model.metadata.sorted_tables
    }


def _constraints(engine: Engine) -> set[tuple[str, Any]]:
    """Return the names of everything that the database holds rows to, with its table."""
    inspector = inspect(engine)
    return {
        (table, found["name"])
        for table in inspector.get_table_names()
        if table != "alembic_version"
        for kind in ("check_constraints", "unique_constraints", "foreign_keys", "indexes")
        for found in getattr(inspector, f"get_{kind}")(table)
    }


def test_a_plan_of_the_first_version_gets_what_the_desk_needs(app: Flask) -> None:
    make_plan()
    make_plan("mountain-days", codes="M")
    flask_migrate.downgrade(revision="0001")
    before = inspect(db.engine).get_table_names()
    assert "journal_entry" not in before
    flask_migrate.upgrade()
    with plan_to_change() as plan:
        assert sorted(speaker.number for speaker in plan.speakers.values()) == [1, 2, 3]
        assert {room.version for room in plan.rooms.values()} == {1}
        assert not any(session.pinned for session in plan.sessions.values())
        assert plan.event.changeover_minutes == 10
    with plan_to_change("mountain-days") as plan:
        assert sorted(speaker.number for speaker in plan.speakers.values()) == [1, 2, 3]
