"""Filling holes of the interpretation: who takes which turn, within limits and with rest.

Nothing here knows the database. What is there stays; holes are filled one after the other, those
for which the fewest could be found first. Since whatever is added only ever hinders, a hole that
nobody could fill when it was looked at is one that nobody can fill at the end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

Interval = tuple[datetime, datetime]
#: Minutes after the start of a session.
Span = tuple[int, int]


@dataclass(frozen=True, order=True)
class Stint:
    """Somebody's turn: between two languages, in minutes after the start of a session."""

    code: str
    spoken: str
    into: str
    begins: int
    ends: int
    speaker_id: int

    @property
    def pair(self) -> frozenset[str]:
        """Both languages: who interprets does so in both directions."""
        return frozenset((self.spoken, self.into))


@dataclass(frozen=True)
class Need:
    """A session that must be interpreted between two languages."""

    code: str
    spoken: str
    into: str
    day: date
    starts_at: datetime
    minutes: int

    @property
    def pair(self) -> frozenset[str]:
        """Both languages."""
        return frozenset((self.spoken, self.into))

    @property
    def ends_at(self) -> datetime:
        """When the session ends."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Interpreter:
    """Somebody who interprets. ``free`` is joined and in order; none means at all times."""

    id: int
    languages: frozenset[str]
    free: tuple[Interval, ...] = ()

    def is_free(self, start: datetime, end: datetime) -> bool:
        """Tell whether they are free all the time."""
        return not self.free or any(since <= start and end <= to for since, to in self.free)


@dataclass(frozen=True)
class Limits:
    """Minutes: of a turn, which is the rest after one as well, alone, and on one day."""

    turn: int
    alone: int
    a_day: int


@dataclass(frozen=True)
class Task:
    """What is to be filled, by whom, and what stands already."""

    needs: tuple[Need, ...]
    interpreters: tuple[Interpreter, ...]
    limits: Limits
    #: Turns that stay, and count.
    kept: tuple[Stint, ...] = ()
    #: By interpreter, the sessions that they are in already, in any part, with their hours.
    engaged: Mapping[int, Mapping[str, Interval]] = field(default_factory=dict)
    #: Who cannot interpret which session: they speak there, or declined.
    barred: frozenset[tuple[str, int]] = frozenset()
    #: Days of sessions that are not among the needs but have turns that stay.
    other_needs: tuple[Need, ...] = ()


def slots(span: Span, minutes: int, limits: Limits) -> list[Span]:
    """Return the turns within a part of a session of so many minutes, one after the other.

    It is one where nobody needs relief in all the session.
    """
    begins, end = span
    step = minutes if minutes <= limits.alone else limits.turn
    return [(at, min(at + step, end)) for at in range(begins, end, step)]


def holes(need: Need, stints: Iterable[Stint], limits: Limits) -> list[Span]:
    """Return the turns of a session in which nobody interprets between its languages."""
    covered = sorted(
        (stint.begins, stint.ends)
        for stint in stints
        if stint.code == need.code and stint.pair == need.pair
    )
    return [
        slot
        for gap in _uncovered((0, need.minutes), covered)
        for slot in slots(gap, need.minutes, limits)
    ]


def _uncovered(whole: Span, covered: Iterable[Span]) -> Iterator[Span]:
    at, end = whole
    for begins, ends in covered:
        if begins >= end:
            break
        if begins > at:
            yield at, begins
        at = max(at, ends)
    if at < end:
        yield at, end


class Book:
    """Who is where when, while turns are dealt out."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.stints: list[Stint] = []
        self._needs = {need.code: need for need in (*task.other_needs, *task.needs)}
        self._turns: dict[int, list[tuple[datetime, datetime, Stint]]] = defaultdict(list)
        self._sessions: dict[int, dict[str, Interval]] = defaultdict(dict)
        self._minutes: dict[tuple[int, date], int] = defaultdict(int)
        for speaker_id, sessions in task.engaged.items():
            self._sessions[speaker_id].update(sessions)
        for stint in sorted(set(task.kept)):
            self.add(stint)

    def add(self, stint: Stint) -> None:
        """Note a turn down."""
        need = self._needs[stint.code]
        start, end = _moments(need, (stint.begins, stint.ends))
        self._minutes[stint.speaker_id, need.day] += self.more(need, stint)
        self._turns[stint.speaker_id].append((start, end, stint))
        self._sessions[stint.speaker_id][stint.code] = (need.starts_at, need.ends_at)
        self.stints.append(stint)

    def more(self, need: Need, stint: Stint) -> int:
        """Return how many more minutes a turn makes for who takes it.

        Whoever hears two languages in one booth works no longer for that.
        """
        start, end = _moments(need, (stint.begins, stint.ends))
        covered = sorted(
            (max(since, start), min(to, end))
            for since, to, _ in self._turns[stint.speaker_id]
            if since < end and start < to
        )
        free = end - start
        at = start
        for since, to in covered:
            if to > at:
                free -= to - max(since, at)
                at = to
        return int(free.total_seconds()) // 60

    def minutes(self, speaker_id: int, day: date) -> int:
        """Return for how long somebody interprets on a day."""
        return self._minutes[speaker_id, day]

    def total(self, speaker_id: int) -> int:
        """Return for how long somebody interprets on all days."""
        return sum(spent for (who, _), spent in self._minutes.items() if who == speaker_id)

    def is_in(self, need: Need, speaker_id: int) -> bool:
        """Tell whether somebody interprets this session between these languages already."""
        return any(
            stint.code == need.code and stint.pair == need.pair
            for _, _, stint in self._turns[speaker_id]
        )

    def can(self, need: Need, span: Span, who: Interpreter) -> bool:
        """Tell whether somebody could take a turn as well."""
        return (
            need.pair <= who.languages
            and (need.code, who.id) not in self.task.barred
            and who.is_free(need.starts_at, need.ends_at)
            and self._is_nowhere_else(need, who.id)
            and self._is_rested(need, span, who.id)
            and self._has_minutes_left(need, span, who.id)
        )

    def _is_nowhere_else(self, need: Need, speaker_id: int) -> bool:
        """Whoever is in a session is there from its beginning to its end, in one booth."""
        others = (hours for code, hours in self._sessions[speaker_id].items() if code != need.code)
        return all(end <= need.starts_at or need.ends_at <= start for start, end in others) and all(
            stint.into == need.into or stint.pair == need.pair
            for _, _, stint in self._turns[speaker_id]
            if stint.code == need.code
        )

    def _is_rested(self, need: Need, span: Span, speaker_id: int) -> bool:
        start, end = _moments(need, span)
        rest = timedelta(minutes=self.task.limits.turn)
        return all(
            (stint.code == need.code and (since, to) == (start, end) and stint.pair != need.pair)
            or to + rest <= start
            or end + rest <= since
            for since, to, stint in self._turns[speaker_id]
        )

    def _has_minutes_left(self, need: Need, span: Span, speaker_id: int) -> bool:
        more = self.more(need, stint_of(need, span, speaker_id))
        return not more or self.minutes(speaker_id, need.day) + more <= self.task.limits.a_day


