"""Intervals: what overlaps, and how overlapping things are dealt into lanes."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from planner.lib.intervals import lanes, overlap

_NINE = datetime(2017, 1, 18, 9, 0)

#: Beginnings and lengths in minutes.
intervals = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=14)


def at(minutes: int) -> datetime:
    """Return a moment so many minutes after nine."""
    return _NINE + timedelta(minutes=minutes)


def test_what_ends_when_another_begins_does_not_overlap_it() -> None:
    assert not overlap(at(0), at(30), at(30), at(60))
    assert not overlap(at(30), at(60), at(0), at(30))


def test_one_minute_in_common_is_an_overlap() -> None:
    assert overlap(at(0), at(31), at(30), at(60))
    assert overlap(at(0), at(60), at(10), at(20))


@given(
    st.tuples(st.integers(0, 60), st.integers(1, 30)),
    st.tuples(st.integers(0, 60), st.integers(1, 30)),
)
def test_overlap_is_mutual_and_means_a_minute_in_common(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    spans = [(at(start), at(start + length)) for start, length in (one, other)]
    minutes = [set(range(start, start + length)) for start, length in (one, other)]
    assert overlap(*spans[0], *spans[1]) == overlap(*spans[1], *spans[0])
    assert overlap(*spans[0], *spans[1]) == bool(minutes[0] & minutes[1])


def test_of_two_that_begin_together_the_longer_stands_first() -> None:
    dealt = lanes([(at(0), at(10), "short"), (at(0), at(60), "long"), (at(10), at(20), "next")])
    assert dealt == [["long"], ["short", "next"]]


@given(intervals)
def test_lanes_hold_everything_once_without_overlap_and_are_as_few_as_can_be(
    written: list[tuple[int, int]],
) -> None:
    spans = {n: (start, start + length) for n, (start, length) in enumerate(written)}
    dealt = lanes((at(start), at(end), number) for number, (start, end) in spans.items())
    assert sorted(number for lane in dealt for number in lane) == sorted(spans)
    for lane in dealt:
        for one, other in pairwise(lane):
            assert spans[one][1] <= spans[other][0]
    at_once = [sum(s <= minute < e for s, e in spans.values()) for minute in range(100)]
    assert len(dealt) == max(at_once)
