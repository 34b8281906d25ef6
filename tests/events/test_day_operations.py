"""The days of an event: their hours and names, more of them, and fewer."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.events import day_operations as operations
from planner.events.hours import Hours, hours_of
from planner.events.models import Day, Event, LabelState, TextState
from planner.events.operations import change_dates
from planner.events.queries import named_digest
from planner.extensions import db
from planner.journal.recording import GoneError, StaleError
from planner.journal.undoing import undo
from tests.desks import make_user
from tests.plans import DAY, OPENING, SLUG, WATER, WOMEN, make_plan

NEXT = DAY + timedelta(days=1)
USUAL, LATE = Hours(8 * 60, 20 * 60), Hours(10 * 60, 26 * 60)


@pytest.fixture
def user_id(app: Flask) -> int:
    """Return the number of an organizer of the small event."""
    make_plan()
    return make_user()


def event() -> Event:
    """Return the small event as it is now."""
    db.session.expire_all()
    return db.session.scalars(select(Event).where(Event.slug == SLUG)).one()


def change(user_id: int, day: date, version: int | None, name: str, hours: Hours) -> None:
    """Change a day of the small event."""
    operations.change_day(
        event().id, user_id, day, version=version, name={"ckb": name} if name else {}, hours=hours
    )


def test_a_day_has_the_hours_of_the_event_until_it_has_its_own(user_id: int) -> None:
    change(user_id, NEXT, None, "", LATE)
    assert hours_of(event()) == {DAY: USUAL, NEXT: LATE}
    change(user_id, NEXT, 1, "", USUAL)
    assert hours_of(event()) == {DAY: USUAL, NEXT: USUAL}
    assert event().days == []


def test_a_day_with_a_name_follows_the_hours_of_the_event(user_id: int) -> None:
    change(user_id, DAY, None, "ڕۆژی گەنجان", USUAL)
    change(user_id, NEXT, None, "", LATE)
    values = {"day_from": 9 * 60, "day_to": 21 * 60}
    change_dates(event().id, user_id, version=event().version, values=values)
    assert hours_of(event()) == {DAY: Hours(540, 1260), NEXT: LATE}
    assert event().days[0].name == {"ckb": "ڕۆژی گەنجان"}


def test_a_stale_change_of_a_day_is_refused(user_id: int) -> None:
    change(user_id, DAY, None, "ڕۆژی گەنجان", USUAL)
    for version in (None, 2):
        with pytest.raises(StaleError):
            change(user_id, DAY, version, "ڕۆژی ژنان", USUAL)
    assert db.session.scalars(select(Day)).one().name == {"ckb": "ڕۆژی گەنجان"}


def test_a_day_of_no_event_cannot_be_changed(user_id: int) -> None:
    with pytest.raises(GoneError):
        change(user_id, DAY - timedelta(days=1), None, "", LATE)
    with pytest.raises(GoneError):
        operations.remove_day(event().id, user_id, DAY - timedelta(days=1), named="")


def test_days_are_added_at_both_ends(user_id: int) -> None:
    assert operations.add_day(event().id, user_id, before=True) == DAY - timedelta(days=1)
    assert operations.add_day(event().id, user_id, before=False) == NEXT + timedelta(days=1)
    assert len(hours_of(event())) == 4


def test_a_day_that_is_taken_out_leaves_its_sessions_where_they_are(user_id: int) -> None:
    change(user_id, DAY, None, "ڕۆژی گەنجان", USUAL)
    there = operations.placed_on(event(), DAY)
    assert [session.code for session in there] == [OPENING, WATER, WOMEN]
    with pytest.raises(StaleError):
        operations.remove_day(event().id, user_id, DAY, named=named_digest([]))
    entry = operations.remove_day(event().id, user_id, DAY, named=named_digest(there))
    assert (event().first_day, event().days) == (NEXT, [])
    assert [session.starts_at for session in operations.placed_on(event(), DAY)] == [
        session.starts_at for session in there
    ]
    with pytest.raises(operations.OnlyDayError):
        operations.remove_day(event().id, user_id, NEXT, named=named_digest([]))
    assert entry is not None
    undo(event().id, user_id, entry.id)
    assert event().first_day == DAY
    assert event().days[0].name == {"ckb": "ڕۆژی گەنجان"}


def test_the_last_day_is_taken_out(user_id: int) -> None:
    operations.remove_day(event().id, user_id, NEXT, named=named_digest([]))
    assert event().last_day == DAY


def test_what_translators_made_of_its_name_goes_with_a_day(user_id: int) -> None:
    change(user_id, NEXT, None, "ڕۆژی گەنجان", USUAL)
    with write_tx() as session:
        session.add(
            LabelState(
                event_id=event().id,
                subject=f"day:{event().days[0].id}",
                field="name",
                lang="ar",
                state=TextState.REVIEWED,
            )
        )
    entry = operations.remove_day(event().id, user_id, NEXT, named=named_digest([]))
    assert db.session.scalars(select(LabelState.lang)).all() == []
    assert entry is not None
    undo(event().id, user_id, entry.id)
    assert db.session.scalars(select(LabelState.lang)).all() == ["ar"]
