"""The page on which a speaker says when they are free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import request
from markupsafe import Markup
from werkzeug.wrappers import Response

from planner.events.hours import clock_of, day_of, hours_of
from planner.i18n.content import LocalText
from planner.i18n.formats import short_date, time_range
from planner.lib.intervals import Interval
from planner.slots.frame import Visit, render_visit
from planner.slots.free import Cell, beyond, in_part
from planner.slots.free_forms import FreeForm


@dataclass(frozen=True)
class Row:
    """A day of the grid."""

    day: date
    label: str
    name: LocalText | None
    cells: list[Cell | None]


def free_page(visitor: Visit, form: FreeForm, status: int) -> Response:
    """Show the days and hours of the event with the form that they stand in."""
    grid, event = form.grid, visitor.event
    names = {day.date: visitor.local(day.name) for day in event.days if day.name}
    parts = in_part(grid, form.free)
    return render_visit(
        "speak/free.html",
        visitor,
        status=status,
        form=form,
        chosen=set(form.cells.data),
        columns=[f"{clock_of(minute):%H:%M}" for minute in grid.columns],
        rows=[
            Row(day, short_date(day, visitor.lang), names.get(day), grid.row(day))
            for day in grid.days
        ],
        parts=parts,
        only=_told(visitor, (span for spans in parts.values() for span in spans)),
        beyond=_told(visitor, beyond(grid, form.free)),
        is_always=not form.free,
        is_saved=request.args.get("done") == "saved",
    )


def _told(visitor: Visit, spans: Iterable[Interval]) -> list[tuple[str, Markup]]:
    """Return hours in words: the day, and from when until when."""
    hours = hours_of(visitor.event)
    return [
        (
            short_date(day_of(start, hours), visitor.lang),
            time_range(start, int((end - start).total_seconds() // 60)),
        )
        for start, end in spans
    ]
