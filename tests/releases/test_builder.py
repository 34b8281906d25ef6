"""The privacy gate: what of a plan gets into the programme, and what does not."""

from collections.abc import Callable

import pytest
from flask import Flask

from planner.programme.document import Programme, encode
from planner.programme.vocabulary import Change, Role, Status
from planner.sessions.models import Answer, State
from planner.sessions.operations import place, set_people
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import add_speaker, set_text
from tests.plans import (
    ENKIDU,
    OPENING,
    PROPOSED,
    SIDURI,
    WATER,
    WOMEN,
    ZIN,
    Plan,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.traces import traces

#: What is known of somebody: every word of it must stay in the plan.
_SECRETS = {
    "code": "QXQXQX",
    "email": "zin.of.botan@secret.invalid",
    "photo": "zin-portrait-8841.jpg",
    "source_key": "person-id-90017",
    "spoken": "xx-secret",
    "name": "زینی بۆتان Zin of Botan",
    "pseudonym": "دەنگی چیا Voice of the Mountain",
    "organisation": "ماڵی پەڕتووک House of Books",
    "biography": "لە جزیرە لەدایک بووە Born in Cizre",
}


def found_in(programme: Programme, *secrets: str) -> list[str]:
    """Return which of these secrets the encoded document holds in any spelling."""
    content = encode(programme)
    return [secret for secret in secrets if traces(content, secret)]


def add_secret_speaker(plan: Plan, visibility: Visibility) -> Speaker:
    """Add somebody with secrets in every field to the panel on water."""
    speaker = add_speaker(
        plan.event,
        code=_SECRETS["code"],
        visibility=visibility,
        email=_SECRETS["email"],
        photo=_SECRETS["photo"],
        source_key=_SECRETS["source_key"],
        spoken_languages=[_SECRETS["spoken"]],
    )
    for lang in ("en", "ckb", "xx"):
        set_text(
            speaker,
            lang,
            display_name=_SECRETS["name"],
            pseudonym=_SECRETS["pseudonym"],
            organisation=_SECRETS["organisation"],
            biography=_SECRETS["biography"],
        )
    session = plan.sessions[WATER]
    set_people(session, [*((p.speaker, p.role) for p in session.people), (speaker, Role.SPEAKER)])
    return speaker


def with_secret_speaker(visibility: Visibility) -> None:
    """Make the plan with somebody who has secrets."""
    make_plan()
    with plan_to_change() as plan:
        add_secret_speaker(plan, visibility)


def people_of(programme: Programme, code: str) -> list[tuple[Role, str | None, dict[str, str]]]:
    """Return who takes part in a session, as the public may know it."""
    (session,) = (session for session in programme.sessions if session.code == code)
    return [(person.role, person.speaker, person.pseudonym) for person in session.people]


def test_the_search_for_traces_finds_them(app: Flask) -> None:
    with_secret_speaker(Visibility.PUBLIC)
    found = found_in(released(), *_SECRETS.values())
    assert set(found) == {
        _SECRETS[field]
        for field in ("code", "photo", "spoken", "name", "organisation", "biography")
    }


def test_somebody_withheld_leaves_no_trace_but_a_role(app: Flask) -> None:
    with_secret_speaker(Visibility.WITHHELD)
    programme = released()
    assert found_in(programme, *_SECRETS.values()) == []
    assert people_of(programme, WATER)[-1] == (Role.SPEAKER, None, {})


def test_somebody_under_a_pseudonym_leaves_nothing_but_the_pseudonym(app: Flask) -> None:
    with_secret_speaker(Visibility.PSEUDONYM)
    programme = released()
    assert found_in(programme, *_SECRETS.values()) == [_SECRETS["pseudonym"]]
    pseudonym = dict.fromkeys(("ckb", "en", "xx"), _SECRETS["pseudonym"])
    assert people_of(programme, WATER)[-1] == (Role.SPEAKER, None, pseudonym)


def test_a_pseudonym_that_is_not_given_yet_leaves_nothing_at_all(app: Flask) -> None:
    with_secret_speaker(Visibility.PSEUDONYM)
    with plan_to_change() as plan:
        for text in plan.speakers[_SECRETS["code"]].texts.values():
            text.pseudonym = " "
    programme = released()
    assert found_in(programme, *_SECRETS.values()) == []
    assert people_of(programme, WATER)[-1] == (Role.SPEAKER, None, {})


def test_somebody_public_of_whom_no_name_is_known_is_as_if_withheld(app: Flask) -> None:
    with_secret_speaker(Visibility.PUBLIC)
    with plan_to_change() as plan:
        for text in plan.speakers[_SECRETS["code"]].texts.values():
            text.display_name = ""
    programme = released()
    assert found_in(programme, *_SECRETS.values()) == []
    assert people_of(programme, WATER)[-1] == (Role.SPEAKER, None, {})


def test_somebody_public_who_takes_part_in_nothing_public_is_not_named(app: Flask) -> None:
    with_secret_speaker(Visibility.PUBLIC)
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.ACCEPTED
        speaker = plan.speakers[_SECRETS["code"]]
        set_people(plan.sessions[WATER], [])
        set_people(plan.sessions[PROPOSED], [(speaker, Role.SPEAKER)])
    assert found_in(released(), *_SECRETS.values()) == []


def test_somebody_who_declined_is_not_there(app: Flask) -> None:
    with_secret_speaker(Visibility.PUBLIC)
    with plan_to_change() as plan:
        plan.sessions[WATER].people[-1].answer = Answer.DECLINED
    programme = released()
    assert found_in(programme, *_SECRETS.values()) == []
    assert len(people_of(programme, WATER)) == 3


@pytest.mark.parametrize("visibility", [Visibility.WITHHELD, Visibility.PSEUDONYM])
def test_a_name_that_was_public_is_gone_from_the_next_release(
    app: Flask, visibility: Visibility
) -> None:
    with_secret_speaker(Visibility.PUBLIC)
    released()
    with plan_to_change() as plan:
        plan.speakers[_SECRETS["code"]].visibility = visibility
    programme = released(hours=1)
    hidden = [_SECRETS[field] for field in _SECRETS if field != "pseudonym"]
    assert found_in(programme, *hidden) == []
    (session,) = (session for session in programme.sessions if session.code == WATER)
    assert session.changes == (Change.PEOPLE,)


def _withdraw(plan: Plan) -> None:
    plan.sessions[WATER].state = State.WITHDRAWN


def _delete(plan: Plan) -> None:
    plan.event.sessions.remove(plan.sessions[WATER])


@pytest.mark.parametrize("remove", [_withdraw, _delete])
@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_session_that_is_cancelled_names_nobody(
    app: Flask, visibility: Visibility, remove: Callable[[Plan], None]
) -> None:
    with_secret_speaker(Visibility.PUBLIC)
    released()
    with plan_to_change() as plan:
        plan.speakers[_SECRETS["code"]].visibility = visibility
        remove(plan)
    programme = released(hours=1)
    assert [s.status for s in programme.sessions if s.code == WATER] == [Status.CANCELLED]
    assert people_of(programme, WATER) == []
    assert found_in(programme, *_SECRETS.values()) == []


def test_nothing_of_what_is_not_accepted_or_not_placed_is_public(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        item = plan.sessions[PROPOSED]
        place(item, starts_at=at(12), room=plan.rooms["tigris"])
        plan.sessions[WOMEN].state = State.WITHDRAWN
        accepted = plan.sessions[WATER]
        accepted.starts_at, accepted.room = None, None
    programme = released()
    assert [session.code for session in programme.sessions] == [OPENING]
    assert found_in(programme, "اقتراح", PROPOSED, WATER, WOMEN) == []
    assert [speaker.code for speaker in programme.speakers] == [SIDURI]


@pytest.mark.parametrize("state", [State.ACCEPTED, State.CONFIRMED])
def test_what_is_accepted_and_placed_is_public(app: Flask, state: State) -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[PROPOSED].state = state
        place(plan.sessions[PROPOSED], starts_at=at(12), room=plan.rooms["tigris"])
    assert PROPOSED in {session.code for session in released().sessions}


def test_the_roles_and_their_order_are_public(app: Flask) -> None:
    make_plan()
    assert people_of(released(), WATER) == [
        (Role.SPEAKER, SIDURI, {}),
        (Role.SPEAKER, None, {"ar": "ابن البرية"}),
        (Role.INTERPRETER, None, {}),
    ]


def test_only_who_may_be_named_is_among_the_speakers(app: Flask) -> None:
    make_plan()
    programme = released()
    assert [speaker.code for speaker in programme.speakers] == [SIDURI]
    assert programme.speakers[0].name == {"ar": "سيدوري"}
    assert programme.speakers[0].biography == {}
    assert found_in(programme, ZIN, ENKIDU, "زین", "أنكيدو", f"{SIDURI}@people.invalid") == []


def test_sessions_stand_in_the_order_of_time_then_of_rooms(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        for code, room in ((PROPOSED, "zagros"), (WOMEN, "tigris"), (WATER, "zagros")):
            plan.sessions[code].state = State.CONFIRMED
            place(plan.sessions[code], starts_at=at(10), room=plan.rooms[room])
        place(plan.sessions[OPENING], starts_at=at(10), room=None)
    assert [session.code for session in released().sessions] == [OPENING, WOMEN, WATER, PROPOSED]


def test_texts_that_are_empty_are_absent(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.event.tagline = {"en": "", "ar": "  ", "ckb": "ئاو"}
        plan.rooms["tigris"].floor = {"ar": ""}
    programme = released()
    assert programme.event.tagline == {"ckb": "ئاو"}
    assert programme.rooms[0].floor == {}


def test_all_rooms_and_themes_are_public_in_their_order(app: Flask) -> None:
    make_plan()
    programme = released()
    assert [room.slug for room in programme.rooms] == ["tigris", "zagros"]
    assert [theme.slug for theme in programme.themes] == ["water", "women"]
    assert programme.event.withheld_name == {"en": "Name withheld", "ar": "الاسم محفوظ"}
