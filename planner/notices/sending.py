"""Sending the outbox."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import sleep

from planner.notices import operations
from planner.notices.delivery import Line, Server, UndeliveredError
from planner.notices.operations import Commission, Pause


@dataclass(frozen=True)
class Account:
    """What became of the messages that were due."""

    sent: int
    failed: int
    waiting: int


def send_all(server: Server, say: Callable[[str], object]) -> Account:
    """Send every message that is due, one after the other; ``say`` is told of each.

    Any number may do so at once. Where the server takes only so many in a minute, one waits. No
    recipient is named, because what is said may be logged.
    """
    if late := operations.clear():
        say(f"{late} given up: too late to be of use")
    sent = failed = 0
    with Line(server) as line:
        while (errand := operations.claim(server.per_minute)) is not None:
            if isinstance(errand, Pause):
                line.close()
                sleep(errand.seconds)
                continue
            told = f"message {errand.number} ({errand.kind})"
            try:
                _send(line, server, errand)
            except UndeliveredError as error:
                reason = _anonymous(str(error), errand.email)
                wait = operations.failed(errand.number, reason, for_good=error.for_good)
                failed += 1
                again = f"again in {int(wait.total_seconds() // 60)} min" if wait else "given up"
                say(f"{told}: {reason}; {again}")
                if error.is_general:
                    break
            else:
                operations.sent(errand.number)
                sent += 1
                say(f"{told}: sent")
    return Account(sent, failed, operations.waiting())


def _send(line: Line, server: Server, errand: Commission) -> None:
    try:
        message = errand.written(server.sender)
    except ValueError as error:
        raise UndeliveredError(f"cannot be written: {error}", for_good=True) from None
    line.deliver(message)


def _anonymous(reason: str, email: str) -> str:
    """Return what a server said without the address that it may repeat."""
    return re.sub(re.escape(email), "…", reason, flags=re.IGNORECASE) if email else reason
