"""Taking changes back: everything comes back as it was, and nobody's work is broken by it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from planner.events.models import Event, TextState
from planner.events.operations import add_room, add_theme
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import queries, undoing, words
from planner.journal.models import Entry, Row
from planner.journal.recording import Record, recorded
from planner.journal.rows import TABLES, written
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Session
from planner.sessions.operations import add_session, place, set_people, set_text, unplace
from tests.desks import make_user
from tests.plans import OPENING, WATER, WOMEN, ZIN, at, make_plan

TRIED = words.action("tried.something", N_("Something was tried"))
Step = Callable[[Event], None]


def change(event_id: int, user_id: int, step: Step) -> Entry | None:
    """Change the plan by a step, as the desk does."""
    with recorded(event_id, user_id, TRIED) as record:
        step(_event(record))
    return record.entry


def _event(record: Record) -> Event:
    return record.database.scalars(select(Event).where(Event.id == record.event_id)).one()


def _session(event: Event, code: str) -> Session:
    return next(session for session in event.sessions if session.code == code)


def plan_now() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the plan, without the counts of changes."""
    db.session.rollback()
    found = {}
    for name in TABLES:
        table = db.metadata.tables[name]
        rows = db.session.execute(select(table).order_by(*table.primary_key)).mappings()
        found[name] = [
            {key: written(value) for key, value in row.items() if key != "version"} for row in rows
        ]
    return found


@pytest.fixture
def ids(app: Flask) -> tuple[int, int]:
    """Return the small event's number and that of an organizer."""
    make_plan()
    user_id = make_user()
    return db.session.scalars(select(Event.id)).one(), user_id


def _move(event: Event) -> None:
    place(_session(event, WATER), starts_at=at(11), room=event.rooms[1])


def _rewrite(event: Event) -> None:
    set_text(_session(event, WATER), "ckb", title="مافی ئاو", state=TextState.REVIEWED)
    _session(event, OPENING).texts["ar"].abstract = "سطر آخر"


def _empty(event: Event) -> None:
    set_people(_session(event, WATER), [])


def _reorder(event: Event) -> None:
    session = _session(event, WATER)
    set_people(session, [(person.speaker, person.role) for person in reversed(session.people)])


def _delete_session(event: Event) -> None:
    event.sessions.remove(_session(event, WOMEN))


def _delete_theme(event: Event) -> None:
    theme = event.themes[0]
    for session in event.sessions:
        if session.theme is theme:
            session.theme = None
    event.themes.remove(theme)


def _add(event: Event) -> None:
    theme = add_theme(event, slug="youth", name={"ckb": "لاوان"})
    room = add_room(event, slug="garden", name={"ar": "الحديقة"})
    session = add_session(
        event, kind=Kind.WORKSHOP, minutes=30, original_language="ckb", theme=theme
    )
    set_text(session, "ckb", title="وۆرکشۆپ", state=TextState.DRAFT)
    set_people(session, [(event.speakers[0], Role.FACILITATOR)])
    place(session, starts_at=at(15), room=room)


def _add_water(event: Event) -> None:
    add_theme(event, slug="water", name={"ar": "ماء"})


def _rename(event: Event) -> None:
    event.name = {**event.name, "ar": "أيام النهر العظيم"}
    event.speakers[0].texts["ar"].display_name = "سيدوري الحكيمة"


STEPS = [
    _move,
    _rewrite,
    _empty,
    _reorder,
    _delete_session,
    _delete_theme,
    _add,
    _rename,
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__.strip("_"))
def test_everything_comes_back_as_it_was_and_goes_again(ids: tuple[int, int], step: Step) -> None:
    before = plan_now()
    entry = change(*ids, step)
    assert entry is not None
    after = plan_now()
    assert after != before
    taken_back = undoing.undo(*ids, entry.id)
    assert plan_now() == before
    undoing.redo(*ids, taken_back.id)
    assert plan_now() == after


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(STEPS), back=st.integers(1, len(STEPS)))
def test_any_row_of_changes_can_be_taken_back_and_done_again(
    ids: tuple[int, int], order: list[Step], back: int
) -> None:
    states = [plan_now()]
    for step in order[:back]:
        try:
            change(*ids, step)
        except (StopIteration, IndexError):  # what it would change was deleted before
            db.session.rollback()
        states.append(plan_now())
    states = [states[0], *(after for before, after in pairwise(states) if after != before)]
    for state in reversed(states[:-1]):
        undo = queries.steps(*ids).undo
        assert undo is not None
        undoing.undo(*ids, undo.id)
        assert plan_now() == state
    for state in states[1:]:
        redo = queries.steps(*ids).redo
        assert redo is not None
        undoing.redo(*ids, redo.id)
        assert plan_now() == state
    while undo := queries.steps(*ids).undo:
        undoing.undo(*ids, undo.id)
    assert plan_now() == states[0]


def test_what_others_built_on_is_said_and_not_broken(ids: tuple[int, int]) -> None:
    event_id, user_id = ids
    other = make_user("enki@desk.example", name="Enki")
    first = change(event_id, user_id, _move)
    second = change(event_id, other, lambda event: unplace(_session(event, WATER)))
    assert first is not None
    assert second is not None
    before = plan_now()
    with pytest.raises(undoing.BuiltOnError) as found:
        undoing.undo(event_id, user_id, first.id)
    assert [entry.id for entry in found.value.entries] == [second.id]
    assert plan_now() == before
    undoing.undo(event_id, other, second.id)
    undoing.undo(event_id, user_id, first.id)


