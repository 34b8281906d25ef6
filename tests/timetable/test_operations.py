"""Placing sessions: what is changed, refused, journaled, and what undo makes of it."""

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.events.models import Event, Room
from planner.extensions import db
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.queries import newest
from planner.journal.recording import GoneError, StaleError
from planner.journal.undoing import undo
from planner.programme.vocabulary import Kind
from planner.sessions.models import Session, State
from planner.timetable import operations
from planner.timetable.operations import ImpossibleError, NothingToDoError, Shift
from planner.timetable.queries import Slot
from tests.desks import join, make_user
from tests.plans import OPENING, PROPOSED, WATER, WOMEN, at, make_plan, plan_to_change


@pytest.fixture
def who(app: Flask) -> tuple[int, int]:
    """Return the numbers of the small event and of one of its editors."""
    make_plan()
    user_id = make_user()
    join(user_id, MemberRole.EDITOR)
    return db.session.scalars(select(Event.id)).one(), user_id


def of(code: str) -> Session:
    """Return a session as it is in the database."""
    db.session.rollback()
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def slot(hour: int, minute: int = 0, room: str | None = "zagros", **fields: Any) -> Slot:
    """Return a slot of an hour."""
    return Slot(at(hour, minute), room, **{"minutes": 60, **fields})


def said(entry: Entry | None) -> str:
    """Return what the journal says of an entry, without markup."""
    assert entry is not None
    told = words.described(entry.action, entry.facts, "en", lambda number: f"Speaker {number}")
    return told.striptags()


def moved(who: tuple[int, int], code: str, wanted: Slot, **how: Any) -> Entry | None:
    """Move a session as it is now."""
    return operations.move(*who, code, wanted, **{"version": of(code).version, **how})


def test_a_session_is_placed_and_the_journal_says_where(who: tuple[int, int]) -> None:
    entry = moved(who, PROPOSED, slot(14))
    session = of(PROPOSED)
    assert session.room is not None
    assert (session.starts_at, session.room.slug) == (at(14), "zagros")
    assert said(entry) == "“اقتراح” moved to ژووری زاگرۆس, Wednesday 18 January 14:00"


def test_undo_takes_a_session_back_to_where_it_was(who: tuple[int, int]) -> None:
    entry = moved(who, WATER, slot(14, minutes=45))
    assert entry is not None
    assert of(WATER).minutes == 45
    undo(*who, entry.id)
    session = of(WATER)
    assert session.room is not None
    assert (session.starts_at, session.room.slug, session.minutes) == (at(10), "tigris", 60)


def test_another_length_is_told_as_such(who: tuple[int, int]) -> None:
    entry = moved(who, WATER, slot(10, room="tigris", minutes=75))
    assert said(entry) == "Length of “حق الوصول إلى الماء” made 75 min"
    assert of(WATER).minutes == 75


def test_what_is_put_where_it_was_leaves_no_trace(who: tuple[int, int]) -> None:
    before = newest(who[0])
    assert moved(who, WATER, slot(10, room="tigris")) is None
    assert newest(who[0]) == before


def test_a_stale_version_changes_nothing(who: tuple[int, int]) -> None:
    version = of(WATER).version
    moved(who, WATER, slot(14))
    with pytest.raises(StaleError):
        operations.move(*who, WATER, slot(16), version=version)
    assert of(WATER).starts_at == at(14)


def test_an_impossible_place_is_refused_with_its_conflicts(who: tuple[int, int]) -> None:
    with pytest.raises(ImpossibleError) as refused:
        moved(who, PROPOSED, slot(10, 30, room="zagros"))
    assert {conflict.rule for conflict in refused.value.conflicts} >= {"room-overlap"}
    assert of(PROPOSED).starts_at is None


def test_an_impossible_place_is_taken_by_who_insists(who: tuple[int, int]) -> None:
    moved(who, PROPOSED, slot(10, 30, room="zagros"), anyway=True)
    assert of(PROPOSED).starts_at == at(10, 30)


def test_a_session_is_held_across_all_rooms_with_a_room_or_without(who: tuple[int, int]) -> None:
    entry = moved(who, PROPOSED, slot(14, room=None, across=True))
    assert of(PROPOSED).across_rooms
    assert of(PROPOSED).room is None
    assert said(entry) == "“اقتراح” moved to all rooms, Wednesday 18 January 14:00"
    moved(who, PROPOSED, slot(14, room="tigris", across=True))
    session = of(PROPOSED)
    assert session.across_rooms
    assert session.room is not None
    moved(who, PROPOSED, slot(14, room="tigris"))
    assert not of(PROPOSED).across_rooms