def stint_of(need: Need, span: Span, speaker_id: int) -> Stint:
    """Return somebody's turn in a session."""
    return Stint(need.code, need.spoken, need.into, *span, speaker_id)


def propose(task: Task) -> tuple[Stint, ...]:
    """Return the turns to add, in order; the same for the same task, whatever its order was."""
    book = Book(task)
    found = []
    for need in sorted(task.needs, key=lambda need: _urgency(task, need)):
        for span in holes(need, book.stints, task.limits):
            able = [who for who in task.interpreters if book.can(need, span, who)]
            if able:
                chosen = min(able, key=lambda who: _preference(book, need, span, who.id))
                stint = stint_of(need, span, chosen.id)
                book.add(stint)
                found.append(stint)
    return tuple(sorted(found))


def _urgency(task: Task, need: Need) -> tuple[object, ...]:
    """Return the place of a need among others: those that few can fill come first."""
    able = sum(need.pair <= who.languages for who in task.interpreters)
    return (able, need.starts_at, need.code, need.into, need.spoken)


def _preference(book: Book, need: Need, span: Span, speaker_id: int) -> tuple[object, ...]:
    """Return whom to choose first: who is there already, then who worked least."""
    engaged = book.task.engaged.get(speaker_id, {})
    return (
        book.more(need, stint_of(need, span, speaker_id)) > 0,
        not book.is_in(need, speaker_id),
        need.code not in engaged,
        book.minutes(speaker_id, need.day),
        book.total(speaker_id),
        speaker_id,
    )


def _moments(need: Need, span: Span) -> Interval:
    begins, ends = span
    return (
        need.starts_at + timedelta(minutes=begins),
        need.starts_at + timedelta(minutes=ends),
    )
