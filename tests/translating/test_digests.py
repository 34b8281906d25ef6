"""What translations were made from is noted, whoever changes a text."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.events.models import Day, Event, LabelState, TextState
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal.recording import recorded
from planner.journal.undoing import undo
from planner.journal.words import action
from planner.sessions.models import Session
from planner.sessions.operations import set_text as set_session_text
from planner.sessions.texts import digest_of as digest_of_session
from planner.sessions.texts import is_outdated
from planner.speakers.operations import set_text as set_speaker_text
from planner.speakers.texts import digest_of as digest_of_speaker
from planner.translating.queries import find, units
from planner.translating.units import Standing, Unit, digest_of
from tests.desks import join, make_user
from tests.plans import DAY, SIDURI, SLUG, WATER, make_plan, plan_to_change

TRIED = action("session.changed-for-a-test", N_("Tried"))


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Make the small event, with some texts in English as well."""
    make_plan()
    with plan_to_change() as plan:
        set_session_text(
            plan.sessions[WATER], "en", title="Water", abstract="From.", state=TextState.REVIEWED
        )
        set_speaker_text(plan.speakers[SIDURI], "en", display_name="Siduri", organisation="Tavern")
        plan.speakers[SIDURI].original_language = "ar"
        plan.rooms["tigris"].name = {"ar": "قاعة دجلة", "ckb": "هۆڵی دیجلە"}
        plan.event.principles = [{"en": "Equal", "ar": "سواء"}, {"en": "Free", "ar": "أحرار"}]


def _unit(name: str) -> Unit:
    db.session.rollback()
    return {unit.id: unit for unit in units(_event_id(), sees_names=True)}[name]


def _event_id() -> int:
    return db.session.scalars(select(Event.id).where(Event.slug == SLUG)).one()


def _states() -> list[tuple[str, str, Any]]:
    db.session.rollback()
    return [
        (state.field, state.lang, state.state) for state in db.session.scalars(select(LabelState))
    ]


def test_digests_are_those_of_sessions_and_speakers() -> None:
    """The session's form and this desk understand one another."""
    found = find(_event_id(), f"session-{WATER}", sees_names=True)
    assert found is not None
    assert isinstance(found.thing, Session)
    text = found.thing.texts["ar"]
    assert found.unit.digest == digest_of_session(text.title, text.abstract)
    found = find(_event_id(), f"speaker-{SIDURI}", sees_names=True)
    assert found is not None
    assert found.unit.digest == digest_of_speaker(found.thing.texts["ar"])  # type: ignore[union-attr]


def test_a_translation_of_which_nothing_is_noted_is_stale_once_its_original_changes() -> None:
    """An import that changes the original knows nothing of that."""
    assert _unit(f"session-{WATER}").standing("en") is Standing.REVIEWED
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].title = "الماء للجميع"
        plan.speakers[SIDURI].texts["ar"].organisation = "الحانة"
    assert _unit(f"session-{WATER}").standing("en") is Standing.STALE
    assert _unit(f"speaker-{SIDURI}").standing("en") is Standing.STALE
    with plan_to_change() as plan:
        assert is_outdated(plan.sessions[WATER], "en")


def test_an_original_that_is_as_before_again_leaves_nothing_stale() -> None:
    """What was noted is the text, not the time."""
    title = "حق الوصول إلى الماء"
    for changed in ("الماء للجميع", title):
        with plan_to_change() as plan:
            plan.sessions[WATER].texts["ar"].title = changed
    assert _unit(f"session-{WATER}").standing("en") is Standing.REVIEWED


def test_who_writes_both_writes_the_one_from_the_other() -> None:
    """A translation that changes with its original is up to date."""
    with plan_to_change() as plan:
        texts = plan.sessions[WATER].texts
        texts["ar"].title, texts["en"].title = "الماء للجميع", "Water for all"
    assert _unit(f"session-{WATER}").standing("en") is Standing.REVIEWED
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].title = "الماء"
    assert _unit(f"session-{WATER}").standing("en") is Standing.STALE
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["en"].title = "The water"
    assert _unit(f"session-{WATER}").standing("en") is Standing.REVIEWED


