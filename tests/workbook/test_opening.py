"""Workbooks as Excel writes them: days, formulas, merged cells, hidden sheets."""

from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from planner.workbook.opening import open_workbook
from planner.workbook.reading import is_spreadsheet
from tests.workbook.files import book, raw_book, sheet_xml, strings_xml


def test_values_keep_their_types() -> None:
    length = timedelta(minutes=90)
    row = ["ماء", 12, 0.5, True, date(2017, 1, 18), time(9), length, None, "x"]
    (grid,) = open_workbook(book({"الجلسات": [row]})).grids
    assert grid.name == "الجلسات"
    assert grid.rows == [
        (
            1,
            (
                "ماء",
                12,
                0.5,
                True,
                datetime(2017, 1, 18),
                time(9),
                timedelta(minutes=90),
                None,
                "x",
            ),
        )
    ]


def test_the_calendar_of_old_macs_is_known() -> None:
    def old(made: openpyxl.Workbook) -> None:
        made.epoch = CALENDAR_MAC_1904

    (grid,) = open_workbook(book({"Sessions": [[date(2017, 1, 18)]]}, old)).grids
    assert grid.rows == [(1, (datetime(2017, 1, 18),))]


def test_empty_rows_and_cells_at_the_ends_are_left_out() -> None:
    (grid,) = open_workbook(book({"Sessions": [["a", None], [None], [], ["b"]]})).grids
    assert grid.rows == [(1, ("a",)), (4, ("b",))]


def test_formulas_are_known_with_what_they_showed_last() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1&amp;"x"</f></c>'
        '<c r="C1" t="str"><f t="shared" si="0"/><v>ماء</v></c><c r="D1"><v>4</v></c></row>'
    )
    (grid,) = open_workbook(raw_book(sheet_xml(rows))).grids
    assert grid.rows == [(1, (2, None, "ماء", 4))]
    assert grid.formulas == {(1, 0): "=1+1", (1, 1): '=A1&"x"', (1, 2): "="}


def test_merged_cells_say_the_same_in_all_rows() -> None:
    def merge(made: Any) -> None:
        made["Sessions"].merge_cells("B2:C4")

    rows = [["a", "b", "c"], ["1", "day", "x"], ["2"], ["3"]]
    (grid,) = open_workbook(book({"Sessions": rows}, merge)).grids
    assert grid.merged == {(3, 1): "day", (4, 1): "day"}


def test_hidden_sheets_are_known() -> None:
    def hide(made: Any) -> None:
        made["old"].sheet_state = "hidden"

    grids = open_workbook(book({"Sessions": [["a"]], "old": [["b"]]}, hide)).grids
    assert [(grid.name, grid.is_hidden) for grid in grids] == [("Sessions", False), ("old", True)]


def test_rich_text_and_escaped_characters_are_text() -> None:
    strings = strings_xml(
        "<si><r><t>ماء </t></r><r><t>للجميع</t></r></si><si><t>a_x000D_&#10;b_x005F_x0041_</t></si>"
    )
    sheet = sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>')
    (grid,) = open_workbook(raw_book(sheet, strings=strings)).grids
    assert grid.rows == [(1, ("ماء للجميع", "a\r\nb_x0041_"))]


@pytest.mark.parametrize(
    ("content", "name", "is_one"),
    [
        (b"PK\x03\x04", "plan", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.xml", True),
        (b"title_ar", "plan.CSV", True),
        (b"title_ar", "plan.tsv", True),
        (b"<schedule/>", "schedule.xml", False),
        (b"{}", "schedule.json", False),
        (b"title_ar", "plan", False),
    ],
)
def test_spreadsheets_are_told_from_schedules(content: bytes, name: str, is_one: bool) -> None:
    assert is_spreadsheet(content, name) is is_one
