"""A day drawn to scale."""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from planner.programme.document import Session
from planner.public.grid import (
    COLUMNS,
    EVERYWHERE,
    LENGTHS,
    NOWHERE,
    ROWS,
    Column,
    grid_of,
    style_sheet,
)
from tests.examples import session

NINE = datetime(2017, 1, 18, 9, 0)
ROOMS = ("tigris", "zagros", "marsh")


def at(code: str, room: str | None, hour: str, minutes: int = 60, **changes: object) -> Session:
    """Return a session in a room at an hour of the example's first day."""
    starts_at = datetime.fromisoformat(f"2017-01-18T{hour}")
    return session(code, room=room, starts_at=starts_at, minutes=minutes, **changes)


def classes(*sessions: Session) -> dict[str, list[str]]:
    """Return the classes of every cell."""
    grid = grid_of(sessions, ROOMS)
    assert grid is not None
    return {code: cell.classes.split() for code, cell in grid.cells.items()}


def test_rooms_are_columns_in_the_order_of_the_event() -> None:
    grid = grid_of([at("B", "marsh", "09:00"), at("A", "tigris", "10:00")], ROOMS)
    assert grid is not None
    assert grid.columns == (Column("tigris", 1, 1), Column("marsh", 2, 1))
    assert grid.width == 2


def test_a_session_is_drawn_to_scale_from_the_half_hour_before_the_first() -> None:
    drawn = classes(at("A", "tigris", "09:40", 20), at("B", "zagros", "11:00", 90))
    assert drawn["A"][:2] == ["s2", "d4"]
    assert drawn["B"][:2] == ["s18", "d18"]


def test_hours_are_marked_at_their_rows() -> None:
    grid = grid_of([at("A", "tigris", "08:30", 30), at("B", "tigris", "09:00", 90)], ROOMS)
    assert grid is not None
    assert [(f"{hour:%H:%M}", row) for hour, row in grid.hours] == [("09:00", 6), ("10:00", 18)]


def test_what_is_in_all_rooms_spans_them() -> None:
    drawn = classes(
        at("A", None, "09:00", across_rooms=True),
        at("B", "tigris", "10:00"),
        at("C", "zagros", "10:00"),
    )
    assert "w0" in drawn["A"]
    assert {"c1", "w1"} <= set(drawn["B"])
    assert {"c2", "w1"} <= set(drawn["C"])


def test_what_is_in_all_rooms_while_something_else_is_on_has_a_column() -> None:
    grid = grid_of([at("A", None, "09:30", across_rooms=True), at("B", "tigris", "09:00")], ROOMS)
    assert grid is not None
    assert [column.room for column in grid.columns] == [EVERYWHERE, "tigris"]


def test_sessions_that_clash_in_a_room_stand_side_by_side() -> None:
    drawn = classes(
        at("A", "tigris", "09:00"), at("B", "tigris", "09:30"), at("C", "tigris", "11:00")
    )
    assert {"c1", "w1"} <= set(drawn["A"])
    assert {"c2", "w1"} <= set(drawn["B"])
    assert {"c1", "w2"} <= set(drawn["C"])


def test_what_has_no_room_has_a_column_of_its_own() -> None:
    grid = grid_of([at("A", "tigris", "09:00"), at("B", None, "09:00")], ROOMS)
    assert grid is not None
    assert [column.room for column in grid.columns] == ["tigris", NOWHERE]


def test_short_sessions_are_long_enough_to_be_read() -> None:
    drawn = classes(at("A", "tigris", "09:00", 5), at("B", "tigris", "09:05", 5))
    assert drawn["A"] == ["s0", "d3", "c1", "w1", "z1"]
    assert drawn["B"] == ["s1", "d3", "c2", "w1", "z1"]


def test_a_session_of_a_day_is_cut() -> None:
    assert f"d{LENGTHS}" in classes(at("A", "tigris", "09:00", 25 * 60))["A"]


def test_a_day_with_too_many_columns_is_not_drawn() -> None:
    sessions = [at(f"S{number}", f"room-{number}", "09:00") for number in range(COLUMNS + 1)]
    assert grid_of(sessions, [f"room-{number}" for number in range(COLUMNS + 1)]) is None
    assert grid_of([], ROOMS) is None


@given(
    st.lists(
        st.tuples(
            st.integers(0, 26 * 60),
            st.integers(0, 30 * 60),
            st.sampled_from([*ROOMS, None]),
            st.booleans(),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_no_card_covers_another_and_each_has_a_class(
    drawn: list[tuple[int, int, str | None, bool]],
) -> None:
    sessions = [
        session(
            f"S{number}",
            starts_at=NINE + timedelta(minutes=start),
            minutes=minutes,
            room=room,
            across_rooms=everywhere,
        )
        for number, (start, minutes, room, everywhere) in enumerate(drawn)
    ]
    grid = grid_of(sorted(sessions, key=lambda item: item.starts_at), ROOMS)
    assert grid is not None
    assert set(grid.cells) == {item.code for item in sessions}
    taken: set[tuple[int, int]] = set()
    for cell in grid.cells.values():
        lanes = range(cell.lane, cell.lane + cell.span) if cell.span else range(1, grid.width + 1)
        places = {(row, lane) for row in range(cell.row, cell.row + cell.rows) for lane in lanes}
        assert not places & taken
        taken |= places
        assert cell.row >= 0
        assert cell.row + cell.rows <= ROWS
        assert 3 <= cell.rows <= LENGTHS


def test_the_style_sheet_is_the_one_that_the_grid_needs() -> None:
    """Made again with: python tools/grid.py."""
    path = Path(__file__).resolve().parents[2] / "planner/static/grid.css"
    assert path.read_text(encoding="utf-8") == style_sheet()
