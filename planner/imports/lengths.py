"""How long the events of a schedule are, in minutes."""

from collections import defaultdict
from datetime import datetime

from planner.imports.hours import length_of
from planner.imports.keys import where_of
from planner.imports.report import Report
from planner.imports.source import SourceEvent
from planner.lib.text import clean_line

#: For a length of nothing, which frab writes for what only marks an hour.
_SHORTEST = 5
_ASSUMED = 60
#: The next event of the room tells how long one without a length is, up to this.
_LONGEST_GUESS = 4 * 60


def lengths_of(
    events: list[SourceEvent],
    starts: dict[int, datetime | None],
    rooms: dict[int, str | None],
    report: Report,
) -> dict[int, int]:
    """Return the minutes of every event; all maps are by the event's number in the file."""
    begins: dict[str | None, list[datetime]] = defaultdict(list)
    for event in events:
        start = starts[event.number]
        if start is not None:
            begins[rooms[event.number]].append(start)
    lengths = {}
    for event in events:
        told = length_of(event.duration)
        if told:
            lengths[event.number] = told
            continue
        start = starts[event.number]
        guess = _until_next(start, begins[rooms[event.number]]) if start else _ASSUMED
        lengths[event.number] = _SHORTEST if told == 0 else guess
        reason = f"“{clean_line(event.duration)[:40]}”" if event.duration else "not said"
        report.guess(
            event.number,
            where_of(event),
            f"its length is {reason}; {lengths[event.number]} minutes were taken",
        )
    return lengths


def _until_next(start: datetime, others: list[datetime]) -> int:
    gaps = (int((other - start).total_seconds()) // 60 for other in others)
    nearest = min((gap for gap in gaps if gap > 0), default=_ASSUMED)
    return nearest if nearest <= _LONGEST_GUESS else _ASSUMED
