"""Rows of sessions: found by their code, added, changed, or refused with the reason."""

from datetime import datetime

import pytest

from planner.events.models import TextState
from planner.extensions import db
from planner.imports.report import LineKind
from planner.programme.vocabulary import Kind
from planner.releases.queries import whole_plan
from planner.sessions.models import Session, State
from planner.sessions.texts import digest_of
from planner.workbook.account import Outcome
from planner.workbook.telling import UnreadableWorkbookError
from tests.imports.plans import event_of, rows
from tests.plans import OPENING, PROPOSED, SLUG, WATER, WOMEN, make_plan, plan_to_change
from tests.workbook.files import (
    book,
    changed,
    guessed,
    propose,
    refused,
    said,
    table,
    table_of,
    take,
)

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def plan(app: object) -> None:
    """Make the small event."""
    make_plan()


def _session(code: str = WATER) -> Session:
    db.session.expire_all()
    return next(session for session in event_of().sessions if session.code == code)


def _titled(title: str, lang: str = "ar") -> Session:
    db.session.expire_all()
    return next(
        session
        for session in event_of().sessions
        if lang in session.texts and session.texts[lang].title == title
    )


def _row(**cells: object) -> bytes:
    """Return a table of one session that is in the plan."""
    return table_of({"code": WATER, "title_ar": "", **cells})


def test_a_row_changes_what_it_says_and_leaves_the_rest() -> None:
    before = _session().texts["ar"].abstract
    account = take(_row(title_ar="الماء للجميع", audience=250, kind="ورشة عمل", spoken="ar; ckb"))
    assert changed(account) == [
        "row 2, column title_ar: “حق الوصول إلى الماء” becomes “الماء للجميع”",
        "row 2, column kind: “panel” becomes “workshop”",
        "row 2, column spoken: now “ar; ckb”",
        "row 2, column audience: now “250”",
    ]
    session = _session()
    assert (session.texts["ar"].title, session.texts["ar"].abstract) == ("الماء للجميع", before)
    assert (session.kind, session.audience) == (Kind.WORKSHOP, 250)
    assert session.spoken_languages == ["ar", "ckb"]
    assert session.version == 2


def test_codes_are_read_however_they_are_typed() -> None:
    account = take(table_of({"code": f" {WATER.lower()}\u200f", "title_ar": "", "audience": 9}))
    assert [row.outcome for row in account.rows] == [Outcome.CHANGED]


def test_an_empty_cell_says_nothing_and_a_dash_takes_out() -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].audience, plan.sessions[WATER].remark = 100, "later"
    take(_row(audience="", remark=" "))
    assert (_session().audience, _session().remark) == (100, "later")
    account = take(_row(audience="-", remark="–", theme="-", abstract_ar="-"))
    assert "row 2, column audience: “100” is taken out" in changed(account)
    session = _session()
    assert (session.audience, session.remark, session.theme) == (None, "", None)
    assert session.texts["ar"].abstract == ""


@pytest.mark.parametrize("column", ["kind", "state", "minutes", "title_ar", "original"])
def test_what_must_be_there_cannot_be_taken_out(column: str) -> None:
    before = rows()
    (line,) = refused(take(_row(**{column: "-"})))
    assert f"column {column}" in line
    assert rows() == before


def test_a_row_without_a_code_is_new() -> None:
    account = take(
        table_of(
            {
                "title_ar": "مساء الشعر",
                "title_en": "Evening of poems",
                "abstract_ar": "قصائد من النهرين.",
                "kind": "performance",
                "theme": "ئاو",
                "room": "tigris",
                "date": "18.1.2017",
                "start": "20:00-21:30",
                "state": "مؤكدة",
                "original": "ar",
            }
        )
    )
    assert said(account, LineKind.TAKEN) == ["row 2: new: Evening of poems"]
    session = _titled("مساء الشعر")
    assert (session.kind, session.state) == (Kind.PERFORMANCE, State.CONFIRMED)
    assert (session.starts_at, session.minutes) == (datetime(2017, 1, 18, 20), 90)
    assert session.room is not None
    assert (session.room.slug, session.theme and session.theme.slug) == ("tigris", "water")
    assert (session.original_language, len(session.code)) == ("ar", 6)
    assert session.texts["ar"].source_digest is None
    assert session.texts["en"].source_digest == digest_of("مساء الشعر", "قصائد من النهرين.")


