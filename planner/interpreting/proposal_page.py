"""What would be filled, before it is: a proposal for one day or for all of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from planner.accounts.access import Access
from planner.i18n.content import LocalText
from planner.i18n.formats import long_date, time_range
from planner.interpreting.proposing import Stint, Task, holes, propose
from planner.interpreting.seeing import task_of
from planner.interpreting.voice import Voice, holes_told, hours
from planner.timetable.parts import Session
from planner.timetable.plan import Plan, plan_of


@dataclass(frozen=True)
class Added:
    """A turn that would be added."""

    hours: Markup
    who: LocalText
    languages: str


@dataclass(frozen=True)
class Filled:
    """A session with the turns that would be added."""

    code: str
    title: LocalText
    day: str
    hours: Markup
    room: LocalText | None
    turns: tuple[Added, ...]


@dataclass(frozen=True)
class Proposal:
    """Turns to add, and the sessions that they were made from."""

    voice: Voice
    day: date | None
    stints: tuple[Stint, ...]
    #: How many turns nobody can take.
    left: int

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
        """The sessions in order of time, with what would be added."""
        by_code = self.voice.plan.by_code
        found = [
            self._filled(by_code[code], list(stints))
            for code, stints in groupby(self.stints, key=lambda stint: stint.code)
        ]
        return sorted(found, key=lambda item: (by_code[item.code].start, item.code))

    def _filled(self, session: Session, stints: Iterable[Stint]) -> Filled:
        voice = self.voice
        ordered = sorted(stints, key=lambda stint: (voice.in_order(stint.pair), stint.begins))
        return Filled(
            code=session.code,
            title=voice.title(session),
            day=long_date(voice.plan.day_of(session.start), voice.reader),
            hours=time_range(session.start, session.minutes),
            room=voice.room(session),
            turns=tuple(
                Added(
                    hours(session.start, stint.begins, stint.ends),
                    voice.name(voice.plan.speaker_by_id[stint.speaker_id]),
                    voice.direction(stint.spoken, stint.into),
                )
                for stint in ordered
            ),
        )


def proposal(access: Access, day: date | None) -> Proposal:
    """Return what would be filled on a day, or on all of them."""
    plan: Plan = plan_of(access.event_id)
    task = task_of(plan, access.event.turn_minutes, day)
    stints = propose(task)
    return Proposal(Voice(plan, access), day, stints, _left(task, stints))


def _left(task: Task, stints: tuple[Stint, ...]) -> int:
    every = (*task.kept, *stints)
    return sum(len(holes(need, every, task.limits)) for need in task.needs)
