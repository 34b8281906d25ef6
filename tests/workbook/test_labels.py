"""Rooms and themes of a file, and sessions that refer to them."""

from datetime import time

import pytest

from planner.extensions import db
from planner.lib.palette import Colour
from tests.imports.plans import event_of
from tests.plans import PROPOSED, WATER, make_plan
from tests.workbook.files import book, changed, propose, refused, take

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def plan(app: object) -> None:
    """Make the small event."""
    make_plan()


def _rooms() -> dict[str, object]:
    db.session.expire_all()
    return {room.slug: room for room in event_of().rooms}


def test_a_room_changes_by_its_slug_and_sessions_may_call_it_by_either_name() -> None:
    account = take(
        book(
            {
                "Rooms": [
                    ["slug", "name_ar", "name_en"],
                    ["tigris", "الكبرى", "Great hall"],
                ],
                "Sessions": [
                    ["code", "title_ar", "room", "date", "start"],
                    [WATER, None, "قاعة دجلة", None, None],
                    [PROPOSED, None, "great HALL", "18.1.2017", "15:00"],
                ],
            }
        )
    )
    assert refused(account) == []
    assert "Rooms, row 2, column name_en: now “Great hall”" in changed(account)
    (tigris, _) = event_of().rooms
    assert tigris.name == {"ar": "الكبرى", "en": "Great hall"}
    placed = next(s for s in event_of().sessions if s.code == PROPOSED)
    assert placed.room is tigris


def test_a_new_room_can_be_used_at_once() -> None:
    heads = ["slug", "name_ckb", "capacity", "booths", "step_free", "opens", "closes", "site"]
    account = take(
        book(
            {
                "Rooms": [heads, [None, "باخچە", 80, 1, "بەڵێ", "9:00", time(18), "Garden"]],
                "Sessions": [
                    ["code", "title_ar", "room", "date", "start"],
                    [PROPOSED, None, "باخچە", "2017-01-19", time(11)],
                ],
            }
        )
    )
    assert refused(account) == []
    room = event_of().rooms[-1]
    assert (room.slug, room.name, room.capacity, room.booths) == ("room", {"ckb": "باخچە"}, 80, 1)
    assert (room.step_free, room.opens, room.closes, room.site) == (
        True,
        time(9),
        time(18),
        "Garden",
    )
    assert next(s for s in event_of().sessions if s.code == PROPOSED).room is room


def test_themes_are_found_by_name_and_added() -> None:
    account = take(
        book(
            {
                "المحاور": [
                    ["name_ar", "description_ar", "colour"],
                    ["الماء", "من النبع", "Teal"],
                    ["الشباب", None, "rose"],
                ]
            }
        )
    )
    assert refused(account) == []
    water, _, youth = event_of().themes
    assert (water.description, water.colour) == ({"ar": "من النبع"}, Colour.TEAL)
    assert (youth.slug, youth.name, youth.colour) == ("theme", {"ar": "الشباب"}, Colour.ROSE)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"slug": "garden", "name_ar": ""}, "a new one needs a name"),
        ({"slug": "The Garden!", "name_ar": "الحديقة"}, "“the garden!” is no slug"),
        ({"slug": "tigris", "name_ar": "-"}, "must not be empty"),
        ({"slug": "tigris", "name_ar": "", "capacity": "0"}, "whole number of 1 or more"),
        ({"slug": "tigris", "name_ar": "", "opens": "early"}, "not an hour"),
    ],
)
def test_rows_of_rooms_are_refused_with_the_reason(cells: dict[str, object], reason: str) -> None:
    (line,) = refused(propose(book({"Rooms": [list(cells), list(cells.values())]})))
    assert line.startswith("Rooms, row 2")
    assert reason in line


def test_no_two_rows_are_about_one_room() -> None:
    sheet = [["slug", "name_ar"], ["tigris", None], [None, "قاعة دجلة"]]
    (line,) = refused(propose(book({"Rooms": sheet})))
    assert "Row 2 is about the same already" in line


def test_a_hidden_sheet_and_a_second_one_are_left_out_and_told() -> None:
    def hide(made: object) -> None:
        made["Rooms"].sheet_state = "hidden"  # type: ignore[index]

    sessions = [["code", "title_ar"], [WATER, "ماء"]]
    sheets = {
        "Rooms": [["slug", "name_ar"], ["x", "y"]],
        "Sessions": sessions,
        "البرنامج": sessions,
    }
    account = propose(book({**sheets, "Budget": [["item"], ["tea"]]}, hide))
    assert [f"{place}: {said}" for place, said in account.notes] == [
        "sheet Rooms: The sheet is hidden and was left out.",
        "sheet البرنامج: The sheet was left out, because Sessions holds the same.",
        "sheet Budget: The sheet holds nothing of the plan and was left out.",
    ]
