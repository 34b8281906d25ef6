"""Holding back what comes too often."""

import pytest

from planner.lib import buckets
from planner.lib.buckets import Buckets


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that the clock shows, which a test sets."""
    moment = [1000.0]
    monkeypatch.setattr("planner.lib.buckets.time.monotonic", lambda: moment[0])
    return moment


def test_so_many_are_let_through_at_once_and_then_as_fast_as_they_flow(clock: list[float]) -> None:
    held = Buckets(60)
    assert [held.take("hall") for _ in range(60)] == [0] * 60
    assert held.take("hall") == 1
    clock[0] += 2
    assert [held.take("hall") for _ in range(3)] == [0, 0, 1]
    clock[0] += 3600
    assert [held.take("hall") for _ in range(61)] == [0] * 60 + [1]


def test_keys_are_counted_apart_and_the_longest_unused_are_forgotten(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "_KEYS", 2)
    held = Buckets(1)
    assert [held.take("one"), held.take("two"), held.take("one")] == [0, 0, 60]
    assert held.take("three") == 0
    assert held.take("one") == 60
    assert held.take("two") == 0
