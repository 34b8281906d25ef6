"""Asking to be erased: a request like others, which organizers carry out at one place."""

from planner.slots.models import Outcome, Request, Wish
from planner.slots.operations import ask, take_back
from planner.slots.queries import requests_of
from planner.speakers.models import Speaker


def erasure_of(speaker: Speaker) -> Request | None:
    """Return the last request of a speaker to be erased, unless they took it back."""
    for request in requests_of(speaker):
        if request.wish is Wish.ERASURE:
            return None if request.outcome is Outcome.WITHDRAWN else request
    return None


def ask_to_be_erased(speaker: Speaker, text: str) -> None:
    """Keep that a speaker asks to be erased; asking twice asks once.

    :raises TooManyError: when they have asked for too much.
    """
    found = erasure_of(speaker)
    if found is None or found.outcome is not Outcome.OPEN:
        ask(speaker.id, None, Wish.ERASURE, text)


def leave_it(speaker: Speaker) -> None:
    """Keep that a speaker asks to be erased no more.

    :raises ChangedError: when organizers have answered meanwhile.
    """
    found = erasure_of(speaker)
    if found is not None:
        take_back(speaker.id, found.id)
