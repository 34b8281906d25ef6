"""Holding back those who guess: attempts are counted in the database, for all processes.

An attempt is counted before it is judged, so that many at once find no gap, and forgotten when it
succeeds. What is refused is not counted: nobody is locked out for longer than the limits say.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.accounts.keys import sealed
from planner.accounts.models import Attempt
from planner.database import write_tx
from planner.lib.clock import now
from planner.lib.networks import network

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
#: How many attempts are let through within how long: for an account, a network, and for all.
ACCOUNT = ((5, _MINUTE), (20, _HOUR))
NETWORK = ((30, _MINUTE),)
EVERYBODY = ((300, _MINUTE),)
#: On PostgreSQL, the number under which those who count wait for one another.
_LOCK = 0x62_61_72_6E


@dataclass(frozen=True)
class Limits:
    """How many attempts are let through within how long, for what has limits of its own.

    Such attempts are counted apart from all others.
    """

    account: tuple[tuple[int, timedelta], ...]
    network: tuple[tuple[int, timedelta], ...]
    everybody: tuple[tuple[int, timedelta], ...]


_USUAL = Limits(ACCOUNT, NETWORK, EVERYBODY)


class TooManyAttemptsError(Exception):
    """There were too many attempts; ``seconds`` is after how long another one is let through."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"another attempt in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Admitted:
    """An attempt that was let through and counted."""

    numbers: tuple[int, ...]

    def succeeded(self) -> None:
        """Forget the attempt."""
        with write_tx() as database:
            database.execute(delete(Attempt).where(Attempt.id.in_(self.numbers)))


def admit(purpose: str, who: str) -> Admitted:
    """Let an attempt through, and count it; ``who`` is what is tried: an account, or a link.

    :raises TooManyAttemptsError: when there were too many.
    """
    with write_tx() as database:
        return admit_within(database, purpose, who)


def admit_within(
    database: DatabaseSession, purpose: str, who: str, limits: Limits = _USUAL
) -> Admitted:
    """Do the same within a transaction.

    :raises TooManyAttemptsError: when there were too many.
    """
    if database.get_bind().dialect.name == "postgresql":
        database.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    moment = now()
    apart = "" if limits is _USUAL else f"{purpose}: "
    database.execute(delete(Attempt).where(Attempt.at <= moment - _HOUR))
    keys = {
        sealed("attempts", f"{purpose} {who}"): limits.account,
        sealed("attempts", f"{apart}everybody"): limits.everybody,
    }
    if (asking := network(request.remote_addr)) is not None:
        keys[sealed("attempts", f"{apart}network {asking}")] = limits.network
    waits = [_wait(database, key, most, moment) for key, most in keys.items()]
    if max(waits) > 0:
        raise TooManyAttemptsError(max(waits))
    attempts = [Attempt(key=key, at=moment) for key in keys]
    database.add_all(attempts)
    database.flush()
    return Admitted(tuple(attempt.id for attempt in attempts))


def _wait(
    database: DatabaseSession, key: str, limits: tuple[tuple[int, timedelta], ...], moment: datetime
) -> int:
    """Return after how many seconds an attempt is let through; 0 is at once."""
    longest = 0
    for most, within in limits:
        times = database.scalars(
            select(Attempt.at)
            .where(Attempt.key == key, Attempt.at > moment - within)
            .order_by(Attempt.at.desc())
            .limit(most)
        ).all()
        if len(times) == most:
            longest = max(longest, int((times[-1] + within - moment).total_seconds()))
    return longest