def test_a_new_translation_is_nothing_that_an_original_left_behind() -> None:
    """It was not there before."""
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].title = "الماء للجميع"
        set_session_text(
            plan.sessions[WATER], "ckb", title="ئاو", abstract="لە", state=TextState.DRAFT
        )
    assert _unit(f"session-{WATER}").standing("ckb") is Standing.DRAFT


def test_labels_are_left_behind_as_well() -> None:
    """The name of a room in Kurdish, when the Arabic one changes."""
    with plan_to_change() as plan:
        plan.rooms["tigris"].name = {"ar": "قاعة الفرات", "ckb": "هۆڵی دیجلە"}
    assert _unit("room-tigris").standing("ckb") is Standing.STALE
    assert _unit("room-tigris").original == "ar"
    with plan_to_change() as plan:
        plan.rooms["tigris"].name = {"ar": "قاعة الفرات", "ckb": "هۆڵی فورات"}
    assert _unit("room-tigris").standing("ckb") is Standing.DRAFT


def test_a_name_of_a_day_is_watched_too() -> None:
    """Also one that the event got later."""
    with plan_to_change() as plan:
        plan.event.days.append(
            Day(date=DAY, name={"en": "Youth", "ar": "الشباب"}, day_from=480, day_to=1200)
        )
    with plan_to_change() as plan:
        plan.event.days[0].name = {"en": "Day of the youth", "ar": "الشباب"}
    assert _unit(f"day-{DAY}").standing("ar") is Standing.STALE


def test_states_follow_principles_to_their_new_places() -> None:
    """And one that goes takes its states with it, whoever comes in its place."""
    user_id = make_user()
    join(user_id)
    with plan_to_change() as plan:
        one, other = plan.event.principles
        one = {**one, "en": "All equal"}
        plan.event.principles = [one, other]
        _review(plan.event, "principle-2", "ar", of=["Free"])
    assert _standings() == [Standing.STALE, Standing.REVIEWED]
    with recorded(_event_id(), user_id, TRIED) as record:
        event = record.database.get_one(Event, _event_id())
        event.principles = [{"en": "Fair", "ar": "عادلون"}, {**other, "ckb": "ئازاد"}, one]
    assert _standings() == [Standing.DRAFT, Standing.REVIEWED, Standing.STALE]
    assert record.entry is not None
    undo(_event_id(), user_id, record.entry.id)
    assert _standings() == [Standing.STALE, Standing.REVIEWED]
    with plan_to_change() as plan:
        plan.event.principles = [other]
    assert _states() == [("principle-1", "ar", TextState.REVIEWED)]
    with plan_to_change() as plan:
        plan.event.principles = []
    assert _states() == []


def _review(event: Event, field: str, lang: str, *, of: list[str]) -> None:
    db.session.add(
        LabelState(
            event_id=event.id,
            subject="event",
            field=field,
            lang=lang,
            state=TextState.REVIEWED,
            source_digest=digest_of(of),
        )
    )


def _standings() -> list[Standing | None]:
    """Return where the principles in Arabic stand, in their order."""
    db.session.rollback()
    found = [unit for unit in units(_event_id(), sees_names=True) if "principle" in unit.id]
    return [unit.standing("ar") for unit in found]


def test_what_was_noted_is_taken_back_with_the_change() -> None:
    """Undo knows of it."""
    user_id = make_user()
    join(user_id)
    with recorded(_event_id(), user_id, TRIED) as record:
        session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        session.texts["ar"].title = "الماء للجميع"
        session.event.rooms[0].name = {"ar": "قاعة الفرات", "ckb": "هۆڵی دیجلە"}
    assert record.entry is not None
    assert [key for _, key, _ in _states()] == ["ckb"]
    undo(_event_id(), user_id, record.entry.id)
    assert _states() == []
    assert _unit(f"session-{WATER}").text("en").digest is None


def test_nothing_is_asked_when_no_text_changes() -> None:
    """Moving a room or a session costs no statement more."""
    with write_tx() as database:
        event = database.scalars(select(Event)).one()
        event.rooms[0].capacity = 5
        event.latitude = 35.5
    assert _states() == []
