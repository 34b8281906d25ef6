"""Holding back those who guess, for all processes, and nobody for good."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner import create_app
from planner.accounts import throttling
from planner.accounts.models import Attempt
from planner.accounts.throttling import TooManyAttemptsError, admit
from planner.extensions import db

_START = datetime(2017, 1, 18, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.moment = _START

    def __call__(self) -> datetime:
        return self.moment

    def go_on(self, **span: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which attempts are counted."""
    clock = Clock()
    monkeypatch.setattr(throttling, "now", clock)
    return clock


@contextmanager
def asked_from(app: Flask, address: str = "203.0.113.7", **headers: str) -> Iterator[None]:
    """Be within a request from an address."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}, headers=headers):
        yield


def attempts(app: Flask, number: int, who: str = "زينب", **place: str) -> list[int]:
    """Try so many times; return after how many seconds each was told to come back, 0 at once."""
    waits = []
    with asked_from(app, **place):
        for _ in range(number):
            try:
                admit("password", who)
            except TooManyAttemptsError as error:
                waits.append(error.seconds)
            else:
                waits.append(0)
    return waits


def test_an_account_is_tried_five_times_a_minute(app: Flask, clock: Clock) -> None:
    assert attempts(app, 6) == [0, 0, 0, 0, 0, 60]
    clock.go_on(seconds=59)
    assert attempts(app, 1) == [1]
    clock.go_on(seconds=1)
    assert attempts(app, 6) == [0, 0, 0, 0, 0, 60]


def test_an_account_is_tried_twenty_times_an_hour(app: Flask, clock: Clock) -> None:
    for _ in range(4):
        assert attempts(app, 5) == [0] * 5
        clock.go_on(minutes=1)
    assert attempts(app, 1) == [56 * 60]
    clock.go_on(minutes=56)
    assert attempts(app, 1) == [0]


def test_what_is_refused_is_not_counted_so_nobody_is_locked_out_by_it(
    app: Flask, clock: Clock
) -> None:
    """Somebody who goes on all the time keeps the owner out for a minute at a time, not longer."""
    attempts(app, 500)
    clock.go_on(minutes=1)
    assert attempts(app, 1) == [0]


def test_what_succeeds_is_forgotten(app: Flask, clock: Clock) -> None:
    with asked_from(app):
        for _ in range(40):
            admit("password", "زينب").succeeded()
    assert db.session.scalar(select(func.count(Attempt.id))) == 0


def test_accounts_and_purposes_are_counted_apart(app: Flask, clock: Clock) -> None:
    attempts(app, 5)
    assert attempts(app, 1, who="هوزان") == [0]
    with asked_from(app):
        admit("code", "زينب")


def test_a_network_is_let_through_thirty_times_a_minute(app: Flask, clock: Clock) -> None:
    for number in range(30):
        assert attempts(app, 1, who=str(number), address=f"203.0.113.{number}") == [0]
    assert attempts(app, 1, who="other", address="203.0.113.200") == [60]
    assert attempts(app, 1, who="other", address="203.0.114.1") == [0]


def test_a_proxy_on_this_machine_does_not_make_everybody_one_network(
    app: Flask, clock: Clock
) -> None:
    for number in range(40):
        assert attempts(app, 1, who=str(number), address="127.0.0.1") == [0]


def test_all_together_are_let_through_three_hundred_times_a_minute(
    app: Flask, clock: Clock
) -> None:
    for number in range(300):
        address = f"198.{number // 200}.{number % 200}.1"
        assert attempts(app, 1, who=str(number), address=address) == [0]
    assert attempts(app, 1, who="other", address="192.0.2.1") == [60]


def test_only_the_connection_says_where_somebody_is(app: Flask, clock: Clock) -> None:
    """Headers that anybody can send change nothing."""
    for number in range(30):
        with asked_from(app, **{"X-Forwarded-For": f"10.0.{number}.1", "Forwarded": "for=1.2.3.4"}):
            admit("password", str(number))
    assert attempts(app, 1, who="other") == [60]


def test_nothing_that_was_tried_can_be_read_from_the_database(app: Flask, clock: Clock) -> None:
    attempts(app, 1, who="zaynab@desk.example")
    keys = db.session.scalars(select(Attempt.key)).all()
    assert len(keys) == 3
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in keys)


def test_old_attempts_are_thrown_away(app: Flask, clock: Clock) -> None:
    attempts(app, 3)
    clock.go_on(minutes=61)
    attempts(app, 1, who="other")
    assert db.session.scalar(select(func.count(Attempt.id))) == 3


def _try_in_another_process(environ: dict[str, str], results: "multiprocessing.Queue[int]") -> None:
    app = create_app(environ)
    with app.app_context():
        results.put(attempts(app, 10).count(0))
        db.session.remove()
        db.engine.dispose()


def test_processes_count_together_and_a_restart_forgets_nothing(
    app: Flask, environ: dict[str, str]
) -> None:
    """Four processes that try at once get no more through than one would."""
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[int] = context.Queue()
    processes = [
        context.Process(target=_try_in_another_process, args=(environ, results)) for _ in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert sum(results.get() for _ in processes) == 5
    assert max(attempts(app, 1)) > 0