def test_a_thing_that_others_filled_is_not_taken_away(ids: tuple[int, int]) -> None:
    event_id, user_id = ids
    made = change(event_id, user_id, _add)
    assert made is not None
    filled = change(
        event_id,
        make_user("enki@desk.example", name="Enki"),
        lambda event: (
            set_text(event.sessions[-1], "ar", title="ورشة", state=TextState.DRAFT) and None
        ),
    )
    assert filled is not None
    with pytest.raises(undoing.BuiltOnError) as found:
        undoing.undo(event_id, user_id, made.id)
    assert [entry.id for entry in found.value.entries] == [filled.id]


def test_edits_of_other_fields_of_the_same_thing_do_not_stand_in_the_way(
    ids: tuple[int, int],
) -> None:
    event_id, user_id = ids
    moved = change(event_id, user_id, _move)
    change(event_id, user_id, lambda event: setattr(_session(event, WATER), "audience", 40))
    assert moved is not None
    undoing.undo(event_id, user_id, moved.id)
    session = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    assert (session.starts_at, session.audience) == (at(10), 40)


def test_a_slug_that_was_given_to_another_cannot_come_back(ids: tuple[int, int]) -> None:
    event_id, user_id = ids
    gone = change(event_id, user_id, _delete_theme)
    change(event_id, user_id, _add_water)
    assert gone is not None
    before = plan_now()
    with pytest.raises(undoing.BuiltOnError):
        undoing.undo(event_id, user_id, gone.id)
    assert plan_now() == before


def test_each_organizer_takes_back_their_own(ids: tuple[int, int]) -> None:
    event_id, user_id = ids
    other = make_user("enki@desk.example", name="Enki")
    own = change(event_id, user_id, _move)
    theirs = change(event_id, other, _rewrite)
    assert own is not None
    assert theirs is not None
    undo = queries.steps(event_id, user_id).undo
    assert undo is not None
    assert undo.id == own.id
    undo = queries.steps(event_id, other).undo
    assert undo is not None
    assert undo.id == theirs.id


def test_doing_something_new_ends_what_could_be_done_once_more(ids: tuple[int, int]) -> None:
    entry = change(*ids, _move)
    assert entry is not None
    undoing.undo(*ids, entry.id)
    assert queries.steps(*ids).redo is not None
    change(*ids, _rewrite)
    assert queries.steps(*ids).redo is None


def test_nothing_is_taken_back_twice_nor_in_another_event(ids: tuple[int, int]) -> None:
    event_id, user_id = ids
    entry = change(event_id, user_id, _move)
    assert entry is not None
    with pytest.raises(undoing.UnknownEntryError):
        undoing.undo(event_id + 1, user_id, entry.id)
    done = undoing.undo(event_id, user_id, entry.id)
    with pytest.raises(undoing.UnknownEntryError):
        undoing.undo(event_id, user_id, entry.id)
    with pytest.raises(undoing.UnknownEntryError):
        undoing.undo(event_id, user_id, done.id)
    with pytest.raises(undoing.UnknownEntryError):
        undoing.redo(event_id, user_id, entry.id)


def test_the_numbers_of_deleted_things_are_never_given_out_again(ids: tuple[int, int]) -> None:
    """Otherwise the journal could not put a deleted session back."""
    event_id, user_id = ids
    newest = db.session.scalars(select(Session.id).order_by(Session.id.desc())).first()
    gone = change(
        event_id,
        user_id,
        lambda event: event.sessions.remove(
            next(session for session in event.sessions if session.id == newest)
        ),
    )
    change(event_id, user_id, _add)
    assert gone is not None
    undoing.undo(event_id, user_id, gone.id)
    assert db.session.get(Session, newest) is not None


def test_versions_only_ever_rise(ids: tuple[int, int]) -> None:
    """A form that was read before an undo must not pass for one that was read after it."""
    event_id, user_id = ids
    seen = [_version()]
    entry = change(event_id, user_id, _rewrite)
    seen.append(_version())
    assert entry is not None
    undoing.undo(event_id, user_id, entry.id)
    seen.append(_version())
    gone = change(event_id, user_id, lambda event: event.sessions.remove(_session(event, WATER)))
    assert gone is not None
    undoing.undo(event_id, user_id, gone.id)
    seen.append(_version())
    assert seen == sorted(set(seen))


def _version() -> int:
    db.session.rollback()
    return db.session.scalars(select(Session.version).where(Session.code == WATER)).one()


def test_rows_can_be_found_by_the_session_and_by_the_person(ids: tuple[int, int]) -> None:
    change(*ids, _empty)
    rows = db.session.scalars(select(Row)).all()
    assert {row.table for row in rows} == {"session_speaker"}
    from planner.speakers.models import Speaker

    zin = db.session.scalars(select(Speaker.id).where(Speaker.code == ZIN)).one()
    found = queries.entries(ids[0], subject=f"speaker:{zin}")
    assert len(found) == 1