def test_what_is_not_there_cannot_be_moved_nor_a_place_that_is_not(who: tuple[int, int]) -> None:
    with pytest.raises(GoneError):
        operations.move(*who, "ZZZZZZ", slot(14), version=1)
    with pytest.raises(GoneError):
        moved(who, WATER, slot(14, room="attic"))


def test_a_session_of_another_event_is_not_there(who: tuple[int, int]) -> None:
    make_plan("hill-days", codes="2")
    with pytest.raises(GoneError):
        operations.move(*who, "2" + WATER, slot(14), version=None)


def test_a_session_is_taken_out_of_its_place(who: tuple[int, int]) -> None:
    entry = operations.take_out(*who, WATER, version=of(WATER).version)
    assert (of(WATER).starts_at, of(WATER).room_id) == (None, None)
    assert said(entry) == "“حق الوصول إلى الماء” taken back to the unplaced ones"
    with pytest.raises(StaleError):
        operations.take_out(*who, WATER, version=1)


def test_a_plenary_across_all_rooms_is_taken_out_as_well(who: tuple[int, int]) -> None:
    operations.take_out(*who, OPENING, version=of(OPENING).version)
    assert of(OPENING).starts_at is None


def test_a_session_is_pinned_and_let_go(who: tuple[int, int]) -> None:
    operations.pin(*who, WATER, version=of(WATER).version, pinned=True)
    assert of(WATER).pinned
    entry = operations.pin(*who, WATER, version=of(WATER).version, pinned=False)
    assert not of(WATER).pinned
    assert said(entry) == "“حق الوصول إلى الماء” no longer pinned"


def test_two_sessions_change_places_and_keep_their_lengths(who: tuple[int, int]) -> None:
    moved(who, WATER, slot(14, room="tigris", minutes=90))
    versions = {code: of(code).version for code in (WATER, WOMEN)}
    entry = operations.swap(*who, versions)
    water, women = of(WATER), of(WOMEN)
    assert water.room is not None
    assert women.room is not None
    assert (water.starts_at, water.room.slug, water.minutes) == (at(10), "zagros", 90)
    water, women = of(WATER), of(WOMEN)
    assert women.room is not None
    assert (women.starts_at, women.room.slug, women.minutes) == (at(14), "tigris", 60)
    assert said(entry) == "“حق الوصول إلى الماء” and “ژنان و ئاشتی” swapped"
    assert entry is not None
    undo(*who, entry.id)
    assert of(WATER).starts_at == at(14)


def test_an_unplaced_session_takes_the_place_of_another(who: tuple[int, int]) -> None:
    operations.swap(*who, {PROPOSED: of(PROPOSED).version, WATER: of(WATER).version})
    assert of(PROPOSED).starts_at == at(10)
    assert of(WATER).starts_at is None


def test_a_swap_needs_both_versions(who: tuple[int, int]) -> None:
    with pytest.raises(StaleError):
        operations.swap(*who, {PROPOSED: of(PROPOSED).version, WATER: 77})
    assert of(PROPOSED).starts_at is None


def test_a_swap_that_would_make_an_error_is_refused(who: tuple[int, int]) -> None:
    """Nobody is in two places yet; the speaker of the proposal also moderates the opening."""
    moved(who, PROPOSED, slot(15))
    versions = {code: of(code).version for code in (WOMEN, PROPOSED)}
    with pytest.raises(ImpossibleError):
        operations.swap(*who, versions)
    assert of(WOMEN).starts_at == at(10)
    operations.swap(*who, versions, anyway=True)
    assert of(WOMEN).starts_at == at(15)


def shifted(
    who: tuple[int, int], *codes: str, minutes: int = 15, begin: datetime | None = None, **how: Any
) -> Entry | None:
    """Move what begins in the hall of the Tigris from nine to one o'clock."""
    wanted = Shift("tigris", begin or at(9), at(13), minutes)
    return operations.shift(
        *who, wanted, versions={code: of(code).version for code in codes}, **how
    )


def test_a_whole_morning_moves_by_a_quarter_of_an_hour(who: tuple[int, int]) -> None:
    moved(who, PROPOSED, slot(11, 30, room="tigris"))
    entry = shifted(who, WATER, PROPOSED)
    assert of(WATER).starts_at == at(10, 15)
    assert of(PROPOSED).starts_at == at(11, 45)
    assert of(WOMEN).starts_at == at(10)
    assert said(entry) == ("قاعة دجلة: sessions from Wednesday 18 January 09:00 made 15 min later")
    assert entry is not None
    undo(*who, entry.id)
    assert of(WATER).starts_at == at(10)


