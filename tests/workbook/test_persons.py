"""Speakers, who takes part in what, and what those may do who may not know the names."""

import pytest

from planner.entering.speakers.operations import delete_speaker
from planner.extensions import db
from planner.programme.vocabulary import Role
from planner.sessions.models import Answer
from planner.speakers.models import Speaker, Visibility
from tests.desks import make_user
from tests.imports.plans import event_of, rows
from tests.plans import ENKIDU, PROPOSED, SIDURI, WATER, ZIN, make_plan, plan_to_change
from tests.workbook.files import book, changed, propose, refused, table_of, take

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def plan(app: object) -> None:
    """Make the small event."""
    make_plan()


def _people(code: str = WATER) -> list[tuple[str, Role]]:
    db.session.expire_all()
    session = next(session for session in event_of().sessions if session.code == code)
    return [(person.speaker.code, person.role) for person in session.people]


def _speaker(code: str) -> Speaker:
    db.session.expire_all()
    return next(speaker for speaker in event_of().speakers if speaker.code == code)


def _with(speakers: str, code: str = WATER) -> bytes:
    return table_of({"code": code, "title_ar": "", "speakers": speakers})


def _sheet(**cells: object) -> bytes:
    return book({"Speakers": [list(cells), list(cells.values())]})


def test_people_are_found_by_code_and_by_name_however_spelt() -> None:
    account = take(_with(f"سيدورى (مديرة الجلسة); {ZIN.lower()} (وەرگێڕ)؛ أنكيدو"))
    assert refused(account) == []
    assert _people() == [
        (SIDURI, Role.MODERATOR),
        (ZIN, Role.INTERPRETER),
        (ENKIDU, Role.SPEAKER),
    ]
    assert changed(account) == [
        "row 2, column speakers: “سيدوري (speaker); أنكيدو (speaker); زین (interpreter)” becomes "
        "“سيدوري (moderator); زین (interpreter); أنكيدو (speaker)”"
    ]


def test_who_stays_keeps_their_answer() -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].people[0].answer = Answer.CONFIRMED
    take(_with(f"{ENKIDU}; {SIDURI}"))
    (_, siduri) = next(s for s in event_of().sessions if s.code == WATER).people
    assert siduri.answer is Answer.CONFIRMED


def test_a_name_that_is_nowhere_yet_is_a_new_speaker_once() -> None:
    account = take(
        table_of(
            {"code": WATER, "title_ar": "", "speakers": "شێرکۆ بێکەس (moderator)"},
            {"code": PROPOSED, "title_ar": "", "speakers": "شێرکۆ بێکەس; Layla Qasim"},
        )
    )
    assert refused(account) == []
    new = [speaker for speaker in event_of().speakers if speaker.code not in {SIDURI, ENKIDU, ZIN}]
    assert [speaker.number for speaker in new] == [4, 5]
    assert [set(speaker.texts) for speaker in new] == [{"ckb"}, {"en"}]
    assert {speaker.visibility for speaker in new} == {Visibility.WITHHELD}


def test_the_same_person_in_two_scripts_is_not_guessed() -> None:
    take(_with("Siduri"))
    assert len(event_of().speakers) == 4


def test_a_dash_takes_everybody_off() -> None:
    take(_with("-"))
    assert _people() == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("سيدوري (singer)", "“singer” is no role: speaker, moderator"),
        ("QQ9999", "no speaker with the code “QQ9999”"),
        ("(speaker)", "no role|not a name"),
        ("; ".join(f"Person {number}" for number in range(101)), "More than 100 people"),
        ("x" * 400, "not a name"),
    ],
)
def test_who_cannot_be_found_is_refused(cell: str, reason: str) -> None:
    lines = refused(propose(_with(cell)))
    if reason != "no role|not a name":
        assert reason in lines[0]


def test_a_name_that_two_have_needs_a_code_unless_one_is_there() -> None:
    with plan_to_change() as plan:
        plan.speakers[ZIN].texts["ar"].display_name = "سيدوري"
    (line,) = refused(propose(_with("سيدوري", WATER)))
    assert f"one of {SIDURI}, {ZIN}" in line
    assert refused(propose(_with("سيدوري (facilitator)", PROPOSED))) == []  # she is on it


def test_nobody_gets_the_number_of_somebody_who_is_gone() -> None:
    """The journal tells of people by their numbers."""
    user_id = make_user()
    delete_speaker(event_of().id, user_id, ZIN)
    take(_with("Layla Qasim"))
    assert sorted(speaker.number for speaker in event_of().speakers) == [1, 2, 4]


