"""What it would cost to place a session somewhere: on every slot of a day, and the best ones.

Rules are not asked for every slot. Between the starts around which its answer may change (its
edges), a rule answers the same, so it is asked once for each such stretch; what depends on time
alone is asked once for all rooms, and what depends on the room alone once for the day. For each
slot this gives what :func:`planner.timetable.conflicts.conflicts` would say of the plan with the
session placed there, as far as it involves the session and depends on its place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from itertools import pairwise

from planner.timetable.conflicts import rules
from planner.timetable.parts import Session, placed
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Place, Rule, Severity
from planner.timetable.rules.rooms import room_overlap

#: Sessions are placed on starts that are so far apart.
STEP = timedelta(minutes=5)


class Level(IntEnum):
    """What a slot costs: nothing, something, or too much."""

    FREE = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """Its name in classes and files: ``free``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Run:
    """Slots of a room that cost the same: all starts from ``start`` until before ``end``.

    ``room`` is None for what is held across all rooms. The conflicts are the same for all of
    the starts but for the hours of the session itself, which are those of any start that costs
    this; :func:`planner.timetable.wording.reasoned` does not tell them.
    """

    room: str | None
    start: datetime
    end: datetime
    level: Level
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for a session."""

    day: date
    room: str | None
    start: datetime
    level: Level
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Starts from ``start`` until before ``end`` for which a rule answers the same."""

    start: datetime
    end: datetime
    conflicts: tuple[Conflict, ...]


def costs(plan: Plan, code: str, day: date, *, minutes: int | None = None) -> list[Run]:
    """Return what placing a session would cost on every slot of a day, room by room.

    The slots are those from the day's beginning until before its end, in 5-minute steps.
    ``minutes`` is another length that the session would have. What is held across all rooms has
    one column, without a room, and is judged in the room that it has already, if any.

    :raises KeyError: when there is no such session.
    """
    return _runs(plan.without(code), plan.by_code[code], day, minutes)


def _runs(rest: Plan, present: Session, day: date, minutes: int | None) -> list[Run]:
    session = placed(present, room=None, starts_at=None, minutes=minutes)
    if session.across_rooms:
        return _Day(rest, session, day).runs([(None, present.room)])
    return _Day(rest, session, day).runs([(room.slug, room.slug) for room in rest.rooms])


def best_slots(plan: Plan, code: str, n: int = 5, *, minutes: int | None = None) -> list[Slot]:
    """Return the cheapest places for a session on all days of the event, the best first.

    An error weighs more than all warnings. Of two that cost the same, the one nearer to where
    the session stands comes first, else the earlier one. Slots on top of what is pinned, or held
    across all rooms, are none, nor is the one where the session stands.

    :raises KeyError: when there is no such session.
    """
    present, rest = plan.by_code[code], plan.without(code)
    changed = minutes not in {None, present.minutes}
    slots = [
        slot
        for day in plan.days
        for run in _runs(rest, present, day.date, minutes)
        if not _is_on_top_of_fixed(rest, run)
        for slot in _slots(day.date, run, present, changed)
    ]
    return sorted(slots, key=lambda slot: _rank(plan, slot, present))[:n]