def test_what_a_new_row_leaves_out_is_assumed_and_told() -> None:
    account = take(
        table_of(
            {"title_ckb": "شیعر", "room": "zagros", "date": "2017-01-19", "start": "11:00"},
            {"title_ckb": "مۆسیقا"},
        )
    )
    placed, proposed = _titled("شیعر", "ckb"), _titled("مۆسیقا", "ckb")
    assert (placed.state, proposed.state) == (State.CONFIRMED, State.PROPOSED)
    assert (placed.kind, placed.minutes, placed.original_language) == (Kind.OTHER, 60, "ckb")
    assert len(guessed(account)) == 3
    assert any("without a state" in line for line in guessed(account))


def test_a_new_row_needs_a_title() -> None:
    assert refused(propose(table_of({"title_ar": "", "room": "tigris"}))) == [
        "row 2: A new session needs a title."
    ]


def test_an_unknown_code_is_refused() -> None:
    (line,) = refused(propose(table_of({"code": "ABCDEF", "title_ar": "ماء"})))
    assert line.startswith("row 2, column code: The event has no session with the code “ABCDEF”.")


def test_codes_of_other_events_are_not_of_this_one() -> None:
    make_plan("other-days", codes="X")
    (line,) = refused(propose(table_of({"code": f"X{WATER}", "title_ar": "ماء"})))
    assert "has no session" in line


def test_no_two_rows_are_about_one_session() -> None:
    row = {"code": WATER, "title_ar": "ماء"}
    assert refused(propose(table_of(row, row))) == [
        "row 3, column code: Row 2 is about the same already."
    ]


def test_a_session_that_is_there_already_is_not_added_again() -> None:
    with plan_to_change() as plan:
        plan.sessions[PROPOSED].texts["ar"].title = "استراحة"
    there = {
        "title_ar": "حق الوصول إلى الماء",
        "room": "tigris",
        "date": "2017-01-18",
        "start": "10:00",
    }
    account = propose(table_of(there, {"title_ar": "استراحه"}))
    assert refused(account) == [
        f"row 2, column code: The plan has this session, as {WATER}: write the code to change it."
    ]
    assert any(f"as {PROPOSED}; this is another" in line for line in guessed(account))


def test_nothing_is_taken_when_one_cell_is_refused() -> None:
    before = rows()
    account = take(
        table_of(
            {"code": WATER, "title_ar": "الماء للجميع", "room": "zagros"},
            {"code": WOMEN, "title_ar": "", "room": "no such room"},
        )
    )
    assert (account.in_file, account.taken, account.refused) == (2, 1, 1)
    assert refused(account) == [
        "row 3, column room: There is no room “no such room”. "
        "Add it in the desk, or in a sheet Rooms."
    ]
    assert rows() == before


def test_a_dry_run_tells_all_and_changes_nothing() -> None:
    before = rows()
    account = propose(table_of({"code": WATER, "title_ar": "الماء للجميع"}, {"title_ar": "شعر"}))
    assert [row.outcome for row in account.rows] == [Outcome.CHANGED, Outcome.NEW]
    assert rows() == before
    assert (
        account.digest
        == propose(
            table_of({"code": WATER, "title_ar": "الماء للجميع"}, {"title_ar": "شعر"})
        ).digest
    )


def test_columns_may_be_renamed_reordered_and_left_out() -> None:
    content = table(
        ["الحضور المتوقع", "Budget", "العنوان بالعربية", "الرمز", "", "النوع"],
        ["250", "9000", "الماء للجميع", WATER, "x", "ورشة عمل"],
    )
    account = take(content)
    assert guessed(account) == ["the file: Columns that are not known were left out: Budget (B)."]
    assert (_session().audience, _session().kind) == (250, Kind.WORKSHOP)


def test_a_column_of_titles_is_needed() -> None:
    with pytest.raises(UnreadableWorkbookError) as error:
        propose(table(["code", "room"], [WATER, "zagros"]))
    assert "title_en" in str(error.value.told)


def test_a_column_may_stand_once() -> None:
    with pytest.raises(UnreadableWorkbookError) as error:
        propose(table(["title_ar", "العنوان بالعربية"], ["a", "b"]))
    assert str(error.value.told) == ("Two columns are title_ar: A, B. Take one of them out.")


def test_a_title_without_its_language_is_in_that_of_its_letters() -> None:
    take(table(["Title", "Abstract"], ["پێشمەرگەی ڕووبار", "Words of the river"]))
    session = _titled("پێشمەرگەی ڕووبار", "ckb")
    assert session.texts["en"].abstract == "Words of the river"


