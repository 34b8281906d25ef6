"""What becomes of agendas: counted for organizers, forgotten when nobody needs them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner.agenda import operations
from planner.agenda.keys import reading_token
from planner.agenda.models import Agenda, Star
from planner.agenda.operations import change_stars, forget_old_agendas
from planner.agenda.queries import agenda_of, agendas, shared_agenda, stars
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from tests.plans import OPENING, SLUG, WATER, WOMEN, make_plan
from tests.statements import statements

LAST = date(2017, 1, 19)
OVER = datetime(2017, 1, 20, 12, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.moment = OVER

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of all changes."""
    made = Clock()
    monkeypatch.setattr(operations, "now", made)
    return made


def starred(*codes: str, language: str = "en", key: str | None = None) -> str:
    """Set stars; return the key of the agenda."""
    return change_stars(SLUG, key, language=language, release=1, add=codes)


def left() -> int:
    """Return how many agendas there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Agenda)) or 0


def test_stars_are_counted_by_session_and_language(app: Flask) -> None:
    make_plan()
    starred(WATER, WOMEN)
    starred(WATER, language="ckb")
    changing = starred(WATER, OPENING)
    starred(WOMEN, language="ckb", key=changing)
    with statements() as sent:
        assert stars(SLUG) == {
            OPENING: {"ckb": 1},
            WATER: {"ckb": 2, "en": 1},
            WOMEN: {"ckb": 1, "en": 1},
        }
        assert agendas(SLUG) == {"ckb": 2, "en": 1}
    assert len(sent) == 2
    assert stars("other-days") == {}


def test_agendas_are_forgotten_a_month_after_the_event_and_their_last_change(
    app: Flask, clock: Clock
) -> None:
    make_plan()
    old, young = starred(WATER), starred(WOMEN)
    clock.moment = OVER + timedelta(days=29)
    starred(OPENING, key=young)
    assert forget_old_agendas([(SLUG, LAST)]) == 0
    clock.moment = OVER + timedelta(days=31)
    assert forget_old_agendas([(SLUG, LAST + timedelta(days=9))]) == 0
    assert forget_old_agendas([(SLUG, LAST)]) == 1
    assert agenda_of(SLUG, old) is None
    assert agenda_of(SLUG, young) is not None
    clock.moment = OVER + timedelta(days=61)
    assert forget_old_agendas([(SLUG, LAST)]) == 1
    assert db.session.scalar(select(func.count()).select_from(Star)) == 0


def test_empty_agendas_are_forgotten_after_a_day(app: Flask, clock: Clock) -> None:
    make_plan()
    key = starred(WATER)
    change_stars(SLUG, key, language="en", release=1, drop=[WATER])
    clock.moment += timedelta(hours=20)
    assert forget_old_agendas([]) == 0
    clock.moment += timedelta(hours=20)
    assert forget_old_agendas([]) == 1


def test_forgetting_writes_nothing_where_there_is_nothing_to_forget(
    app: Flask, clock: Clock
) -> None:
    make_plan()
    starred(WATER)
    with statements() as sent:
        forget_old_agendas([(SLUG, LAST)])
    assert [statement.split()[0] for statement in sent] == ["SELECT"]


def test_agendas_follow_an_event_that_is_called_otherwise_and_go_with_it(app: Flask) -> None:
    make_plan()
    key = starred(WATER)
    with write_tx() as database:
        event = database.scalars(select(Event)).one()
        event.slug = "marsh-days"
    assert agenda_of(SLUG, key) is None
    kept = agenda_of("marsh-days", key)
    assert kept is not None
    assert kept == shared_agenda("marsh-days", reading_token(key))
    with write_tx() as database:
        database.delete(database.scalars(select(Event)).one())
    assert left() == 0


def test_tick_forgets_them(app: Flask, clock: Clock) -> None:
    make_plan()
    starred(WATER)
    clock.moment = OVER + timedelta(days=90)
    told = app.test_cli_runner().invoke(args=["tick"])
    assert "Agendas that nobody needs any more are deleted (1)." in told.output
    assert left() == 0
