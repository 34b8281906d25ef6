"""Recording: what is written, and what is refused."""

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import WriteOutsideTransactionError
from planner.events.models import Event, Room
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import StaleError, check_version, recorded
from planner.sessions.models import Session
from tests.desks import make_user
from tests.plans import WATER, make_plan

RENAMED = words.action("tried.renamed", N_("Room “%(room)s” was tried"))


@pytest.fixture
def event_id(app: Flask) -> int:
    """Return the number of the small event."""
    make_plan()
    return db.session.scalars(select(Event.id)).one()


def test_a_change_that_changes_nothing_is_no_entry(event_id: int) -> None:
    with recorded(event_id, None, RENAMED) as record:
        room = record.database.scalars(select(Room).where(Room.slug == "tigris")).one()
        room.name = dict(room.name)
        room.capacity = room.capacity
    assert record.entry is None
    assert db.session.scalars(select(Entry)).all() == []


def test_a_change_that_fails_leaves_neither_change_nor_entry(event_id: int) -> None:
    with pytest.raises(ZeroDivisionError), recorded(event_id, None, RENAMED) as record:
        room = record.database.scalars(select(Room).where(Room.slug == "tigris")).one()
        room.capacity = 7
        record.database.flush()
        raise ZeroDivisionError
    assert db.session.scalars(select(Entry)).all() == []
    assert db.session.scalars(select(Room.capacity).where(Room.slug == "tigris")).one() == 220


def test_an_entry_holds_what_changed_and_nothing_else(event_id: int) -> None:
    user_id = make_user()
    with recorded(event_id, user_id, RENAMED) as record:
        room = record.database.scalars(select(Room).where(Room.slug == "tigris")).one()
        room.capacity = 90
        record.facts["room"] = words.texts(room.name)
    entry = db.session.scalars(select(Entry)).one()
    assert entry.user_id == user_id
    assert [(row.table, row.before, row.after) for row in entry.rows] == [
        ("room", {"capacity": 220}, {"capacity": 90})
    ]
    assert entry.facts == {"room": {"texts": {"ar": "قاعة دجلة"}, "original": None}}


def test_a_change_of_a_text_is_one_of_its_session(event_id: int) -> None:
    before = db.session.scalars(select(Session).where(Session.code == WATER)).one().version
    with recorded(event_id, None, RENAMED) as record:
        session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        session.texts["ar"].abstract = "نص جديد"
    session = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    assert session.version == before + 1
    with pytest.raises(StaleError):
        check_version(session, before)
    check_version(session, before + 1)


def test_what_is_changed_outside_is_refused(event_id: int) -> None:
    room = db.session.scalars(select(Room).where(Room.slug == "tigris")).one()
    room.capacity = 5
    with pytest.raises(WriteOutsideTransactionError), recorded(event_id, None, RENAMED):
        pass
    db.session.rollback()


def test_two_actions_cannot_have_one_key() -> None:
    with pytest.raises(ValueError, match="already"):
        words.action("tried.renamed", "something else")