def test_what_looks_like_a_code_is_no_name_though_it_has_no_digit() -> None:
    (line,) = refused(propose(_with("WXYQRT")))
    assert "no speaker with the code" in line


def test_parentheses_may_belong_to_a_name() -> None:
    with plan_to_change() as plan:
        plan.speakers[ZIN].texts["ar"].display_name = "زین (شاعیر)"
    take(_with("زین (شاعیر); أنكيدو", PROPOSED))
    assert _people(PROPOSED) == [(ZIN, Role.SPEAKER), (ENKIDU, Role.SPEAKER)]


def test_a_sheet_of_speakers_changes_and_adds() -> None:
    heads = ["code", "name_ar", "name_en", "visibility", "email", "organisation_en", "spoken"]
    account = take(
        book(
            {
                "Speakers": [
                    heads,
                    [SIDURI, None, "Siduri", None, "siduri@tavern.example", None, "ar; en"],
                    [None, "شيركو", None, "public", None, "The valley", None],
                ],
                "Sessions": [["code", "title_ar", "speakers"], [PROPOSED, None, "شيركو"]],
            }
        )
    )
    assert refused(account) == []
    siduri = _speaker(SIDURI)
    assert (siduri.texts["en"].display_name, siduri.email) == ("Siduri", "siduri@tavern.example")
    assert siduri.spoken_languages == ["ar", "en"]
    (added,) = [s for s in event_of().speakers if s.code not in {SIDURI, ENKIDU, ZIN}]
    assert (added.visibility, added.texts["en"].organisation) == (Visibility.PUBLIC, "The valley")
    assert _people(PROPOSED) == [(added.code, Role.SPEAKER)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"code": "QQQQQQ", "name_ar": "شيركو"}, "no speaker with the code"),
        ({"code": "", "name_ar": "سيدورى"}, f"write the code {SIDURI}"),
        ({"code": "", "name_ar": "-", "email": "a@b.example"}, "needs a name"),
        ({"code": SIDURI, "name_ar": "-"}, "needs a name"),
        ({"code": SIDURI, "name_ar": "", "visibility": "half"}, "none of the words"),
        ({"code": SIDURI, "name_ar": "", "email": "siduri"}, "not an e-mail address"),
    ],
)
def test_rows_of_speakers_are_refused_with_the_reason(
    cells: dict[str, object], reason: str
) -> None:
    (line,) = refused(propose(_sheet(**cells)))
    assert line.startswith("Speakers, row 2")
    assert reason in line


@pytest.mark.parametrize(
    "cells",
    [
        {"name_ar": "زین"},
        {"name_ar": "-"},
        {"email": "zin@other.example"},
        {"visibility": "public"},
        {"biography_en": "Poet"},
        {"remark": "x"},
    ],
)
def test_without_the_names_nobody_hidden_is_read_or_changed(cells: dict[str, object]) -> None:
    before = rows()
    lines = refused(take(_sheet(code=ZIN, **{"name_en": "", **cells}), sees_names=False))
    assert [line.partition(": ")[2] for line in lines] == [
        "You may neither read nor change who this is."
    ]
    assert rows() == before


def test_no_more_of_somebody_is_shown_than_they_chose_themselves() -> None:
    with plan_to_change() as plan:
        speaker = plan.speakers[SIDURI]
        speaker.chosen_visibility = speaker.visibility = Visibility.WITHHELD
    (line,) = refused(take(_sheet(code=SIDURI, name_ar="سيدوري", visibility="pseudonym")))
    assert "more than they chose" in line
    assert _speaker(SIDURI).visibility is Visibility.WITHHELD


def test_without_the_names_a_hidden_name_finds_nobody() -> None:
    """Otherwise one could ask for names until the right one shows the number behind it."""
    take(_with("زین", PROPOSED), sees_names=False)
    ((code, _),) = _people(PROPOSED)
    assert code != ZIN
    account = propose(_sheet(code="", name_ar="زین"), sees_names=False)
    assert refused(account) == []


def test_without_the_names_codes_stand_for_people() -> None:
    account = take(_with(f"{ZIN}; سيدوري", PROPOSED), sees_names=False)
    assert _people(PROPOSED) == [(ZIN, Role.SPEAKER), (SIDURI, Role.SPEAKER)]
    told = " ".join(changed(account))
    assert f"{ZIN} (speaker); سيدوري (speaker)" in told
    assert "زین" not in told
