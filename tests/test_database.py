"""The write layer: one way to write, nothing lost between processes, nothing broken by a kill."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from planner import create_app
from planner.database import WriteOutsideTransactionError, write_tx
from planner.events.models import Event, Room
from planner.events.operations import add_room
from planner.extensions import db
from tests.plans import SLUG, make_plan, plan_to_change
from tests.statements import statements

#: Makes an application and forks workers, which is quicker than to start each of them; none has
#: connected to the database before. Every worker runs ``work(number)`` and ends with its code.
_WORKERS = """
import os, sys, time
from planner import create_app
from planner.database import write_tx
from planner.extensions import db
from planner.events.models import Event
from sqlalchemy.orm.exc import StaleDataError

{work}

app = create_app(dict(os.environ))
children = []
for number in range({count}):
    child = os.fork()
    if not child:
        try:
            with app.app_context():
                work(number)
        except BaseException as error:
            print(type(error).__name__, error, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    children.append(child)
sys.exit(sum(os.waitpid(child, 0)[1] != 0 for child in children))
"""
_COUNT_UP = """
def count_up():
    with write_tx() as session:
        event = session.query(Event).one()
        counted = int(event.tagline.get("count", "0"))
        time.sleep(0.001)
        event.tagline = {"count": str(counted + 1)}
"""


def start(environ: dict[str, str], work: str, *, count: int) -> subprocess.Popen[str]:
    """Start workers on an installation."""
    return subprocess.Popen(
        [sys.executable, "-c", _WORKERS.format(work=work, count=count)],
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def counted() -> int:
    """Return how far the workers have counted."""
    db.session.rollback()
    tagline: dict[str, Any] = db.session.scalars(select(Event.tagline)).one()
    return int(tagline.get("count", 0))


def is_sqlite() -> bool:
    """Tell on which database the test runs."""
    return db.engine.dialect.name == "sqlite"


@pytest.mark.parametrize(
    "write",
    [
        lambda: db.session.execute(update(Event).values(time_zone="Asia/Erbil")),
        lambda: db.session.execute(insert(Room).values(event_id=1, slug="x", name={}, position=1)),
        lambda: db.session.execute(text("delete from event")),
        lambda: db.session.execute(text("\n  UPDATE event SET slug = 'x'")),
        lambda: db.session.execute(text("replace into event (id) values (1)")),
        lambda: db.session.execute(text("WITH x AS (SELECT 1) UPDATE event SET slug = 'x'")),
        lambda: db.session.execute(text("with x as (select 1) insert into room (id) select 1")),
        lambda: db.session.execute(text("with x as (select 1) delete from event")),
    ],
)
def test_a_write_outside_of_write_tx_is_refused(app: Flask, write: Callable[[], Any]) -> None:
    make_plan()
    with pytest.raises(WriteOutsideTransactionError):
        write()
    db.session.rollback()
    assert db.session.scalars(select(Event.slug)).one() == SLUG


def test_an_object_that_is_changed_outside_of_write_tx_cannot_be_saved(app: Flask) -> None:
    make_plan()
    db.session.scalars(select(Event)).one().time_zone = "Asia/Erbil"
    with pytest.raises(WriteOutsideTransactionError):
        db.session.commit()


def test_write_tx_refuses_what_was_changed_before_it(app: Flask) -> None:
    make_plan()
    db.session.scalars(select(Event)).one().time_zone = "Asia/Erbil"
    with pytest.raises(WriteOutsideTransactionError), write_tx():
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT slug FROM event",
        "WITH x AS (SELECT slug FROM event) SELECT * FROM x",
        "SELECT 'delete from event'",
        "SELECT slug FROM event WHERE slug = 'update'",
    ],
)
def test_reading_needs_no_write_tx(app: Flask, statement: str) -> None:
    db.session.execute(text(statement))


def test_write_tx_within_write_tx_is_refused_and_does_not_wait_for_itself(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="within"), write_tx(), write_tx():
        pass
    make_plan()
    assert db.session.scalars(select(Event.slug)).one() == SLUG


def test_an_error_inside_leaves_nothing_and_lets_the_next_one_write(app: Flask) -> None:
    with pytest.raises(LookupError), write_tx() as session:
        session.execute(text("update event set slug = 'x'"))
        raise LookupError
    with pytest.raises(LookupError), plan_made() as session:
        session.scalars(select(Event)).one().slug = "x"
        session.flush()
        raise LookupError
    assert db.session.scalars(select(Event.slug)).one() == SLUG
    with write_tx() as session:
        session.scalars(select(Event)).one().slug = "other"
    assert db.session.scalars(select(Event.slug)).one() == "other"


def plan_made() -> Any:
    """Make the plan and open a transaction."""
    make_plan()
    return write_tx()


def test_what_was_read_before_is_read_anew_inside(app: Flask, environ: dict[str, str]) -> None:
    make_plan()
    mine = db.session.scalars(select(Event)).one()
    assert mine.time_zone == "Asia/Baghdad"
    in_another_thread(environ, lambda: _move_to("Europe/Berlin"))
    with write_tx():
        assert mine.time_zone == "Europe/Berlin"


def test_who_reads_does_not_wait_for_who_writes(app: Flask, environ: dict[str, str]) -> None:
    make_plan()
    seen: list[str] = []
    with write_tx() as session:
        session.scalars(select(Event)).one().time_zone = "Europe/Berlin"
        session.flush()
        in_another_thread(
            environ, lambda: seen.append(db.session.scalars(select(Event.time_zone)).one())
        )
    assert seen == ["Asia/Baghdad"]


def test_a_change_that_is_built_on_an_older_version_is_stale(app: Flask) -> None:
    make_plan()
    with pytest.raises(StaleDataError), write_tx() as session:
        event = session.scalars(select(Event)).one()
        session.execute(text("update event set version = version + 1"))
        event.time_zone = "Asia/Erbil"


def test_eight_processes_lose_nothing_and_meet_no_lock(app: Flask, environ: dict[str, str]) -> None:
    make_plan()
    # On PostgreSQL who built on an older version is told so, and tries again.
    attempt = "count_up()" if is_sqlite() else "tried_until_it_counts()"
    work = f"""{_COUNT_UP}
def tried_until_it_counts():
    while True:
        try:
            return count_up()
        except StaleDataError:
            pass

def work(number):
    for _ in range(12):
        {attempt}
"""
    workers = start(environ, work, count=8)
    _, errors = workers.communicate()
    assert errors == ""
    assert workers.returncode == 0
    assert counted() == 8 * 12


def test_threads_of_one_process_queue_as_well(app: Flask, environ: dict[str, str]) -> None:
    make_plan()

    def add(number: int) -> None:
        for step in range(10):
            while True:
                try:
                    with plan_to_change() as plan:
                        counted = int(plan.event.tagline.get("count", "0"))
                        plan.event.tagline = {"count": str(counted + 1)}
                        add_room(plan.event, slug=f"room-{number}-{step}", name={"ar": "غرفة"})
                    break
                except StaleDataError:
                    assert not is_sqlite()

    in_another_thread(environ, *(lambda number=number: add(number) for number in range(4)))
    assert counted() == 40
    assert len(db.session.scalars(select(Room)).all()) == 42


def test_a_kill_in_the_middle_of_a_transaction_leaves_what_was_before(
    app: Flask, environ: dict[str, str]
) -> None:
    make_plan()
    work = """
def work(number):
    with write_tx() as session:
        session.query(Event).one().slug = "half-done"
        session.flush()
        print("written", flush=True)
        time.sleep(60)
"""
    worker = start(environ, work, count=1)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "written\n"
    os.killpg(worker.pid, signal.SIGKILL)
    worker.communicate()
    assert db.session.scalars(select(Event.slug)).one() == SLUG
    with plan_to_change() as plan:
        plan.event.slug = "written-after"
    assert_is_sound()


def test_what_was_acknowledged_before_a_kill_is_there(app: Flask, environ: dict[str, str]) -> None:
    make_plan()
    work = f"""{_COUNT_UP}
def work(number):
    while True:
        try:
            count_up()
            print("done", flush=True)
        except StaleDataError:
            pass
"""
    workers = start(environ, work, count=3)
    assert workers.stdout is not None
    for _ in range(20):
        workers.stdout.readline()
    os.killpg(workers.pid, signal.SIGKILL)
    acknowledged = 20 + workers.communicate()[0].count("done\n")
    assert acknowledged <= counted() <= acknowledged + 3
    assert_is_sound()


def test_rows_cannot_lose_their_parents(app: Flask) -> None:
    make_plan()
    with pytest.raises(IntegrityError), write_tx() as session:
        session.execute(insert(Room).values(event_id=77, slug="x", name={}, position=1))


def test_an_error_tells_the_statement_but_not_what_was_written(app: Flask) -> None:
    with pytest.raises(IntegrityError) as raised, write_tx() as session:
        session.execute(text("insert into event (slug) values (:slug)"), {"slug": "zin-of-botan"})
    assert "insert into event" in str(raised.value)
    assert "[parameters:" not in str(raised.value)


def test_connections_to_sqlite_are_set_up_for_several_processes(app: Flask) -> None:
    if not is_sqlite():
        pytest.skip("SQLite only")
    expected = {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 15000,
        "secure_delete": 1,
        "trusted_schema": 0,
    }
    with db.engine.connect() as connection:
        found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in expected}
        version = connection.scalar(text("select sqlite_version()"))
    assert found == expected
    assert tuple(map(int, str(version).split("."))) >= (3, 51, 3)


def test_a_writing_transaction_of_sqlite_takes_its_lock_at_its_beginning(app: Flask) -> None:
    if not is_sqlite():
        pytest.skip("SQLite only")
    make_plan()
    with statements(begins=True) as sent:
        with plan_to_change() as plan:
            plan.event.time_zone = "Asia/Erbil"
        db.session.scalars(select(Event)).all()
    assert [statement for statement in sent if statement.startswith("BEGIN")] == [
        "BEGIN IMMEDIATE",
        "BEGIN",
    ]


def test_writers_of_sqlite_stand_in_a_queue_of_the_system(
    app: Flask, environ: dict[str, str]
) -> None:
    """SQLite's own waiting has no queue: under load some would wait in vain."""
    if not is_sqlite():
        pytest.skip("SQLite only")
    file = Path(environ["PLANNER_INSTANCE"]) / "planner.sqlite.lock"
    with write_tx(), file.open("w") as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_what_is_deleted_is_gone_from_the_file(app: Flask, environ: dict[str, str]) -> None:
    if not is_sqlite():
        pytest.skip("SQLite only")
    make_plan()
    with plan_to_change() as plan:
        plan.event.withheld_name = {"en": "Gilgameshthecanary" * 40}
    with plan_to_change() as plan:
        plan.event.withheld_name = {}
    db.session.remove()
    with db.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    content = (Path(environ["PLANNER_INSTANCE"]) / "planner.sqlite").read_bytes()
    assert b"River Days" in content
    assert b"Gilgameshthecanary" not in content


def test_arabic_stays_readable_in_the_database(app: Flask) -> None:
    make_plan()
    name = db.session.execute(text("select name from event")).scalar_one()
    assert "أيام النهر" in str(name)


def in_another_thread(environ: dict[str, str], *works: Callable[[], Any]) -> None:
    """Run work in threads of one more application, as a server does, and wait for the end."""
    other = create_app(environ)
    failed: list[BaseException] = []

    def run(work: Callable[[], Any]) -> None:
        try:
            with other.app_context():
                work()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with other.app_context():
        db.engine.dispose()
    assert failed == []


def assert_is_sound() -> None:
    """Check a SQLite file as SQLite itself does."""
    db.session.rollback()
    if is_sqlite():
        assert db.session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []


def _move_to(zone: str) -> None:
    with plan_to_change() as plan:
        plan.event.time_zone = zone
