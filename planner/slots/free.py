"""When a speaker is free, as a grid of the event's days and hours. Knows no database.

A cell is an hour, or half of one where a day of the event begins or ends at the half. Who said
nothing is free at all times. Hours that no cell is about, because they are earlier or later or
end between two cells, stay as they are until somebody clears the cell that they reach into.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.events.hours import Hours
from planner.lib.intervals import Interval, merged, overlap, without


@dataclass(frozen=True)
class Cell:
    """A piece of a day, by the venue's wall clock."""

    starts_at: datetime
    ends_at: datetime

    @property
    def value(self) -> str:
        """What a form calls it."""
        return f"{self.starts_at:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True)
class Grid:
    """The days of an event with their cells, and in how many minutes they are cut."""

    minutes: int
    days: Mapping[date, tuple[Cell, ...]]

    @property
    def cells(self) -> list[Cell]:
        """All cells in order."""
        return [cell for cells in self.days.values() for cell in cells]

    @property
    def columns(self) -> list[int]:
        """The minutes after midnight at which cells begin, of all days together."""
        begins = [_minute(day, cells) for day, cells in self.days.items()]
        first = min(begin for begin, _ in begins)
        last = max(end for _, end in begins)
        return list(range(first, last, self.minutes))

    def row(self, day: date) -> list[Cell | None]:
        """Return the cells of a day, one for each column; none where the day is not."""
        midnight = datetime.combine(day, time())
        known = {cell.starts_at: cell for cell in self.days[day]}
        return [known.get(midnight + timedelta(minutes=minute)) for minute in self.columns]


def grid_of(hours: Mapping[date, Hours]) -> Grid:
    """Return the grid of days with these hours."""
    is_whole = all(own.begin % 60 == 0 and own.end % 60 == 0 for own in hours.values())
    minutes = 60 if is_whole else 30
    return Grid(minutes, {day: tuple(_cells(day, own, minutes)) for day, own in hours.items()})


def _cells(day: date, own: Hours, minutes: int) -> Iterable[Cell]:
    midnight = datetime.combine(day, time())
    for begin in range(own.begin - own.begin % minutes, own.end, minutes):
        starts_at = midnight + timedelta(minutes=begin)
        yield Cell(starts_at, starts_at + timedelta(minutes=minutes))


def _minute(day: date, cells: tuple[Cell, ...]) -> tuple[int, int]:
    midnight = datetime.combine(day, time())
    first, last = cells[0].starts_at - midnight, cells[-1].ends_at - midnight
    return int(first.total_seconds() // 60), int(last.total_seconds() // 60)


def checked(grid: Grid, free: Collection[Interval]) -> list[str]:
    """Return the cells in which somebody is free, at least in part."""
    if not free:
        return [cell.value for cell in grid.cells]
    return [cell.value for cell in grid.cells if _reaches(free, cell)]


def in_part(grid: Grid, free: Collection[Interval]) -> dict[str, list[Interval]]:
    """Return the cells in which somebody is free in part only, and when that is."""
    told = merged(free)
    return {
        cell.value: [
            (max(start, cell.starts_at), min(end, cell.ends_at))
            for start, end in told
            if overlap(start, end, cell.starts_at, cell.ends_at)
        ]
        for cell in grid.cells
        if _reaches(told, cell) and not _covers(told, cell)
    }


def beyond(grid: Grid, free: Collection[Interval]) -> list[Interval]:
    """Return when somebody is free outside of all cells."""
    left = merged(free)
    for cell in grid.cells:
        left = without(left, cell.starts_at, cell.ends_at)
    return left


def become(grid: Grid, free: Collection[Interval], wanted: Collection[str]) -> list[Interval]:
    """Return when somebody is free who was free then and checks these cells, in order.

    Nothing means at all times; whoever checks every cell as a whole means that.
    """
    kept = merged(free)
    for cell in grid.cells:
        if cell.value not in wanted:
            kept = without(kept, cell.starts_at, cell.ends_at)
        elif not _reaches(kept, cell):
            kept.append((cell.starts_at, cell.ends_at))
    kept = merged(kept)
    return [] if all(_covers(kept, cell) for cell in grid.cells) else kept


def _reaches(free: Collection[Interval], cell: Cell) -> bool:
    return any(overlap(start, end, cell.starts_at, cell.ends_at) for start, end in free)


def _covers(free: Collection[Interval], cell: Cell) -> bool:
    return any(start <= cell.starts_at and cell.ends_at <= end for start, end in free)
