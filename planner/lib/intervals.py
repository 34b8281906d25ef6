"""Half-open intervals of time: what overlaps, and how overlapping things stand side by side."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

Item = TypeVar("Item")
Interval = tuple[datetime, datetime]


def overlap(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Tell whether two half-open intervals share a moment."""
    return start < other_end and other_start < end


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return intervals in order, with those that overlap or touch as one."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def without(intervals: Iterable[Interval], start: datetime, end: datetime) -> list[Interval]:
    """Return what is left of intervals outside of another one."""
    left = []
    for own_start, own_end in intervals:
        if not overlap(own_start, own_end, start, end):
            left.append((own_start, own_end))
            continue
        left += [(own_start, start)] if own_start < start else []
        left += [(end, own_end)] if end < own_end else []
    return left


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
