"""Each requirement on a small plan: when it is met, and what is missing otherwise."""

import pytest
from flask import Flask
from sqlalchemy import select

from planner.events.models import Event, TextState
from planner.extensions import db
from planner.programme.vocabulary import Role, Stage
from planner.readiness.registry import Requirement, asked_by, requirement, requirements
from planner.readiness.state import Missing, PlanState
from planner.readiness.weighing import weigh
from planner.sessions.models import Answer, State
from planner.sessions.operations import place, set_people, unplace
from planner.sessions.operations import set_text as set_session_text
from planner.speakers.operations import set_text as set_speaker_text
from planner.timetable.acknowledging import acknowledge
from planner.timetable.plan import plan_of
from planner.timetable.standing import standing
from tests.desks import make_user
from tests.plans import (
    DAY,
    ENKIDU,
    PROPOSED,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    at,
    make_plan,
    plan_to_change,
)
from tests.readiness.plans import make_ready
from tests.releases.test_queries import grow
from tests.statements import statements


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    make_plan()


def event() -> Event:
    """Return the event as it is now."""
    db.session.rollback()
    return db.session.scalars(select(Event).where(Event.slug == SLUG)).one()


def missing(key: str) -> list[Missing]:
    """Return what is missing for a requirement."""
    (found,) = weigh(event(), Stage.FINAL, only=[key]).findings
    return list(found.missing)


def test_a_draft_asks_for_three_things_and_a_final_programme_for_seven_more() -> None:
    draft = [asked.key for asked in asked_by(Stage.DRAFT)]
    final = [asked.key for asked in asked_by(Stage.FINAL)]
    assert draft == ["errors", "dates", "rooms"]
    assert final == [
        *draft,
        *("placed", "confirmed", "answered", "texts", "interpretation", "warnings", "themes"),
    ]


def test_a_plan_can_meet_all_of_them() -> None:
    make_ready()
    readiness = weigh(event(), Stage.FINAL)
    assert [found.requirement.key for found in readiness.unmet] == []
    assert readiness.is_ready


def test_errors_that_stand_are_missing_their_mending() -> None:
    assert [found.kind for found in missing("errors")] == ["conflict"]
    with plan_to_change() as plan:
        place(plan.sessions[WOMEN], starts_at=at(14), room=plan.rooms["zagros"])
    assert missing("errors") == []


def test_what_is_placed_on_another_day_lacks_dates_that_hold_it() -> None:
    assert missing("dates") == []
    with plan_to_change() as plan:
        plan.event.last_day = DAY
        place(plan.sessions[WOMEN], starts_at=at(14, days=1), room=plan.rooms["zagros"])
    assert missing("dates") == [Missing("session", WOMEN)]


def test_an_event_needs_a_room() -> None:
    assert missing("rooms") == []
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            unplace(session)
        plan.event.rooms.clear()
    assert missing("rooms") == [Missing("room", "")]


def test_a_session_without_a_place_is_missing_it_unless_it_is_withdrawn() -> None:
    assert missing("placed") == [Missing("session", PROPOSED)]
    with plan_to_change() as plan:
        plan.sessions[PROPOSED].state = State.WITHDRAWN
    assert missing("placed") == []


def test_a_plan_without_sessions_is_missing_them() -> None:
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            session.state = State.WITHDRAWN
    assert missing("placed") == [Missing("session", "")]


def test_what_is_neither_confirmed_nor_withdrawn_is_to_be_decided() -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.ACCEPTED
    assert missing("confirmed") == [Missing("session", WATER), Missing("session", PROPOSED)]
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.CONFIRMED
        plan.sessions[PROPOSED].state = State.WITHDRAWN
    assert missing("confirmed") == []


def test_each_speaker_who_was_asked_is_missing_one_answer_whatever_it_is() -> None:
    assert missing("answered") == [Missing("speaker", code) for code in (SIDURI, ENKIDU, ZIN)]
    with plan_to_change() as plan:
        plan.sessions[PROPOSED].state = State.WITHDRAWN
        for session in plan.sessions.values():
            for person in session.people:
                person.answer = Answer.CONFIRMED
        plan.sessions[WATER].people[1].answer = Answer.DECLINED
        for person in plan.sessions[PROPOSED].people:
            person.answer = Answer.ASKED
    assert missing("answered") == []


