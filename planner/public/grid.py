"""One day drawn to scale: rooms side by side, hours downwards in rows of five minutes.

The style sheet holds a class for every row, length and column, because a page may not carry
styles of its own under its content security policy.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.lib.intervals import lanes, overlap
from planner.programme.document import Session
from planner.programme.published import ends_at

MINUTES_OF_A_ROW = 5
#: A card is drawn at least this long, so that its title can be read.
_SHORTEST = 15
_ROWS_OF_AN_HOUR = 60 // MINUTES_OF_A_ROW
#: A day is drawn no longer than this, and a session too; what goes on is cut, and its hours
#: stand on the card.
ROWS = 28 * _ROWS_OF_AN_HOUR
LENGTHS = 12 * _ROWS_OF_AN_HOUR
#: With more columns than this, or more lanes in one of them, a day is no longer drawn.
COLUMNS, LANES = 64, 16
#: The columns of what is held in all rooms while something else is on, and in none.
EVERYWHERE, NOWHERE = "*", ""


@dataclass(frozen=True)
class Column:
    """A room's share of the width: ``span`` lanes from lane ``first`` on, counted from 1."""

    room: str
    first: int
    span: int


@dataclass(frozen=True)
class Cell:
    """Where a session is drawn; ``span`` 0 means across all columns."""

    row: int
    rows: int
    lane: int
    span: int

    @property
    def classes(self) -> str:
        """The classes of the style sheet that draw it there, its size among them."""
        across = f"c{self.lane} w{self.span}" if self.span else "w0"
        return f"s{self.row} d{self.rows} {across} {self._size}"

    @property
    def _size(self) -> str:
        """How much of its text a card of this height has room for."""
        if self.rows < _ROWS_OF_AN_HOUR // 3 + 1:
            return "z1"
        return "z2" if self.rows < _ROWS_OF_AN_HOUR else "z3"


@dataclass(frozen=True)
class Grid:
    """A day as it is drawn."""

    columns: tuple[Column, ...]
    #: The hours marked at the side, each with its row.
    hours: tuple[tuple[datetime, int], ...]
    cells: dict[str, Cell]

    @property
    def width(self) -> int:
        """The lanes of all columns together."""
        return sum(column.span for column in self.columns)


@dataclass(frozen=True)
class _Drawn:
    """A session with the moments between which it is drawn."""

    session: Session
    start: datetime
    end: datetime

    def meets(self, other: "_Drawn") -> bool:
        return overlap(self.start, self.end, other.start, other.end)


def grid_of(sessions: Sequence[Session], rooms: Iterable[str]) -> Grid | None:
    """Return how the sessions of a day are drawn, or None when they are too many side by side.

    ``rooms`` are slugs in the order of columns; rooms without a session are left out. Sessions
    across all rooms span them, unless something else is on: then they get a column.
    """
    if not sessions:
        return None
    first = min(session.starts_at for session in sessions)
    origin = first.replace(minute=first.minute // 30 * 30, second=0)
    drawn = [_drawn(session, origin) for session in sessions]
    cells: dict[str, Cell] = {}
    by_room: dict[str, list[_Drawn]] = defaultdict(list)
    for item in drawn:
        if _stands_alone(item, drawn):
            cells[item.session.code] = _cell(item, origin, 1, 0)
        else:
            by_room[_column_of(item.session)].append(item)
    columns: list[Column] = []
    place = 1
    for room in (EVERYWHERE, *rooms, NOWHERE):
        if room in by_room:
            span = 0
            for item, lane, width in _dealt(by_room[room]):
                cells[item.session.code] = _cell(item, origin, place + lane, width)
                span = max(span, lane + width)
            columns.append(Column(room, place, span))
            place += span
    if place > COLUMNS + 1 or any(column.span > LANES for column in columns):
        return None
    return Grid(tuple(columns), _hours(origin, max(item.end for item in drawn)), cells)


def _column_of(session: Session) -> str:
    return EVERYWHERE if session.across_rooms else session.room or NOWHERE


def _drawn(session: Session, origin: datetime) -> _Drawn:
    """Return a session on whole rows, long enough to be read."""
    row = timedelta(minutes=MINUTES_OF_A_ROW)
    last = origin + ROWS * row
    start = min(origin + (session.starts_at - origin) // row * row, last - 3 * row)
    end = max(ends_at(session), start + timedelta(minutes=_SHORTEST))
    end = min(end, start + LENGTHS * row)
    return _Drawn(session, start, min(origin - (origin - end) // row * row, last))


def _stands_alone(item: _Drawn, others: Iterable[_Drawn]) -> bool:
    return item.session.across_rooms and not any(
        item is not other and item.meets(other) for other in others
    )


def _dealt(items: list[_Drawn]) -> Iterator[tuple[_Drawn, int, int]]:
    """Yield each session of a column with its lane, from 0, and how many lanes it takes.

    A session that meets no other takes the whole width.
    """
    dealt = lanes((item.start, item.end, item) for item in items)
    for number, lane in enumerate(dealt):
        for item in lane:
            alone = not any(item is not other and item.meets(other) for other in items)
            yield (item, 0, len(dealt)) if alone else (item, number, 1)


def _cell(item: _Drawn, origin: datetime, lane: int, span: int) -> Cell:
    row = timedelta(minutes=MINUTES_OF_A_ROW)
    return Cell((item.start - origin) // row, (item.end - item.start) // row, lane, span)


def _hours(origin: datetime, end: datetime) -> tuple[tuple[datetime, int], ...]:
    row = timedelta(minutes=MINUTES_OF_A_ROW)
    first = origin if origin.minute == 0 else origin + timedelta(minutes=60 - origin.minute)
    count = -((first - end) // timedelta(hours=1))
    hours = (first + timedelta(hours=hour) for hour in range(count))
    return tuple((hour, (hour - origin) // row) for hour in hours)


def style_sheet() -> str:
    """Return the classes that draw cells: rows, lengths, columns and widths of the grid."""
    lines = [
        *(f".s{row}{{grid-row-start:{row + 2}}}" for row in range(ROWS)),
        *(f".d{rows}{{grid-row-end:span {rows}}}" for rows in range(3, LENGTHS + 1)),
        *(f".c{lane}{{grid-column-start:{lane + 1}}}" for lane in range(1, COLUMNS + 1)),
        ".w0{grid-column:2/-1}",
        *(f".w{span}{{grid-column-end:span {span}}}" for span in range(1, LANES + 1)),
        *(f".k{width}{{--k:{width}}}" for width in range(1, COLUMNS + 1)),
    ]
    return "\n".join(lines) + "\n"
