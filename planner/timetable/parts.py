"""The parts of a plan as rules see them: frozen, plain values.

Times are the venue's wall clock. Rooms and themes are known by their slugs, sessions by their
codes, speakers by their ids.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from planner.events.models import TextState
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Answer, State
from planner.speakers.models import Visibility
from planner.timetable.models import Relation

Texts = Mapping[str, str]
Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Person:
    """The part of one speaker in one session."""

    speaker_id: int
    role: Role
    answer: Answer


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a session, and who of them takes part: who declined does not."""

    people: tuple[Person, ...]
    taking_part: tuple[Person, ...] = field(init=False, compare=False, repr=False)
    speaker_ids: frozenset[int] = field(init=False, compare=False, repr=False)
    interpreters: frozenset[int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Find once what rules ask for often."""
        taking_part = tuple(item for item in self.people if item.answer is not Answer.DECLINED)
        interpreters = (item for item in taking_part if item.role is Role.INTERPRETER)
        keep = object.__setattr__
        keep(self, "taking_part", taking_part)
        keep(self, "speaker_ids", frozenset(item.speaker_id for item in taking_part))
        keep(self, "interpreters", frozenset(item.speaker_id for item in interpreters))


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch in which somebody interprets, in minutes after the session's start."""

    id: int
    speaker_id: int
    spoken: str
    into: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Session:
    """One item of the plan. Rooms and themes are known by their slugs."""

    id: int
    code: str
    kind: Kind
    theme: str | None
    room: str | None
    starts_at: datetime | None
    minutes: int
    across_rooms: bool
    spoken_languages: tuple[str, ...]
    interpreted_languages: tuple[str, ...]
    original_language: str
    audience: int | None
    state: State
    pinned: bool
    needs_step_free: bool
    version: int
    titles: Texts
    text_states: Mapping[str, TextState]
    cast: Cast
    #: Who interprets when; none while nobody has planned it.
    turns: tuple[Turn, ...] = ()
    #: How many participants have it in their agenda.
    stars: int = 0
    _end: datetime | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Find once when it ends."""
        start = self.starts_at
        object.__setattr__(self, "_end", start + self.length if start is not None else None)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it takes part in nothing any more."""
        return self.state is State.WITHDRAWN

    @property
    def start(self) -> datetime:
        """Its start, of one that is placed.

        :raises ValueError: when it is not.
        """
        if self.starts_at is None:
            raise ValueError(f"session {self.code} is not placed")
        return self.starts_at

    @property
    def length(self) -> timedelta:
        """How long it takes."""
        return timedelta(minutes=self.minutes)

    @property
    def end(self) -> datetime:
        """Its end, of one that is placed.

        :raises ValueError: when it is not.
        """
        if self._end is None:
            raise ValueError(f"session {self.code} is not placed")
        return self._end

    @property
    def people(self) -> tuple[Person, ...]:
        """All of its people, also those who declined."""
        return self.cast.people

    @property
    def taking_part(self) -> tuple[Person, ...]:
        """Its people but those who declined."""
        return self.cast.taking_part

    @property
    def speaker_ids(self) -> frozenset[int]:
        """Who takes part, in any role."""
        return self.cast.speaker_ids

    @property
    def interpreters(self) -> frozenset[int]:
        """Who interprets."""
        return self.cast.interpreters

    def stretches(self, speaker_id: int) -> list[tuple[int, int]]:
        """Return when somebody interprets without a pause, by their turns, within the session."""
        found: list[tuple[int, int]] = []
        for begins, ends in sorted(
            (turn.begins, min(turn.ends, self.minutes))
            for turn in self.turns
            if turn.speaker_id == speaker_id and turn.begins < self.minutes
        ):
            if found and begins <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], ends))
            else:
                found.append((begins, ends))
        return found

    def interpreting_minutes(self, speaker_id: int) -> int:
        """Return for how long an interpreter works: by turns, else all of the session."""
        if not self.turns:
            return self.minutes
        return sum(ends - begins for begins, ends in self.stretches(speaker_id))

    @property
    def is_pause(self) -> bool:
        """Whether people rest: no subject, no speaker is expected."""
        return self.kind in {Kind.BREAK, Kind.MEAL}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which one can follow it: spoken or interpreted into."""
        return tuple(dict.fromkeys((*self.spoken_languages, *self.interpreted_languages)))


@dataclass(frozen=True, slots=True)
class Name:
    """What a speaker is called in one language."""

    display_name: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person; named only by :func:`planner.speakers.naming.called`."""

    id: int
    code: str
    number: int
    visibility: Visibility
    spoken_languages: tuple[str, ...]
    original_language: str | None
    texts: Mapping[str, Name]
    #: When they are free, joined where intervals touch; none means at all times.
    free: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A room. ``opens`` and ``closes`` are minutes after midnight."""

    id: int
    slug: str
    name: Texts
    site: str
    capacity: int | None
    booths: int
    step_free: bool
    opens: int | None
    closes: int | None


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme."""

    id: int
    slug: str
    name: Texts
    colour: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the event and its hours, which may go on after midnight."""

    date: date
    starts_at: datetime
    ends_at: datetime
    name: Texts


@dataclass(frozen=True, slots=True)
class Constraint:
    """What organizers ask of two sessions, known by their codes."""

    id: int
    relation: Relation
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much: minutes, but for the number of sessions."""

    changeover: int
    site_changeover: int
    sessions_a_day: int
    interpreter_a_day: int
    interpreter_alone: int


class Timeline:
    """Placed sessions in the order of their starts."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        self.sessions = sorted(sessions, key=lambda session: session.start)
        self._starts = [session.start for session in self.sessions]
        self._longest = max((session.length for session in self.sessions), default=timedelta())

    def near(self, start: datetime, end: datetime) -> list[Session]:
        """Return what overlaps ``start`` to ``end`` or touches it, and little else."""
        first = bisect_left(self._starts, start - self._longest)
        return self.sessions[first : bisect_right(self._starts, end)]

    def shared(self, but: str) -> Interval | None:
        """Return the hours that all of them share, but for one session, or None."""
        last = next((item for item in reversed(self.sessions) if item.code != but), None)
        first = next((item for item in self._by_end if item.code != but), None)
        if last is None or first is None or last.start >= first.end:
            return None
        return last.start, first.end

    @cached_property
    def _by_end(self) -> list[Session]:
        return sorted(self.sessions, key=lambda session: session.end)


#: What there is of a room, theme or speaker without any.
EMPTY = Timeline(())


def placed(
    session: Session, *, room: str | None, starts_at: datetime | None, minutes: int | None = None
) -> Session:
    """Return a session as it would be at another place."""
    return replace(session, room=room, starts_at=starts_at, minutes=minutes or session.minutes)


def day_with_hours(day: date, day_from: int, day_to: int, name: Texts | None = None) -> Day:
    """Return a day that begins and ends so many minutes after midnight."""
    midnight = datetime.combine(day, time())
    return Day(
        day,
        midnight + timedelta(minutes=day_from),
        midnight + timedelta(minutes=day_to),
        name or {},
    )


def joined(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return intervals in their order, those that overlap or touch as one."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
