"""What must always hold of sessions and speakers: the database itself refuses everything else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from planner.database import write_tx
from planner.events.models import Event, Room, Theme
from planner.extensions import db
from planner.programme.vocabulary import Kind
from planner.sessions.models import (
    TRANSITIONS,
    Answer,
    Session,
    SessionSpeaker,
    SessionText,
    State,
    TransitionError,
)
from planner.speakers.models import Speaker, Visibility
from tests.plans import SIDURI, SLUG, WATER, ZIN, at, make_plan, plan_to_change


def refused(statement: str) -> None:
    """Check that the database refuses a statement, whoever writes it."""
    make_plan()
    with pytest.raises((IntegrityError, DataError)), write_tx() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "update session set starts_at = null",
        "update session set room_id = null",
        "update session set starts_at = null, across_rooms = true",
        "update session set minutes = 0",
        "update session set minutes = -5",
        "update session set audience = -1",
        "update session set kind = 'party'",
        "update session set kind = 'PANEL'",
        "update session set state = 'done'",
        "update session set state = null",
        "update session set event_id = 77",
        "update session set room_id = 77",
        "update session set theme_id = 77",
        "update session set code = 'CDFGHJ'",
        "update session set guid = 'the same'",
        "update session set source_key = 'the same'",
    ],
)
def test_a_session_that_makes_no_sense_is_refused(app: Flask, statement: str) -> None:
    refused(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "update session set starts_at = null, room_id = null",
        "update session set room_id = null, across_rooms = true where starts_at is not null",
        "update session set theme_id = null",
        "update session set audience = 0",
        "update session set minutes = 1",
    ],
)
def test_a_session_may_be_unplaced_or_held_everywhere(app: Flask, statement: str) -> None:
    make_plan()
    with write_tx() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "update speaker set visibility = 'secret'",
        "update speaker set visibility = null",
        "update session_speaker set role = 'guest'",
        "update session_speaker set answer = 'maybe'",
        "update session_text set state = 'good'",
        "update session_text set title = ''",
        "update theme set colour = 'black'",
        "update theme set slug = 'water'",
        "update room set slug = 'tigris'",
        "update room set capacity = 0",
        "update room set booths = -1",
        "update event set last_day = '2017-01-17'",
        "update event set day_from = 1440",
        "update event set day_from = -1",
        "update event set day_to = day_from",
        "update event set day_to = day_from + 1441",
        "update event set latitude = 91",
        "update event set longitude = -181",
        "update event set registration_opens = '2017-01-02', registration_closes = '2017-01-01'",
        "update speaker set source_key = 'the same'",
    ],
)
def test_what_makes_no_sense_is_refused_in_every_table(app: Flask, statement: str) -> None:
    refused(statement)


def test_a_text_without_a_title_may_only_be_a_missing_one(app: Flask) -> None:
    make_plan()
    with write_tx() as session:
        session.execute(text("update session_text set title = '', state = 'missing'"))


def test_a_speaker_of_whom_nobody_said_more_is_withheld_also_in_raw_sql(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.event.speakers.append(Speaker(code="GHJKMN", number=98))
        db.session.flush()
        db.session.execute(
            text(
                "insert into speaker (event_id, code, number, spoken_languages, version)"
                " values (:event, 'HJKMNP', 99, '[]', 1)"
            ),
            {"event": plan.event.id},
        )
    found = db.session.scalars(select(Speaker).where(Speaker.code.in_(["GHJKMN", "HJKMNP"])))
    assert {speaker.visibility for speaker in found} == {Visibility.WITHHELD}


def test_a_speaker_who_was_not_asked_yet_has_not_answered(app: Flask) -> None:
    make_plan()
    assert set(db.session.scalars(select(SessionSpeaker.answer))) == {Answer.ASKED}


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_a_session_goes_from_state_to_state_only_where_the_table_says_so(
    app: Flask, before: State, after: State
) -> None:
    """Also when it was just read from the database, or not even read yet."""
    make_plan()
    with write_tx() as session:
        session.execute(update(Session).where(Session.code == WATER).values(state=before.value))

    def change() -> None:
        with plan_to_change() as plan:
            item = plan.sessions[WATER]
            db.session.expire(item)
            item.state = after

    if after is before or after in TRANSITIONS[before]:
        change()
        assert _state() is after
    else:
        with pytest.raises(TransitionError, match=WATER):
            change()
        assert _state() is before


def _state() -> State | None:
    return db.session.scalar(select(Session.state).where(Session.code == WATER))


def test_from_every_state_there_is_a_way_and_none_leads_to_itself() -> None:
    assert set(TRANSITIONS) == set(State)
    assert all(after and before not in after for before, after in TRANSITIONS.items())


def test_every_start_is_a_wall_clock_without_an_offset(app: Flask) -> None:
    make_plan()
    start = db.session.scalar(select(Session.starts_at).where(Session.code == WATER))
    assert start == at(10)
    assert isinstance(start, datetime)
    assert start.tzinfo is None


def test_a_room_in_use_cannot_be_deleted(app: Flask) -> None:
    make_plan()
    with pytest.raises(IntegrityError), write_tx() as session:
        session.execute(delete(Room).where(Room.slug == "tigris"))


def test_a_theme_that_is_deleted_leaves_its_sessions(app: Flask) -> None:
    make_plan()
    with write_tx() as session:
        session.execute(delete(Theme).where(Theme.slug == "water"))
    found = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    assert found.theme is None


def _by_statement(event: Event) -> None:
    db.session.execute(delete(Event).where(Event.id == event.id))


@pytest.mark.parametrize("remove", [_by_statement, db.session.delete], ids=["sql", "orm"])
def test_an_event_is_deleted_with_all_that_is_its_own(
    app: Flask, remove: Callable[[Event], None]
) -> None:
    make_plan()
    make_plan("other-days", codes="9")
    with plan_to_change() as plan:
        remove(plan.event)
    kept = db.session.scalars(select(Event)).one()
    assert kept.slug == "other-days"
    for table in (Room, Theme, Session, Speaker):
        assert set(db.session.scalars(select(table.event_id))) == {kept.id}
    codes = set(db.session.scalars(select(Session.id)))
    for child in (SessionText, SessionSpeaker):
        assert set(db.session.scalars(select(child.session_id))) == codes


def test_a_speaker_who_is_deleted_leaves_sessions_without_them(app: Flask) -> None:
    make_plan()
    with write_tx() as session:
        session.execute(delete(Speaker).where(Speaker.code == SIDURI))
    found = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    assert [person.speaker.code for person in found.people][-1] == ZIN
    assert len(found.people) == 2


def test_a_code_is_taken_in_the_whole_installation(app: Flask) -> None:
    make_plan()
    make_plan("other-days", codes="9")
    with pytest.raises(IntegrityError), plan_to_change("other-days") as plan:
        plan.sessions[f"9{WATER}"].code = WATER


def test_two_events_may_hold_sessions_of_the_same_guid(app: Flask) -> None:
    """The same conference may be imported twice, as two events."""
    make_plan()
    make_plan("other-days", codes="9")
    with write_tx() as session:
        session.execute(update(Session).where(Session.code == WATER).values(guid="same"))
        session.execute(update(Session).where(Session.code == f"9{WATER}").values(guid="same"))


def test_a_slug_is_taken_in_the_whole_installation(app: Flask) -> None:
    make_plan()
    make_plan("other-days", codes="9")
    with pytest.raises(IntegrityError), plan_to_change("other-days") as plan:
        plan.event.slug = SLUG


def test_raw_rows_of_sessions_are_held_to_the_same_rules(app: Flask) -> None:
    make_plan()
    with pytest.raises((IntegrityError, DataError)), plan_to_change() as plan:
        db.session.execute(
            insert(Session).values(
                event_id=plan.event.id,
                code="HJKMNP",
                guid="x",
                kind=Kind.PANEL,
                minutes=30,
                original_language="ar",
                starts_at=at(12),
                version=1,
            )
        )
