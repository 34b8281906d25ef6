"""What every slot of a day would cost a lifted session, as the board's script reads it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from planner.timetable.board_move_page import Moving
from planner.timetable.forms import LONGEST, SHORTEST
from planner.timetable.queries import runs_of


def costs_json(moving: Moving, day: date, minutes: int | None) -> dict[str, Any]:
    """Return the runs of each column, their reasons, and the best slots anywhere.

    A run is ``[from, to, level, reasons]``: minutes after the midnight of the day, and numbers
    of reasons. The column of what is across all rooms has no name. ``minutes`` is another length
    that the session would have.
    """
    if minutes is not None:
        minutes = min(max(minutes, SHORTEST), LONGEST)
    midnight = datetime.combine(day, time())
    reasons: dict[str, int] = {}
    columns: dict[str, list[list[Any]]] = {}
    for run in runs_of(moving.plan, moving.session.code, day, minutes):
        told = [
            reasons.setdefault(str(reason), len(reasons))
            for reason in moving.reasons(run.conflicts)
        ]
        bounds = [(moment - midnight) // timedelta(minutes=1) for moment in (run.start, run.end)]
        columns.setdefault(run.room or "", []).append([*bounds, run.level.word, told])
    return {
        "minutes": minutes or moving.session.minutes,
        "runs": columns,
        "reasons": list(reasons),
        "best": [
            {
                "day": best.day,
                "room": best.room,
                "start": best.start,
                "across": best.across,
                "level": best.level,
                "label": best.label,
                "reasons": best.reasons,
            }
            for best in moving.best(minutes, on=day)
        ],
    }