def test_languages_that_the_event_has_not_are_left_out_and_named() -> None:
    account = propose(table(["title_ar", "title_de"], ["ماء", "Wasser"]))
    assert guessed(account)[0].endswith("left out: title_de (B).")


def test_banners_above_the_headings_and_empty_rows_do_no_harm() -> None:
    sheet = [["River Days 2017"], [], ["code", "title_ar", "audience"], [], [WATER, None, 70]]
    account = take(book({"Programme": sheet}))
    assert [(row.sheet, row.number) for row in account.rows] == [("Programme", 5)]
    assert _session().audience == 70


def test_states_follow_one_another_as_they_may() -> None:
    (line,) = refused(propose(_row(state="proposed")))
    assert "A session that is confirmed cannot become proposed" in line
    take(_row(state="withdrawn"))
    assert _session().state is State.WITHDRAWN
    assert refused(take(_row(state="proposed"))) == []


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("kind", "poem", "none of the words for it: plenary"),
        ("minutes", "long", "not a length"),
        ("audience", "many", "not a number"),
        ("audience", "-5", "whole number of 0 or more"),
        ("spoken", "ar; Elvish", "“Elvish” is not a language"),
        ("online", "live.example", "not an address"),
        ("pinned", "perhaps", "neither yes nor no"),
        ("original", "de", "needs a title"),
        ("theme", "Wather", "There is no theme “Wather”"),
        ("start", "soon", "not an hour"),
        ("date", "18.13.2017", "not a date"),
    ],
)
def test_what_cannot_be_understood_is_refused_at_its_place(
    column: str, cell: str, reason: str
) -> None:
    (line,) = refused(propose(_row(**{column: cell})))
    assert line.startswith("row 2, column ")
    assert reason in line


def test_the_nearest_names_are_told() -> None:
    (line,) = refused(propose(_row(room="قاعة دجله الكبرى")))
    assert "The nearest: قاعة دجلة" in line


def test_translations_of_a_changed_original_are_left_behind() -> None:
    take(_row(title_en="The right to water"))
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["en"].state = TextState.REVIEWED
        plan.sessions[WATER].texts["en"].source_digest = None
    was = digest_of(_session().texts["ar"].title, _session().texts["ar"].abstract)
    take(_row(title_ar="الماء للجميع"))
    session = _session()
    assert session.texts["en"].source_digest == was
    assert (session.texts["en"].state, session.texts["ar"].state) == (
        TextState.REVIEWED,
        TextState.DRAFT,
    )


def test_a_translation_without_anything_left_goes() -> None:
    take(_row(title_en="The right to water", abstract_en="From spring to city."))
    take(_row(title_en="-", abstract_en="-"))
    assert set(_session().texts) == {"ar"}


def test_the_language_of_the_original_can_change_to_one_with_a_title() -> None:
    take(_row(title_en="The right to water", original="English"))
    assert _session().original_language == "en"


def test_formulas_are_text_and_told() -> None:
    rows_ = [["code", "title_ar", "audience"], [WATER, "=1+1", "=100+50"]]
    account = propose(book({"Sessions": rows_}))
    assert "Sessions, row 2, column audience: “=100+50” is not a number." in refused(account)
    account = take(book({"Sessions": [row[:2] for row in rows_]}))
    assert _session().texts["ar"].title == "=1+1"
    assert any("formula" in line for line in guessed(account))


def test_a_text_that_begins_like_a_formula_comes_back_as_it_was() -> None:
    take(table(["code", "title_ar"], [WATER, "'=1+1"]))
    assert _session().texts["ar"].title == "=1+1"


def test_an_event_without_any_sheet_of_ours_is_refused() -> None:
    with pytest.raises(UnreadableWorkbookError):
        propose(book({"Budget": [["item", "cost"], ["tea", 5]]}))


def test_nothing_is_left_of_a_dry_run_in_memory() -> None:
    propose(_row(title_ar="الماء للجميع"))
    assert not db.session.new
    assert not db.session.dirty
    plan = whole_plan(SLUG)
    assert plan is not None
    assert {session.code for session in plan.sessions} == {OPENING, WATER, WOMEN, PROPOSED}
    assert all(s.texts["ar"].title != "الماء للجميع" for s in plan.sessions)
