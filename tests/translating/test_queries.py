"""Reading what is to be translated."""

from flask import Flask
from sqlalchemy import select

from planner.events.models import Event, LabelState, TextState
from planner.extensions import db
from planner.programme.vocabulary import Kind
from planner.sessions.models import State
from planner.sessions.operations import add_session
from planner.sessions.operations import set_text as set_session_text
from planner.speakers.models import Visibility
from planner.speakers.operations import set_text as set_speaker_text
from planner.translating.queries import progress, units
from planner.translating.units import Standing, UnitKind
from tests.plans import SLUG, WATER, ZIN, make_plan, plan_to_change
from tests.statements import statements


def _event_id() -> int:
    return db.session.scalars(select(Event.id).where(Event.slug == SLUG)).one()


def test_every_text_but_those_of_withdrawn_sessions_is_a_unit(app: Flask) -> None:
    """Themes, rooms and texts of the event are there besides sessions and speakers."""
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.WITHDRAWN
    found = [unit.id for unit in units(_event_id(), sees_names=True)]
    assert found == [
        *("session-3CDFGH", "session-6CDFGH", "session-7CDFGH"),
        *("speaker-CDFGHJ", "speaker-DFGHJK", "speaker-FGHJKM"),
        *("theme-water", "theme-women", "room-tigris", "room-zagros"),
        *("event-name", "event-venue", "event-withheld"),
    ]


def test_who_may_not_know_a_speaker_does_not_meet_their_texts(app: Flask) -> None:
    """Not even as a number: only the public speaker is left."""
    make_plan()
    kinds = {UnitKind.SPEAKER}
    assert [unit.key for unit in units(_event_id(), sees_names=False, kinds=kinds)] == ["CDFGHJ"]
    assert len(units(_event_id(), sees_names=True, kinds=kinds)) == 3


def test_a_pseudonym_is_translated_only_while_it_is_in_use(app: Flask) -> None:
    """A name that somebody once went by leads to nobody who is public today."""
    make_plan()
    with plan_to_change() as plan:
        set_speaker_text(plan.speakers[ZIN], "ar", pseudonym="وردة")
        plan.speakers[ZIN].visibility = Visibility.PUBLIC
    found = {unit.key: unit for unit in units(_event_id(), sees_names=False)}
    assert [part.name for part in found[ZIN].parts] == ["display_name", "organisation", "biography"]
    assert "وردة" not in str(found[ZIN].texts)


def test_progress_counts_each_language_without_its_originals(app: Flask) -> None:
    """Of three speakers a reader without names knows one."""
    make_plan()
    with plan_to_change() as plan:
        set_session_text(
            plan.sessions[WATER], "en", title="Water", abstract="From.", state=TextState.REVIEWED
        )
        set_session_text(plan.sessions[WATER], "ckb", title="ئاو", state=TextState.REVIEWED)
    found = progress(_event_id())
    assert list(found) == ["en", "ar", "ckb"]
    # In English: 4 sessions, 1 speaker, 2 themes, 2 rooms, the venue; two texts are original.
    assert found["en"].total == 10
    assert found["en"][Standing.REVIEWED] == 1
    assert found["en"][Standing.MISSING] == 9
    # The abstract is missing.
    assert found["ckb"][Standing.REVIEWED] == 0
    assert found["ar"].total == 3
    assert found["ar"][Standing.DRAFT] == 2  # the event's name and the name for who is withheld
    assert progress(_event_id(), sees_names=True)["en"].total == 12


def test_the_states_of_labels_are_found_with_their_texts(app: Flask) -> None:
    """A label without a row is a draft, and the original is what is no translation."""
    make_plan()
    with plan_to_change() as plan:
        zagros = plan.rooms["zagros"]
        zagros.name = {"en": "Zagros", **zagros.name}
        db.session.add(
            LabelState(
                event_id=plan.event.id,
                subject=f"room:{zagros.id}",
                field="name",
                lang="en",
                state=TextState.REVIEWED,
                source_digest="0" * 64,
            )
        )
    unit = {unit.id: unit for unit in units(_event_id(), sees_names=False)}["room-zagros"]
    assert unit.original == "ckb"
    assert unit.standing("en") is Standing.STALE
    assert unit.standing("ar") is Standing.MISSING
    assert unit.standing("ckb") is None


def test_the_number_of_statements_does_not_grow_with_the_event(app: Flask) -> None:
    """Nine hundred sessions are asked for as three are."""
    make_plan()
    few = _statements_of_progress()
    _crowd(900)
    assert _statements_of_progress() == few <= 12


def _statements_of_progress() -> int:
    event_id = _event_id()
    db.session.rollback()
    with statements() as sent:
        progress(event_id, sees_names=True)
    return len(sent)


def _crowd(number: int) -> None:
    with plan_to_change() as plan:
        for count in range(number):
            session = add_session(
                plan.event,
                kind=Kind.PANEL,
                minutes=60,
                original_language="ar",
                code=f"X{count:05}",
            )
            for lang, title in (("ar", "النهر"), ("ckb", "ڕووبار"), ("en", "River")):
                set_session_text(session, lang, title=f"{title} {count}", state=TextState.DRAFT)
