"""How a day of the board is drawn: every room, to scale, and nothing above anything else."""

from datetime import datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from planner.public.grid import LANES
from planner.timetable.board_grid import Sheet, sheet_of
from planner.timetable.parts import Session, day_with_hours
from tests.timetable.pictures import FIRST, at, room, session

_DAY = day_with_hours(FIRST, 8 * 60, 20 * 60)
_ROOMS = tuple(room(slug) for slug in ("tigris", "zagros", "orchard"))


def drawn(*sessions: Session, **hours: int) -> Sheet:
    """Return a day with these sessions."""
    day = day_with_hours(FIRST, hours["begin"], hours["end"]) if hours else _DAY
    return sheet_of(day, _ROOMS, sessions)


def test_every_room_is_a_column_and_the_hours_are_those_of_the_day() -> None:
    sheet = drawn()
    assert [column.room for column in sheet.columns] == ["tigris", "zagros", "orchard"]
    assert sheet.origin == at(8)
    assert sheet.rows == 12 * 12
    assert sheet.hours[0] == (at(8), 0)
    assert sheet.hours[-1] == (at(19), 11 * 12)


def test_a_session_is_drawn_to_scale_in_rows_of_five_minutes() -> None:
    sheet = drawn(session("A", at(10, 25), "zagros", minutes=50))
    cell = sheet.columns[1].cells["A"]
    assert (cell.row, cell.rows) == (29, 10)
    assert cell.classes == "s29 d10 c1 w1 z2"
    assert sheet.columns[0].cells == {}


def test_the_sheet_holds_what_lies_outside_of_the_day() -> None:
    sheet = drawn(session("A", at(6, 40), "tigris"), session("B", at(23, 30), "tigris"))
    assert sheet.origin == at(6)
    assert sheet.rows == (25 - 6) * 12
    assert sheet.columns[0].cells["A"].row == 8


def test_a_day_that_begins_at_half_past_is_drawn_from_the_whole_hour() -> None:
    sheet = drawn(begin=8 * 60 + 30, end=26 * 60 + 15)
    assert sheet.origin == at(8)
    assert sheet.rows == 19 * 12
    assert [band.classes for band in sheet.columns[0].closed] == ["s0 d6 w0", "s219 d9 w0"]


def test_a_room_is_closed_before_it_opens_and_after_it_closes() -> None:
    rooms = (room("tigris", opens=9 * 60, closes=18 * 60), room("zagros", closes=2 * 60))
    sheet = sheet_of(_DAY, rooms, ())
    assert [(band.row, band.rows) for band in sheet.columns[0].closed] == [(0, 12), (120, 24)]
    assert sheet.columns[1].closed == ()


def test_a_clash_stands_side_by_side_and_says_so_by_its_lanes() -> None:
    sheet = drawn(
        session("A", at(10), "tigris"),
        session("B", at(10, 30), "tigris"),
        session("C", at(13), "tigris"),
    )
    column = sheet.columns[0]
    assert column.lanes == 2
    assert [(cell.lane, cell.width) for cell in column.cells.values()] == [(1, 1), (2, 1), (1, 2)]


def test_what_is_across_all_rooms_spans_them() -> None:
    sheet = drawn(session("A", at(9), "tigris", across_rooms=True), session("B", at(10), "tigris"))
    assert list(sheet.spanning) == ["A"]
    assert sheet.everywhere.cells == {}


def test_what_is_across_all_rooms_beside_something_else_gets_a_column() -> None:
    sheet = drawn(session("A", at(9), None, across_rooms=True), session("B", at(9, 30), "orchard"))
    assert sheet.spanning == {}
    assert list(sheet.everywhere.cells) == ["A"]
    assert list(sheet.columns[2].cells) == ["B"]


def test_a_short_session_is_long_enough_to_be_read() -> None:
    sheet = drawn(session("A", at(10), "tigris", minutes=5))
    assert sheet.columns[0].cells["A"].rows == 3


def test_a_session_of_a_room_that_is_gone_is_not_drawn() -> None:
    assert all(not column.cells for column in drawn(session("A", at(10), "attic")).columns)


def _item(told: tuple[int, int, str, bool], number: int) -> Session:
    start, minutes, slug, across = told
    return session(
        f"N{number}",
        at(0) + timedelta(minutes=start),
        None if across else slug,
        minutes=minutes,
        across_rooms=across,
    )


@given(
    some.lists(
        some.tuples(
            some.integers(0, 1435),
            some.integers(1, 900),
            some.sampled_from(["tigris", "zagros", "orchard"]),
            some.booleans(),
        ),
        max_size=12,
    )
)
def test_nothing_is_drawn_above_anything_else(
    told: list[tuple[int, int, str, bool]],
) -> None:
    sessions = [_item(item, number) for number, item in enumerate(told)]
    sheet = drawn(*sessions)
    places: dict[str, tuple[str | None, range, range]] = {
        code: (column.room, range(cell.row, cell.row + cell.rows), _lanes(cell))
        for column in (sheet.everywhere, *sheet.columns)
        for code, cell in column.cells.items()
    }
    spanning = {
        code: (None, range(cell.row, cell.row + cell.rows), range(LANES + 1))
        for code, cell in sheet.spanning.items()
    }
    assert set(places) | set(spanning) == {item.code for item in sessions}
    for one, other in combinations([*places.values(), *spanning.values()], 2):
        if None in (one[0], other[0]) or one[0] == other[0]:
            assert not (_meet(one[1], other[1]) and _meet(one[2], other[2])), (one, other)
    for _, rows, _lane in (*places.values(), *spanning.values()):
        assert rows.start >= 0
        assert rows.stop <= sheet.rows


def _lanes(cell: object) -> range:
    lane, width = cell.lane, cell.width  # type: ignore[attr-defined]
    return range(lane, lane + width)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def test_a_session_begins_where_it_says() -> None:
    """Rows count from the origin, wherever that is."""
    sheet = drawn(session("A", at(7, 35), "tigris"))
    cell = sheet.columns[0].cells["A"]
    assert sheet.origin + timedelta(minutes=5 * cell.row) == datetime(2017, 1, 18, 7, 35)
