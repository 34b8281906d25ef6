"""A release holds each change of the plan whole or not at all, however they fall together."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event, select

from planner import create_app
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import Record, recorded
from planner.programme.document import Programme, decode
from planner.programme.vocabulary import Stage
from planner.releases.models import Release
from planner.releases.operations import publish
from planner.sessions.models import Session
from planner.speakers.models import Speaker
from tests.plans import FIRST, SIDURI, SLUG, WATER, make_plan

_RENAMED = words.action("event.tested", N_("Texts of the event changed"))
_OLD, _NEW = ("قاعة دجلة", "حق الوصول إلى الماء", "سيدوري"), ("قاعة", "الماء", "صاحبة الحانة")


@pytest.fixture
def other(app: Flask, environ: dict[str, str]) -> Iterator[Flask]:
    """Return an application like that of another process, on the same database."""
    make_plan()
    other = create_app(environ)
    yield other
    with other.app_context():
        db.engine.dispose()


def rename(record: Record) -> None:
    """Change a room, a session and a speaker at once: a release reads them one after another."""
    plan = record.database.scalars(select(Event).where(Event.slug == SLUG)).one()
    plan.rooms[0].name = {"ar": _NEW[0]}
    session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
    session.texts["ar"].title = _NEW[1]
    speaker = record.database.scalars(select(Speaker).where(Speaker.code == SIDURI)).one()
    speaker.texts["ar"].display_name = _NEW[2]
    record.database.flush()


def told(programme: Programme) -> tuple[str, str, str]:
    """Return what a programme says of those three."""
    room = next(room for room in programme.rooms if room.slug == "tigris")
    session = next(session for session in programme.sessions if session.code == WATER)
    speaker = next(speaker for speaker in programme.speakers if speaker.code == SIDURI)
    return room.name["ar"], session.title["ar"], speaker.name["ar"]


def only_release() -> Programme:
    """Return what was published."""
    db.session.rollback()
    return decode(db.session.scalars(select(Release)).one().document)


def event_id() -> int:
    """Return the number of the small event."""
    return db.session.scalars(select(Event.id).where(Event.slug == SLUG)).one()


def test_a_change_that_comes_while_a_plan_is_read_waits_for_its_release(other: Flask) -> None:
    reading, changed = threading.Event(), threading.Event()

    def change() -> None:
        with other.app_context():
            number = event_id()
            reading.wait(10)
            with recorded(number, None, _RENAMED) as record:
                rename(record)
            changed.set()

    def pause(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM speaker" in statement and not reading.is_set():
            reading.set()
            assert not changed.wait(1), "a change went in between"

    thread = threading.Thread(target=change)
    thread.start()
    event.listen(db.engine, "before_cursor_execute", pause)
    try:
        publish(SLUG, Stage.DRAFT, at=FIRST)
    finally:
        event.remove(db.engine, "before_cursor_execute", pause)
        reading.set()
        thread.join()
    assert changed.is_set()
    assert told(only_release()) == _OLD


def test_a_release_that_comes_while_a_plan_is_changed_waits_for_the_change(other: Flask) -> None:
    begun, published = threading.Event(), threading.Event()

    def release() -> None:
        with other.app_context():
            begun.wait(10)
            publish(SLUG, Stage.DRAFT, at=FIRST)
            published.set()

    thread = threading.Thread(target=release)
    thread.start()
    try:
        with recorded(event_id(), None, _RENAMED) as record:
            rename(record)
            begun.set()
            assert not published.wait(1), "a release went in between"
    finally:
        begun.set()
        thread.join()
    assert told(only_release()) == _NEW
