"""Half-open intervals of time: what overlaps, and how overlapping things stand side by side."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

Item = TypeVar("Item")


def overlap(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Tell whether two half-open intervals share a moment."""
    return start < other_end and other_start < end


def lanes(intervals: Iterable[tuple[datetime, datetime, Item]]) -> list[list[Item]]:
    """Deal intervals into the fewest lanes in which none overlaps another.

    Earlier ones come first, and of those that begin together the longer one; the first lane is
    the fullest. Intervals are ``(start, end, item)``.
    """
    ordered = sorted(
        intervals, key=lambda entry: (entry[0], -(entry[1] - entry[0]).total_seconds())
    )
    dealt: list[list[Item]] = []
    ends: list[datetime] = []
    for start, end, item in ordered:
        for lane, lane_end in enumerate(ends):
            if lane_end <= start:
                dealt[lane].append(item)
                ends[lane] = end
                break
        else:
            dealt.append([item])
            ends.append(end)
    return dealt
