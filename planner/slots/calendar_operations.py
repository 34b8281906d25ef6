"""What speakers do with the address of their calendar: make it, or make another one."""

from planner.database import write_tx
from planner.links.models import Opens
from planner.links.operations import renew


def renew_calendar(speaker_id: int) -> None:
    """Give the calendar of a speaker another address; the former one opens nothing any more."""
    with write_tx() as database:
        renew(database, speaker_id, Opens.CALENDAR)
