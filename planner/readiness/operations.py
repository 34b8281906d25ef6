"""Deciding what binds releases."""

from collections.abc import Sequence

from planner.events.operations import change_event
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry

BINDING = words.action("event.binding", N_("What binds releases changed"))


def decide(
    event_id: int,
    user_id: int,
    *,
    version: int | None,
    binding: Sequence[str],
    reviews_texts: bool,
) -> Entry | None:
    """Say which requirements bind, by their keys, and whether texts must be reviewed.

    :raises StaleError: when somebody else changed the event after ``version``.
    :raises GoneError: when there is no such event any more.
    """
    values = {"binding": list(binding), "reviews_texts": reviews_texts}
    return change_event(event_id, user_id, BINDING, version=version, values=values)
