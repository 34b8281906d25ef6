"""Who looks at which day: written down seldom, forgotten soon."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from planner.events.models import Event
from planner.extensions import db
from planner.lib.clock import now
from planner.timetable import presence
from planner.timetable.presence import present, see
from tests.desks import make_user
from tests.plans import DAY, make_plan
from tests.statements import statements


@pytest.fixture
def event_id(app: Flask) -> int:
    """Return the number of the small event."""
    make_plan()
    return db.session.scalars(select(Event.id)).one()


def after(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let that much time pass."""
    later = now() + timedelta(seconds=seconds)

    def clock() -> datetime:
        return later

    monkeypatch.setattr(presence, "now", clock)


def test_others_are_seen_by_name_and_oneself_is_not(event_id: int) -> None:
    inanna, enki = make_user(), make_user("enki@desk.example", name="Enki")
    see(event_id, inanna, DAY)
    see(event_id, enki, DAY)
    assert present(event_id, DAY, but=inanna) == ["Enki"]
    assert present(event_id, DAY, but=enki) == ["Inanna"]
    assert present(event_id, DAY + timedelta(days=1), but=enki) == []


def test_who_goes_to_another_day_is_seen_there_only(event_id: int) -> None:
    inanna, enki = make_user(), make_user("enki@desk.example", name="Enki")
    see(event_id, enki, DAY)
    see(event_id, enki, DAY + timedelta(days=1))
    assert present(event_id, DAY, but=inanna) == []
    assert present(event_id, DAY + timedelta(days=1), but=inanna) == ["Enki"]


def test_who_was_not_seen_for_a_minute_is_gone(
    event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    inanna, enki = make_user(), make_user("enki@desk.example", name="Enki")
    see(event_id, enki, DAY)
    after(monkeypatch, 55)
    assert present(event_id, DAY, but=inanna) == ["Enki"]
    after(monkeypatch, 61)
    assert present(event_id, DAY, but=inanna) == []


def test_it_is_written_only_when_it_says_something_new(
    event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    inanna = make_user()
    see(event_id, inanna, DAY)
    with statements() as sent:
        see(event_id, inanna, DAY)
    assert not [statement for statement in sent if statement.startswith(("INSERT", "UPDATE"))]
    after(monkeypatch, 11)
    with statements() as sent:
        see(event_id, inanna, DAY)
    assert [statement for statement in sent if statement.startswith("UPDATE")]
