"""Eight organizers on one board, each a process: whatever they press, no change is lost."""

import os
import subprocess
import sys
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry, Row
from planner.sessions.models import Session
from planner.timetable.conflicts import Severity, conflicts
from planner.timetable.plan import plan_of
from tests.desks import join, make_user
from tests.timetable.crowd import make_crowd

_PEOPLE, _EACH = 8, 12

#: Forks workers before any of them has connected to the database. Each moves sessions of the same
#: few, as somebody does who looked, pressed, and looks again when others were quicker.
_WORKERS = """
import os, random, sys
from datetime import datetime, timedelta

from planner import create_app
from planner.extensions import db
from planner.journal.recording import StaleError
from planner.sessions.models import Session
from planner.timetable import operations
from planner.timetable.operations import ImpossibleError
from planner.timetable.queries import Slot

PEOPLE, EACH = {people}, {each}
ROOMS = [f"room-{{number}}" for number in range(3)]


def hammer(user_id):
    chance = random.Random(user_id)
    moved = 0
    while moved < EACH:
        db.session.rollback()
        sessions = db.session.query(Session).filter(Session.minutes <= 45).limit(10).all()
        session = chance.choice(sessions)
        code, version = session.code, session.version
        begin = datetime(2017, 1, 18, 8) + timedelta(minutes=5 * chance.randrange(130))
        slot = Slot(begin, chance.choice(ROOMS), session.minutes, across=False)
        try:
            entry = operations.move(1, user_id, code, slot, version=version)
        except (StaleError, ImpossibleError) as refused:
            print(type(refused).__name__, flush=True)
            continue
        moved += entry is not None


app = create_app(dict(os.environ))
children = []
for user_id in range(1, PEOPLE + 1):
    child = os.fork()
    if not child:
        try:
            with app.app_context():
                hammer(user_id)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    children.append(child)
sys.exit(sum(os.waitpid(child, 0)[1] != 0 for child in children))
"""


def test_eight_people_who_hammer_one_board_lose_no_change(
    app: Flask, environ: dict[str, str]
) -> None:
    """Versions, entries and successes agree, and nobody got a place that another had taken."""
    make_crowd(12, 3, 1, unplaced=12)
    for number in range(_PEOPLE):
        join(make_user(f"{number}@desk.example"), slug="crowd")
    before = _versions()
    db.session.remove()
    db.engine.dispose()
    workers = subprocess.run(
        [sys.executable, "-c", _WORKERS.format(people=_PEOPLE, each=_EACH)],
        env={**os.environ, **environ},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (workers.returncode, workers.stderr) == (0, "")
    done = _PEOPLE * _EACH
    assert _versions() - before == done
    assert db.session.scalar(select(func.count(Entry.id))) == done
    assert db.session.scalar(select(func.count(Row.id))) == done
    by_person = db.session.execute(
        select(Entry.user_id, func.count(Entry.id)).group_by(Entry.user_id)
    )
    assert {count for _, count in by_person} == {_EACH}
    plan = plan_of(db.session.scalars(select(Event.id)).one())
    assert not [item for item in conflicts(plan) if item.severity is Severity.ERROR]
    assert "ImpossibleError" in workers.stdout


def test_the_journal_tells_every_step_of_a_session(app: Flask, environ: dict[str, str]) -> None:
    """What a change found is what the one before it left."""
    make_crowd(12, 3, 1, unplaced=12)
    for number in range(_PEOPLE):
        join(make_user(f"{number}@desk.example"), slug="crowd")
    db.session.remove()
    db.engine.dispose()
    subprocess.run(
        [sys.executable, "-c", _WORKERS.format(people=_PEOPLE, each=3)],
        env={**os.environ, **environ},
        capture_output=True,
        timeout=100,
        check=True,
    )
    known: dict[str, dict[str, object]] = {}
    for row in db.session.scalars(select(Row).order_by(Row.id)):
        assert row.before is not None
        assert row.after is not None
        last = known.setdefault(row.subject, {})
        for column, value in row.before.items():
            assert last.get(column, value) == value, row.subject
        last.update(row.after)


def _versions() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.sum(Session.version))).one() or 0