class _Day:
    """A session that is lifted on a day, and the rest of the plan."""

    def __init__(self, rest: Plan, session: Session, day: date) -> None:
        hours = rest.hours(day)
        self._rest = rest
        self._session = session
        self._begin, self._end = hours.starts_at, hours.ends_at
        self._by_place: dict[Place, list[Rule]] = {place: [] for place in Place}
        for rule in rules().values() if not session.is_withdrawn else ():
            self._by_place[rule.place].append(rule)

    def runs(self, columns: Iterable[tuple[str | None, str | None]]) -> list[Run]:
        """Return the runs of columns, each a column's name and the room to judge it by."""
        everywhere = [
            stretch for rule in self._by_place[Place.TIME] for stretch in self._asked(rule, None)
        ]
        return [
            run
            for column, room in columns
            for run in self._merged(column, [*everywhere, *self._of_room(room)])
        ]

    def _of_room(self, room: str | None) -> Iterator[_Stretch]:
        for rule in self._by_place[Place.ROOM]:
            yield self._stretch(rule, room, self._begin, self._end)
        for rule in self._by_place[Place.BOTH]:
            yield from self._asked(rule, room)

    def _asked(self, rule: Rule, room: str | None) -> Iterator[_Stretch]:
        if rule.edges is None:
            raise ValueError(f"rule {rule.name} has no edges")
        begin = placed(self._session, room=room, starts_at=self._begin)
        starts = {self._begin}
        for edge in rule.edges(self._rest, begin):
            starts.update(self._slots_at(edge))
        ordered = sorted(starts)
        for start, end in zip(ordered, [*ordered[1:], self._end], strict=True):
            yield self._stretch(rule, room, start, end)

    def _slots_at(self, edge: datetime) -> Iterator[datetime]:
        """Yield the first slot not before an edge, and the first one after it."""
        steps = -((self._begin - edge) // STEP)
        for slot in (self._begin + steps * STEP, self._begin + (steps + 1) * STEP):
            if self._begin < slot < self._end:
                yield slot

    def _stretch(self, rule: Rule, room: str | None, start: datetime, end: datetime) -> _Stretch:
        standing = placed(self._session, room=room, starts_at=start)
        return _Stretch(start, end, tuple(rule.judge(self._rest, standing)))

    def _merged(self, column: str | None, stretches: Sequence[_Stretch]) -> Iterator[Run]:
        """Yield the runs that stretches make when they are laid over one another."""
        telling = [stretch for stretch in stretches if stretch.conflicts]
        bounds = {self._begin, self._end}
        for stretch in telling:
            bounds.update((stretch.start, stretch.end))
        ordered = sorted(bounds)
        last: Run | None = None
        for start, end in pairwise(ordered):
            found = tuple(
                conflict
                for stretch in telling
                if stretch.start <= start < stretch.end
                for conflict in stretch.conflicts
            )
            found = tuple(sorted(found, key=lambda conflict: conflict.severity))
            if last is not None and _same(last.conflicts, found):
                last = Run(column, last.start, end, last.level, last.conflicts)
                continue
            if last is not None:
                yield last
            last = Run(column, start, end, _level(found), found)
        if last is not None:
            yield last


def _same(one: Sequence[Conflict], other: Sequence[Conflict]) -> bool:
    return [(item.rule, item.parties) for item in one] == [
        (item.rule, item.parties) for item in other
    ]


def _level(found: Iterable[Conflict]) -> Level:
    worst = min((conflict.severity for conflict in found), default=Severity.INFORMATION)
    return {Severity.ERROR: Level.ERROR, Severity.WARNING: Level.WARNING}.get(worst, Level.FREE)


def _slots(day: date, run: Run, present: Session, changed: bool) -> Iterator[Slot]:
    """Yield the one slot of a run that is worth a proposal: near the present hour, or the first.

    On another day that is the same hour of that day.
    """
    start = run.start
    if present.starts_at is not None:
        days = day - present.start.date()
        steps = (present.start + days - run.start) // STEP
        last = -((run.start - run.end) // STEP) - 1
        start = run.start + min(max(steps, 0), last) * STEP
    if changed or (run.room, start) != (present.room, present.starts_at):
        yield Slot(day, run.room, start, run.level, run.conflicts)


def _is_on_top_of_fixed(rest: Plan, run: Run) -> bool:
    others = (
        other
        for conflict in run.conflicts
        if conflict.rule == room_overlap.name
        for code in conflict.sessions
        if (other := rest.by_code.get(code))
    )
    return any(other.pinned or other.across_rooms for other in others)


def _rank(plan: Plan, slot: Slot, present: Session) -> tuple[int, int, timedelta, datetime, int]:
    severities = [conflict.severity for conflict in slot.conflicts]
    near = abs(slot.start - present.starts_at) if present.starts_at else timedelta()
    order = [None, *plan.room_by_slug]
    is_elsewhere = slot.room != present.room
    return (
        severities.count(Severity.ERROR),
        severities.count(Severity.WARNING),
        near,
        slot.start,
        order.index(slot.room) + is_elsewhere * len(order),
    )