def test_what_is_pinned_or_across_all_rooms_stays(who: tuple[int, int]) -> None:
    moved(who, PROPOSED, slot(14, room="tigris"))
    moved(who, PROPOSED, slot(12, room="tigris"))
    operations.pin(*who, WATER, version=of(WATER).version, pinned=True)
    shifted(who, PROPOSED, minutes=30)
    assert of(WATER).starts_at == at(10)
    assert of(OPENING).starts_at == at(9)
    assert of(PROPOSED).starts_at == at(12, 30)


def test_all_sessions_move_or_none(who: tuple[int, int]) -> None:
    """The one would come into the plenary, so the other stays as well."""
    moved(who, PROPOSED, slot(12, room="tigris"))
    with pytest.raises(ImpossibleError):
        shifted(who, WATER, PROPOSED, minutes=-15)
    assert of(WATER).starts_at == at(10)
    assert of(PROPOSED).starts_at == at(12)
    shifted(who, WATER, PROPOSED, minutes=-15, anyway=True)
    assert of(PROPOSED).starts_at == at(11, 45)


def test_an_error_that_was_there_before_holds_back_no_move(who: tuple[int, int]) -> None:
    moved(who, PROPOSED, slot(10, 30, room="tigris"), anyway=True)
    shifted(who, WATER, PROPOSED)
    assert of(PROPOSED).starts_at == at(10, 45)


def test_sessions_that_others_brought_meanwhile_do_not_move_unseen(who: tuple[int, int]) -> None:
    moved(who, PROPOSED, slot(12, room="tigris"))
    with pytest.raises(StaleError):
        shifted(who, WATER)
    assert of(WATER).starts_at == at(10)


def test_nothing_to_move_is_said(who: tuple[int, int]) -> None:
    with pytest.raises(NothingToDoError):
        shifted(who, begin=at(12))
    with pytest.raises(NothingToDoError):
        shifted(who, WATER, minutes=0)
    with pytest.raises(GoneError):
        operations.shift(*who, Shift("attic", at(9), at(13), 15), versions={})


@pytest.fixture
def pause(who: tuple[int, int]) -> str:
    """Return a break in one of four rooms, in another of which something is on."""
    with plan_to_change() as plan:
        for position, slug in enumerate(("marsh", "court")):
            plan.event.rooms.append(
                Room(slug=slug, name={"ar": slug}, position=10 + position, version=1)
            )
        plan.sessions[PROPOSED].kind = Kind.BREAK
        plan.sessions[PROPOSED].minutes = 30
        plan.sessions[PROPOSED].people.clear()
    moved(who, PROPOSED, slot(10, 45, room="marsh", minutes=30))
    return PROPOSED


def test_a_break_is_copied_to_every_room_that_is_free(who: tuple[int, int], pause: str) -> None:
    entry = operations.copy_to_rooms(*who, pause, version=of(pause).version)
    db.session.rollback()
    breaks = db.session.scalars(select(Session).where(Session.kind == Kind.BREAK)).all()
    assert {item.room.slug for item in breaks if item.room} == {"marsh", "court"}
    assert {item.starts_at for item in breaks} == {at(10, 45)}
    assert {item.texts["ar"].title for item in breaks} == {"اقتراح"}
    assert {item.state for item in breaks} == {State.PROPOSED}
    assert said(entry) == "“اقتراح” copied to other rooms (1)"
    assert entry is not None
    undo(*who, entry.id)
    db.session.rollback()
    assert len(db.session.scalars(select(Session).where(Session.kind == Kind.BREAK)).all()) == 1


def test_what_is_in_no_room_cannot_be_copied_to_others(who: tuple[int, int]) -> None:
    for code in (PROPOSED, OPENING):
        with pytest.raises(NothingToDoError):
            operations.copy_to_rooms(*who, code, version=of(code).version)


def test_a_break_is_not_copied_where_no_room_is_free(who: tuple[int, int]) -> None:
    with pytest.raises(NothingToDoError):
        operations.copy_to_rooms(*who, WATER, version=of(WATER).version)


def test_the_day_of_a_session_does_not_matter_to_its_version(who: tuple[int, int]) -> None:
    """Each move counts one version, however much it changes."""
    before = of(WATER).version
    moved(who, WATER, Slot(datetime(2017, 1, 19, 9, 0), "zagros", 45))
    assert of(WATER).version == before + 1
    assert of(WATER).starts_at is not None
    assert of(WATER).starts_at.date() == date(2017, 1, 19)  # type: ignore[union-attr]
