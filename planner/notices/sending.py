"""Sending the outbox."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.notices import operations
from planner.notices.composing import Errand, composed
from planner.notices.delivery import Server, UndeliveredError, connection, deliver


@dataclass(frozen=True)
class Account:
    """What became of the messages that were due."""

    sent: int
    failed: int
    waiting: int


def send_all(server: Server, say: Callable[[str], object]) -> Account:
    """Send every message that is due, one after the other; ``say`` is told of each.

    Any number may do so at once. No recipient is named, because what is said may be logged.
    """
    if late := operations.clear():
        say(f"{late} given up: too late to be of use")
    sent = failed = 0
    while (errand := operations.claim()) is not None:
        told = f"message {errand.number} ({errand.kind})"
        try:
            _send(server, errand)
        except UndeliveredError as error:
            wait = operations.failed(errand.number, str(error), for_good=error.for_good)
            failed += 1
            again = f"again in {int(wait.total_seconds() // 60)} min" if wait else "given up"
            say(f"{told}: {error}; {again}")
            if error.is_general:
                break
        else:
            operations.sent(errand.number)
            sent += 1
            say(f"{told}: sent")
    return Account(sent, failed, operations.waiting())


def _send(server: Server, errand: Errand) -> None:
    try:
        message = composed(errand, server.sender)
    except ValueError as error:
        raise UndeliveredError(f"cannot be written: {error}", for_good=True) from None
    with connection(server) as client:
        deliver(client, message)
