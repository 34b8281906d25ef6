"""What would be filled, before it is: a proposal for one day or for all of them."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from planner.accounts.access import Access
from planner.i18n.content import LocalText
from planner.i18n.formats import long_date, time_range
from planner.interpreting.proposing import Need, Span, Stint, Task, holes, propose
from planner.interpreting.seeing import task_of
from planner.interpreting.voice import Voice, holes_told, hours
from planner.timetable.plan import Plan, plan_of

Hole = tuple[Need, Span]


@dataclass(frozen=True)
class Line:
    """A turn that would be added, or one that stays without anybody."""

    hours: Markup
    who: LocalText | None
    languages: str


@dataclass(frozen=True)
class Filled:
    """A session with the turns that would be added, and those that nobody can take."""

    code: str
    title: LocalText
    day: str
    hours: Markup
    room: LocalText | None
    turns: tuple[Line, ...]


@dataclass(frozen=True)
class Proposal:
    """Turns to add, and the sessions that they were made from."""

    voice: Voice
    day: date | None
    stints: tuple[Stint, ...]
    #: Turns that nobody can take.
    open: tuple[Hole, ...]

    @property
    def left(self) -> int:
        """How many turns nobody can take."""
        return len(self.open)

    @property
    def digest(self) -> str:
        """What names these turns in these sessions: another one is another proposal."""
        told = f"{self.stints} {sorted(self.versions.items())}"
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def versions(self) -> dict[str, int]:
        """The versions of the sessions, by their codes."""
        sessions = self.voice.plan.by_code
        return {stint.code: sessions[stint.code].version for stint in self.stints}

    @property
    def heading(self) -> str | None:
        """The day; none for all of them."""
        return long_date(self.day, self.voice.reader) if self.day else None

    @property
    def left_told(self) -> str:
        """How many turns stay without anybody."""
        return holes_told(self.left)

    @property
    def sessions(self) -> list[Filled]:
        """The sessions in order of time, with what would be added and what stays open."""
        lines: dict[str, list[tuple[list[str], int, Line]]] = defaultdict(list)
        by_number = self.voice.plan.speaker_by_id
        for stint in self.stints:
            who = self.voice.name(by_number[stint.speaker_id])
            lines[stint.code].append(self._line(stint, (stint.begins, stint.ends), who))
        for need, span in self.open:
            lines[need.code].append(self._line(need, span, None))
        found = [self._filled(code, told) for code, told in lines.items()]
        by_code = self.voice.plan.by_code
        return sorted(found, key=lambda item: (by_code[item.code].start, item.code))

    def _line(
        self, told: Stint | Need, span: Span, who: LocalText | None
    ) -> tuple[list[str], int, Line]:
        """Return a turn with what it is put in order by."""
        start = self.voice.plan.by_code[told.code].start
        line = Line(hours(start, *span), who, self.voice.direction(told.spoken, told.into))
        return self.voice.in_order(told.pair), span[0], line

    def _filled(self, code: str, lines: list[tuple[list[str], int, Line]]) -> Filled:
        voice, session = self.voice, self.voice.plan.by_code[code]
        return Filled(
            code=code,
            title=voice.title(session),
            day=long_date(voice.plan.day_of(session.start), voice.reader),
            hours=time_range(session.start, session.minutes),
            room=voice.room(session),
            turns=tuple(line for *_, line in sorted(lines, key=lambda each: each[:2])),
        )


def proposal(access: Access, day: date | None) -> Proposal:
    """Return what would be filled on a day, or on all of them."""
    plan: Plan = plan_of(access.event_id)
    task = task_of(plan, access.event.turn_minutes, day)
    stints = propose(task)
    return Proposal(Voice(plan, access), day, stints, _open(task, stints))


def _open(task: Task, stints: tuple[Stint, ...]) -> tuple[Hole, ...]:
    every = (*task.kept, *stints)
    return tuple((need, span) for need in task.needs for span in holes(need, every, task.limits))
