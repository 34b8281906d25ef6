"""One day of the board drawn to scale: every room a column, hours downwards in rows of 5 minutes.

Rows, lengths and lanes are classes of the style sheet of the programme's grid
(:mod:`planner.public.grid`), because a page may carry no styles of its own. Each column has a
grid of its own, so a day may have any number of rooms.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from planner.lib.intervals import lanes
from planner.public.grid import LANES, LENGTHS, MINUTES_OF_A_ROW, ROWS
from planner.timetable.parts import Day, Room, Session

#: The column of what is held across all rooms.
EVERYWHERE = ""
#: A card is drawn at least so many rows long, so that one can read and grasp it.
_SHORTEST = 3
_ROWS_OF_AN_HOUR = 60 // MINUTES_OF_A_ROW
_ROW = timedelta(minutes=MINUTES_OF_A_ROW)


@dataclass(frozen=True)
class Cell:
    """Where a card is drawn in its column: its first row, rows, lane from 1, and lanes."""

    row: int
    rows: int
    lane: int
    width: int

    @property
    def classes(self) -> str:
        """The classes of the style sheet that draw it there, its size among them."""
        size = "z1" if self.rows < 5 else "z2" if self.rows < _ROWS_OF_AN_HOUR - 1 else "z3"
        return f"s{self.row} d{self.rows} c{self.lane} w{self.width} {size}"


@dataclass(frozen=True)
class Band:
    """Rows of a column in which the room is closed, or the day is not on."""

    row: int
    rows: int

    @property
    def classes(self) -> str:
        """The classes of the style sheet that draw it."""
        return f"s{self.row} d{self.rows} w0"


@dataclass(frozen=True)
class Column:
    """A room's part of the day: its lanes, and the cells of its sessions in order of time."""

    room: str
    lanes: int
    cells: dict[str, Cell]
    closed: tuple[Band, ...]


@dataclass(frozen=True)
class Sheet:
    """A day as it is drawn. ``spanning`` are cells over all columns."""

    origin: datetime
    rows: int
    hours: tuple[tuple[datetime, int], ...]
    #: What is across all rooms while something else is on; drawn in a column of its own.
    everywhere: Column
    spanning: dict[str, Cell]
    columns: tuple[Column, ...]


def sheet_of(day: Day, rooms: Sequence[Room], sessions: Iterable[Session]) -> Sheet:
    """Return how the placed sessions of a day are drawn, in all rooms, also in empty ones.

    The sheet begins and ends with the day, at whole hours, but holds what lies outside of it.
    """
    known = {room.slug for room in rooms}
    shown = [item for item in sessions if item.across_rooms or item.room in known]
    origin, rows = _span(day, shown)
    by_room: dict[str, list[_Drawn]] = defaultdict(list)
    spanning = {}
    drawn = [_Drawn.of(item, origin, rows) for item in shown]
    for one in drawn:
        if not one.session.across_rooms:
            by_room[one.session.room or EVERYWHERE].append(one)
        elif any(one is not other and one.covers(other) for other in drawn):
            by_room[EVERYWHERE].append(one)
        else:
            spanning[one.session.code] = Cell(one.row, one.end - one.row, 1, 1)
    return Sheet(
        origin,
        rows,
        tuple(
            (origin + timedelta(hours=hour), hour * _ROWS_OF_AN_HOUR)
            for hour in range(rows // _ROWS_OF_AN_HOUR)
        ),
        _column(EVERYWHERE, by_room[EVERYWHERE], origin),
        spanning,
        tuple(
            _column(room.slug, by_room[room.slug], origin, _closed(room, day, origin, rows))
            for room in rooms
        ),
    )


@dataclass(frozen=True)
class _Drawn:
    """A session on whole rows, long enough to be read."""

    session: Session
    row: int
    end: int

    @classmethod
    def of(cls, session: Session, origin: datetime, rows: int) -> "_Drawn":
        row = min((session.start - origin) // _ROW, rows - _SHORTEST)
        end = max(-((origin - session.end) // _ROW), row + _SHORTEST)
        return cls(session, row, min(end, row + LENGTHS, rows))

    def covers(self, other: "_Drawn") -> bool:
        return self.row < other.end and other.row < self.end


def _span(day: Day, sessions: list[Session]) -> tuple[datetime, int]:
    """Return where the sheet begins, and its rows: whole hours, at most those there are."""
    begin = min([day.starts_at, *(item.start for item in sessions)])
    end = max([day.ends_at, *(item.end for item in sessions)])
    origin = begin.replace(minute=0, second=0, microsecond=0)
    count = -((origin - end) // timedelta(hours=1))
    return origin, min(count * _ROWS_OF_AN_HOUR, ROWS)


def _column(
    room: str, items: list[_Drawn], origin: datetime, closed: tuple[Band, ...] = ()
) -> Column:
    dealt = lanes((origin + one.row * _ROW, origin + one.end * _ROW, one) for one in items)
    width = min(max(len(dealt), 1), LANES)
    cells = {}
    for number, lane in enumerate(dealt):
        for one in lane:
            alone = not any(one is not other and one.covers(other) for other in items)
            place = (1, width) if alone else (min(number + 1, LANES), 1)
            cells[one.session.code] = Cell(one.row, one.end - one.row, *place)
    by_time = sorted(items, key=lambda one: (one.session.start, cells[one.session.code].lane))
    in_order = {one.session.code: cells[one.session.code] for one in by_time}
    return Column(room, width, in_order, closed)


def _closed(room: Room, day: Day, origin: datetime, rows: int) -> tuple[Band, ...]:
    """Return the rows in which nothing may be placed in a room."""
    midnight = datetime.combine(day.date, time())
    begin, end = day.starts_at, day.ends_at
    if room.opens is not None:
        begin = max(begin, midnight + timedelta(minutes=room.opens))
    if room.closes is not None:
        closes = midnight + timedelta(minutes=room.closes)
        # A room that closes before the day begins is open past midnight.
        end = min(end, closes if closes > day.starts_at else closes + timedelta(days=1))
    first = (begin - origin) // _ROW
    last = -((origin - end) // _ROW)
    return (*_bands(0, first), *_bands(min(last, rows), rows))


def _bands(row: int, end: int) -> Iterable[Band]:
    """Yield bands of a length that the style sheet knows."""
    while end - row >= _SHORTEST:
        rows = min(end - row, LENGTHS)
        yield Band(row, rows)
        row += rows
