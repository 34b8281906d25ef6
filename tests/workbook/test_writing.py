"""The workbook that we write, looked at as XML and through the library that others read it with."""

import re
from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from planner.releases.queries import whole_plan
from planner.workbook.columns import SheetKind
from planner.workbook.opening import open_workbook
from planner.workbook.tables import Tables
from planner.workbook.writing import LONGEST_CELL, separated_table, workbook
from tests.plans import ENKIDU, SIDURI, SLUG, WATER, ZIN, make_plan, plan_to_change

pytestmark = pytest.mark.usefixtures("app")


def _tables(lang: str = "en", *, sees_names: bool = True) -> Tables:
    plan = whole_plan(SLUG)
    assert plan is not None
    return Tables(plan, lang, sees_names=sees_names)


def _written(lang: str = "en", *, sees_names: bool = True) -> bytes:
    return workbook(_tables(lang, sees_names=sees_names), lang)


def _parts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _sheet(content: bytes, name: str) -> Any:
    return openpyxl.load_workbook(BytesIO(content))[name]


def _records(content: bytes, name: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a sheet by their first cell, each by its headings."""
    heads, *rows = _sheet(content, name).iter_rows(values_only=True)
    return {row[0]: dict(zip(heads, row, strict=True)) for row in rows}


def test_it_has_a_sheet_for_everything_and_one_that_explains() -> None:
    make_plan()
    made = openpyxl.load_workbook(BytesIO(_written()))
    assert made.sheetnames == ["Sessions", "Speakers", "Rooms", "Themes", "Read me", "Lists"]
    assert made["Lists"].sheet_state == "hidden"
    heads = [cell.value for cell in made["Sessions"][1]]
    assert heads[:7] == ["code", "kind", "theme", "room", "date", "start", "minutes"]
    assert heads[7:13] == [
        f"{text}_{lang}" for text in ("title", "abstract") for lang in ("en", "ar", "ckb")
    ]
    assert heads[13:18] == ["spoken", "interpreted", "audience", "state", "speakers"]


def test_cells_hold_real_days_hours_and_numbers() -> None:
    make_plan()
    row = _records(_written(), "Sessions")[WATER]
    assert (row["date"], row["start"], row["minutes"]) == (datetime(2017, 1, 18), time(10), 60)
    assert (row["room"], row["theme"], row["kind"]) == ("قاعة دجلة", "الماء", "panel")
    assert row["speakers"] == "سيدوري (speaker); أنكيدو (speaker); زین (interpreter)"
    cells = {cell.value: cell for cell in _sheet(_written(), "Sessions")[3]}
    assert cells[datetime(2017, 1, 18)].number_format == "yyyy-mm-dd"
    assert cells[time(10)].number_format == "hh:mm"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "#N/A", "=", "'=1"])
def test_no_text_is_a_formula_or_an_error(text: str) -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].title = text
        plan.sessions[WATER].remark = text
        plan.rooms["tigris"].name = {"ar": text}
    content = _written()
    for name, xml in _parts(content).items():
        if name.startswith("xl/worksheets/"):
            assert not re.search(r"<f[\s>/]", xml)
            assert 't="e"' not in xml
    row = _records(content, "Sessions")[WATER]
    assert (row["title_ar"], row["remark"]) == (text, text)


def test_every_cell_of_text_is_formatted_as_text() -> None:
    make_plan()
    sheet = _sheet(_written(), "Sessions")
    assert {cell.number_format for cell in sheet["A"][1:]} == {"@"}
    assert sheet.column_dimensions["A"].number_format == "@"


@pytest.mark.parametrize(("lang", "is_rtl"), [("en", False), ("ar", True), ("ckb", True)])
def test_sheets_run_as_the_language_of_the_desk_does(lang: str, is_rtl: bool) -> None:
    make_plan()
    made = openpyxl.load_workbook(BytesIO(_written(lang)))
    for name in ("Sessions", "Speakers", "Rooms", "Themes", "Read me"):
        assert bool(made[name].sheet_view.rightToLeft) is is_rtl
    for cell in made["Sessions"][1]:
        below = made["Sessions"].cell(row=2, column=cell.column)
        if below.value and cell.value == "title_ar":
            assert below.alignment.readingOrder == 2


def test_the_first_row_and_column_stay_in_sight() -> None:
    make_plan()
    sheet = _sheet(_written(), "Sessions")
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["H"].width > sheet.column_dimensions["A"].width


def test_closed_words_rooms_and_themes_drop_down() -> None:
    make_plan()
    content = _written("ar")
    sheet = _sheet(content, "Sessions")
    offered = {
        str(validation.sqref).split(":")[0]: validation.formula1
        for validation in sheet.data_validations.dataValidation
    }
    assert offered["B2"].strip('"').split(",")[:3] == ["plenary", "panel", "workshop"]
    assert (offered["D2"], offered["C2"]) == ("Lists!$A$1:$A$2", "Lists!$B$1:$B$2")
    lists = _sheet(content, "Lists")
    assert [cell.value for cell in lists["A"]] == ["قاعة دجلة", "ژووری زاگرۆس"]
    assert all(len(formula) <= 255 for formula in offered.values())


def test_the_explanation_tells_every_column_in_the_language_of_the_desk() -> None:
    make_plan()
    tables = _tables()
    rows = list(_sheet(_written("ar"), "Read me").iter_rows(values_only=True))
    told = {(row[0], name) for row in rows if row[1] for name in row[1].split(", ")}
    assert {(kind.value, h.name) for kind in SheetKind for h in tables.table(kind).headings} <= told
    words = next(row[3] for row in rows if row[:2] == ("Sessions", "kind"))
    assert "workshop (ورشة عمل)" in words


def test_who_is_hidden_is_a_code_and_nothing_else() -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.speakers[ZIN].remark = "lives in the old town"
    content = _written(sees_names=False)
    for xml in _parts(content).values():
        for hidden in ("أنكيدو", "زین", "ابن البرية", ENKIDU + "@", ZIN + "@", "old town"):
            assert hidden not in xml
    assert _records(content, "Sessions")[WATER]["speakers"] == (
        f"سيدوري (speaker); {ENKIDU} (speaker); {ZIN} (interpreter)"
    )
    rows = _records(content, "Speakers")
    assert set(rows[ZIN].values()) == {ZIN, None}
    assert rows[SIDURI]["name_ar"] == "سيدوري"
    table = separated_table(_tables(sees_names=False).table(SheetKind.SPEAKERS)).decode()
    assert f'"{ZIN}",""' in table
    assert "زین" not in table


def test_names_that_several_have_are_codes() -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.speakers[ZIN].texts["ar"].display_name = "سيدورى"  # spelt otherwise, the same
        plan.rooms["zagros"].name = {"en": "Tigris"}  # the slug of the other one
    row = _records(_written(), "Sessions")[WATER]
    assert row["speakers"] == f"{SIDURI} (speaker); أنكيدو (speaker); {ZIN} (interpreter)"
    rooms = {record["room"] for record in _records(_written(), "Sessions").values()}
    assert rooms == {"قاعة دجلة", "zagros", None}


def test_what_is_longer_than_a_cell_is_cut_and_marked() -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].abstract = "ماء " * 10_000
    abstract = _records(_written(), "Sessions")[WATER]["abstract_ar"]
    assert (len(abstract), abstract[-1]) == (LONGEST_CELL, "…")


def test_what_looks_escaped_is_kept_as_it_is() -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].title = "_x0041_ _x000D_"
    content = _written()
    assert "_x005F_x0041_" in _parts(content)["xl/worksheets/sheet1.xml"]
    grid = open_workbook(content).grids[0]
    assert any("_x0041_ _x000D_" in cells for _, cells in grid.rows)
