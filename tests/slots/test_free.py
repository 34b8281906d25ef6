"""When somebody is free, as a grid: laws and examples, without a database."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.events.hours import Hours
from planner.lib.intervals import Interval, merged, without
from planner.slots.free import become, beyond, checked, grid_of, in_part

DAY = date(2017, 1, 18)
HOURS = {DAY: Hours(9 * 60, 13 * 60), DAY + timedelta(days=1): Hours(9 * 60, 26 * 60)}
GRID = grid_of(HOURS)
VALUES = [cell.value for cell in GRID.cells]


def at(hour: int, minute: int = 0) -> datetime:
    """Return an hour of the first day."""
    return datetime(2017, 1, 18) + timedelta(hours=hour, minutes=minute)


spans = st.tuples(st.integers(-60, 60 * 60), st.integers(1, 600)).map(
    lambda told: (at(0) + timedelta(minutes=told[0]), at(0) + timedelta(minutes=sum(told)))
)
frees = st.lists(spans, max_size=5)


def test_days_that_begin_on_the_hour_are_cut_into_hours_and_others_into_halves() -> None:
    assert GRID.minutes == 60
    assert VALUES[:4] == [f"2017-01-18T{hour:02}:00" for hour in (9, 10, 11, 12)]
    assert VALUES[-1] == "2017-01-20T01:00"  # of a day that goes on after midnight
    halves = grid_of({DAY: Hours(8 * 60 + 30, 10 * 60)})
    assert [cell.value[-5:] for cell in halves.cells] == ["08:30", "09:00", "09:30"]
    odd = grid_of({DAY: Hours(8 * 60 + 15, 9 * 60)})
    assert [cell.value[-5:] for cell in odd.cells] == ["08:00", "08:30"]


def test_rows_have_a_cell_for_each_hour_of_any_day() -> None:
    row = GRID.row(DAY)
    assert len(row) == len(GRID.columns) == 17
    assert [cell is None for cell in row] == [False] * 4 + [True] * 13


def test_who_said_nothing_is_free_in_all_cells() -> None:
    assert checked(GRID, []) == VALUES
    assert become(GRID, [], VALUES) == []


def test_who_clears_an_hour_is_free_before_and_after_it() -> None:
    wanted = [value for value in VALUES if value != "2017-01-18T10:00"]
    assert become(GRID, [], wanted)[:2] == [(at(9), at(10)), (at(11), at(13))]


def test_hours_between_two_cells_stay_until_their_cell_is_cleared() -> None:
    free = [(at(9), at(10, 20))]
    assert in_part(GRID, free) == {"2017-01-18T10:00": [(at(10), at(10, 20))]}
    assert become(GRID, free, checked(GRID, free)) == free
    assert become(GRID, free, ["2017-01-18T09:00"]) == [(at(9), at(10))]


def test_hours_outside_of_the_days_stay() -> None:
    free = [(at(7), at(10))]
    assert beyond(GRID, free) == [(at(7), at(9))]
    assert become(GRID, free, ["2017-01-18T12:00"]) == [(at(7), at(9)), (at(12), at(13))]


def test_who_marks_everything_is_free_at_all_times() -> None:
    assert become(GRID, [(at(9), at(10))], VALUES) == []


@given(frees)
def test_saving_what_was_shown_changes_nothing(free: list[Interval]) -> None:
    became = become(GRID, free, checked(GRID, free))
    everything = all(value in checked(GRID, free) for value in VALUES) and not in_part(GRID, free)
    assert became == ([] if everything else merged(free))


@given(frees, st.sets(st.sampled_from(VALUES), min_size=1))
def test_what_is_marked_afterwards_is_what_was_marked(
    free: list[Interval], marked: set[str]
) -> None:
    became = become(GRID, free, marked)
    assert set(checked(GRID, became)) == marked
    assert merged(became) == became


@given(frees, spans)
def test_nothing_is_left_within_what_is_taken_out(free: list[Interval], out: Interval) -> None:
    left = without(free, *out)
    assert all(end <= out[0] or out[1] <= start for start, end in left)
    assert all(start < end for start, end in left)
    assert merged([*left, out]) == merged([*free, out])
