"""Registrations are deleted when nobody confirms them, when somebody asks, and on their day."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry
from planner.lib.clock import now
from planner.participants.models import Participant, Principles, Standing
from planner.registration.desk_operations import cancel, erase, put_first
from tests.desks import make_user
from tests.plans import plan_to_change
from tests.registration.people import Registrant, make_registration, messages, several, wall
from tests.traces import traces

_SECRETS = (
    "qorvexan zumbrilek",
    "qorvexan@people.invalid",
    "بنت الريح الخفية",
    "needs qorvexan ramp",
)


def tick(app: Flask) -> str:
    """Let a minute's work be done; return what is said."""
    result = app.test_cli_runner().invoke(args=["tick"])
    assert result.exit_code == 0, result.output
    return result.output


def people() -> int:
    """Return how many registrations there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count(Participant.id))) or 0


def age(hours: float) -> None:
    """Let all registrations have been sent so many hours ago."""
    with write_tx() as database:
        database.execute(update(Participant).values(created_at=now() - timedelta(hours=hours)))


def octets(app: Flask) -> bytes:
    """Return all that stands in the files of the installation."""
    db.session.remove()
    folder = Path(app.instance_path)
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def hidden(app: Flask) -> Registrant:
    """Let somebody register whose every word can be found."""
    name, email, organisation, needs = _SECRETS
    person = Registrant(app, email)
    person.send(name=name, organisation=organisation, access_needs=needs)
    return person


def test_what_nobody_confirms_vanishes_after_two_days(app: Flask) -> None:
    make_registration(app)
    Registrant(app, "kept@people.invalid").confirmed()
    Registrant(app).register()
    age(47.9)
    tick(app)
    assert people() == 2
    age(49.1)
    assert "Registrations that nobody confirmed are deleted (1)." in tick(app)
    assert people() == 1
    assert Registrant(app, "kept@people.invalid").standing is Standing.REGISTERED
    assert len(messages()) == 1


def test_without_mail_it_waits_for_organizers(app: Flask) -> None:
    make_registration(app)
    Registrant(app).register()
    app.config["SMTP_URL"] = None
    age(500)
    tick(app)
    assert people() == 1


@pytest.mark.parametrize("days", [0, 1])
def test_on_the_day_that_was_set_everything_goes(app: Flask, days: int) -> None:
    make_registration(app)
    several(app, 2)
    hidden(app)
    with plan_to_change() as plan:
        plan.event.participants_kept_until = wall(now()).date() + timedelta(days=days)
    said = tick(app)
    if days:
        assert people() == 3
        return
    assert people() == 0
    assert "river-days" in said
    assert db.session.scalar(select(func.count(Principles.id))) == 0
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert entry.facts == {"count": 3}
    if db.engine.dialect.name == "sqlite":
        assert traces(octets(app), *_SECRETS) == []


def test_without_a_day_it_is_thirty_days_after_the_last(app: Flask) -> None:
    make_registration(app)
    several(app, 1)
    with plan_to_change() as plan:
        plan.event.participants_kept_until = None
        plan.event.last_day = wall(now()).date() - timedelta(days=29)
    tick(app)
    assert people() == 1
    with plan_to_change() as plan:
        plan.event.last_day = wall(now()).date() - timedelta(days=30)
    tick(app)
    assert people() == 0


def test_an_erasure_leaves_nothing_in_the_tables_or_the_files(app: Flask) -> None:
    make_registration(app, places=1)
    several(app, 1)
    person = hidden(app)
    person.do()
    person.do("/change", name=_SECRETS[0], follow=["ar"], access_needs=_SECRETS[3])
    row, user_id = person.row, make_user()
    event_id, number = row.event_id, row.id
    put_first(event_id, user_id, number)
    cancel(event_id, user_id, number)
    assert traces(_tables(), *_SECRETS)
    erase(event_id, user_id, number, instance=Path(app.instance_path))
    assert traces(_tables(), *_SECRETS) == []
    tick(app)  # the timer finishes what was busy
    if db.engine.dialect.name == "sqlite":
        assert traces(octets(app), *_SECRETS) == []


def test_nobody_is_named_in_the_history(app: Flask) -> None:
    make_registration(app)
    person = hidden(app)
    person.do()
    row = person.row
    cancel(row.event_id, make_user(), row.id)
    told = str([(entry.action, entry.facts) for entry in db.session.scalars(select(Entry))])
    assert "participants.cancelled" in told
    assert traces(told.encode(), *_SECRETS) == []


def test_deleting_an_event_deletes_who_registered(app: Flask) -> None:
    make_registration(app)
    several(app, 2)
    with write_tx() as database:
        database.execute(Event.__table__.delete())  # type: ignore[attr-defined]
    assert people() == 0


def _tables() -> bytes:
    db.session.rollback()
    return "\n".join(
        str(tuple(row))
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
    ).encode()
