"""The tables that give a day of the programme at a glance: hours across rooms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from planner.programme.document import Session
from planner.programme.published import Published, ends_at

#: The slugs of rooms; None is the column of sessions that have no room.
Columns = tuple[str | None, ...]


class _Line(NamedTuple):
    """What begins at one time: across all rooms, or else in each of them."""

    starts_at: datetime
    across: tuple[Session, ...]
    by_room: dict[str | None, tuple[Session, ...]]


@dataclass(frozen=True)
class Cell:
    """What begins in one room, or in several, at one time; empty when nothing does."""

    sessions: tuple[Session, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Row:
    """What begins at one time."""

    starts_at: datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A day, or as many of its rooms as fit a page."""

    rooms: Columns
    rows: tuple[Row, ...]


def tables(published: Published, day: date, *, widest: int) -> tuple[Table, ...]:
    """Return the tables of a day: rooms in their order, what is held across them in each table.

    ``widest`` is as many rooms as stand side by side. There is none when the day is empty.
    """
    sessions = published.sessions_by_day.get(day, ())
    used = {session.room for session in sessions if not session.across_rooms}
    columns: list[str | None] = [slug for slug in published.room_by_slug if slug in used]
    if None in used or not columns:
        columns.append(None)
    if not sessions:
        return ()
    return tuple(Table(part, tuple(_rows(sessions, part))) for part in _shared_out(columns, widest))


def _shared_out(columns: list[str | None], widest: int) -> Iterator[Columns]:
    """Yield the columns in parts of nearly the same width, each narrow enough."""
    parts = -(-len(columns) // widest)
    for part in range(parts):
        start, end = (len(columns) * edge // parts for edge in (part, part + 1))
        yield tuple(columns[start:end])


def _rows(sessions: Iterable[Session], columns: Columns) -> Iterator[Row]:
    lines = list(_lines(sessions, columns))
    covered: set[tuple[int, int]] = set()
    for index, line in enumerate(lines):
        if line.across:
            yield Row(line.starts_at, (Cell(line.across, columns=len(columns)),))
            continue
        cells = []
        for position, column in enumerate(columns):
            if (index, position) not in covered:
                rows = _length(lines[index:], column)
                covered.update((index + later, position) for later in range(rows))
                cells.append(Cell(line.by_room[column], rows=rows))
        yield Row(line.starts_at, tuple(cells))


def _lines(sessions: Iterable[Session], columns: Columns) -> Iterator[_Line]:
    """Yield for each time what begins across all rooms, and then what begins in each of them."""
    begins: dict[datetime, list[Session]] = {}
    for session in sessions:
        if session.across_rooms or session.room in columns:
            begins.setdefault(session.starts_at, []).append(session)
    for starts_at in sorted(begins):
        across = tuple(session for session in begins[starts_at] if session.across_rooms)
        if across:
            yield _Line(starts_at, across, {})
        apart = [session for session in begins[starts_at] if not session.across_rooms]
        if apart:
            by_room = {
                column: tuple(session for session in apart if session.room == column)
                for column in columns
            }
            yield _Line(starts_at, (), by_room)


def _length(lines: list[_Line], column: str | None) -> int:
    """Return over how many lines a cell goes on: until it ends, or something else begins there."""
    first, *later = lines
    end = max(map(ends_at, first.by_room[column]), default=first.starts_at)
    rows = 1
    for line in later:
        if line.starts_at >= end or line.across or line.by_room[column]:
            break
        rows += 1
    return rows