def test_texts_are_missing_by_language_and_only_where_the_public_reads_them() -> None:
    found = missing("texts")
    assert Missing("text", f"session-{WATER}", "en") in found
    assert Missing("text", f"session-{WATER}", "ckb") in found
    assert Missing("text", f"session-{WATER}", "ar") not in found
    assert Missing("text", "room-tigris", "ckb") in found
    assert Missing("text", f"speaker-{SIDURI}", "ckb") in found
    assert not any(told.key == f"speaker-{ZIN}" for told in found)


def test_of_who_has_a_pseudonym_only_that_is_to_be_there() -> None:
    assert Missing("text", f"speaker-{ENKIDU}", "en") in missing("texts")
    with plan_to_change() as plan:
        for lang in ("en", "ckb"):
            set_speaker_text(plan.speakers[ENKIDU], lang, pseudonym="Son of the steppe")
    assert not any(told.key == f"speaker-{ENKIDU}" for told in missing("texts"))


def test_a_session_without_any_text_is_missing_one() -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].texts.clear()
    assert missing("texts")[0] == Missing("text", f"session-{WATER}")


def test_where_texts_must_be_reviewed_a_draft_of_a_translation_is_not_there() -> None:
    make_ready()
    assert missing("texts") == []
    with plan_to_change() as plan:
        plan.event.reviews_texts = True
    assert Missing("text", f"session-{WATER}", "en") in missing("texts")
    with plan_to_change() as plan:
        text = plan.sessions[WATER].texts["en"]
        set_session_text(
            plan.sessions[WATER],
            "en",
            title=text.title,
            abstract=text.abstract,
            state=TextState.REVIEWED,
        )
    assert Missing("text", f"session-{WATER}", "en") not in missing("texts")


def test_interpretation_that_is_promised_needs_somebody_also_where_that_is_accepted() -> None:
    assert missing("interpretation") == []
    with plan_to_change() as plan:
        plan.sessions[WOMEN].spoken_languages = ["ckb"]
        plan.sessions[WOMEN].interpreted_languages = ["ar"]
    lacking = [Missing("conflict", f"not-interpreted:{WOMEN}")]
    assert missing("interpretation") == lacking
    plan_now = plan_of(event().id)
    warning = next(item for item in standing(plan_now).open if item.rule == "not-interpreted")
    reason = "يهمس الجار لجاره"
    acknowledge(plan_now, make_user(), warning.key, digest=warning.digest, reason=reason)
    assert missing("interpretation") == lacking
    assert warning.key not in {told.key for told in missing("warnings")}
    with plan_to_change() as plan:
        plan.speakers[SIDURI].spoken_languages = ["ar", "ckb"]
        set_people(plan.sessions[WOMEN], [(plan.speakers[SIDURI], Role.INTERPRETER)])
    assert missing("interpretation") == []


def test_warnings_are_mended_or_accepted() -> None:
    assert missing("warnings") == []
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 300
    assert missing("warnings") == [Missing("conflict", f"capacity:{WATER}")]


def test_every_theme_has_a_session_that_will_be_public() -> None:
    assert missing("themes") == []
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.WITHDRAWN
        unplace(plan.sessions[WOMEN])
    assert missing("themes") == [Missing("theme", "water"), Missing("theme", "women")]


def test_it_takes_as_many_statements_however_large_the_plan_is() -> None:
    counts = []
    for more in (0, 30):
        grow(more)
        db.session.remove()
        asked = event()
        with statements() as sent:
            weigh(asked, Stage.FINAL, PlanState(asked))
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 22


def test_no_two_requirements_have_one_key() -> None:
    with pytest.raises(ValueError, match="errors"):
        requirement("errors", Stage.FINAL, "")(lambda _state: ())
    assert isinstance(requirements()["errors"], Requirement)
