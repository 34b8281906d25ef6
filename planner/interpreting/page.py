"""The page of one day of the interpretation plan."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from planner.accounts.access import Access
from planner.desk.layout import Way
from planner.i18n.content import LocalText
from planner.i18n.formats import long_date, short_date, time_range
from planner.interpreting.demand import Demand, demand_on
from planner.interpreting.proposing import Limits
from planner.interpreting.seeing import (
    holes_of,
    interpreters_of,
    limits_of,
    sessions_in_need,
    troubles_of,
    wanted,
)
from planner.interpreting.voice import Voice, holes_told, hours, trouble_label
from planner.timetable.parts import Session
from planner.timetable.plan import Plan, plan_of
from planner.timetable.queries import days_of


@dataclass(frozen=True)
class Line:
    """A turn, or a hole where nobody interprets."""

    hours: Markup
    who: LocalText | None
    code: str = ""
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A session, as far as it is interpreted between two languages."""

    code: str
    title: LocalText
    hours: Markup
    room: LocalText | None
    languages: str
    #: Whether these languages are promised there at all; turns may have outlived that.
    is_wanted: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Person:
    """Somebody who can interpret between two languages."""

    code: str
    name: LocalText
    workload: str
    is_over: bool


@dataclass
class Group:
    """Two languages, and what is interpreted between them on a day."""

    key: str
    label: str
    people: tuple[Person, ...]
    entries: list[Entry] = field(default_factory=list)
    holes: int = 0

    @property
    def state(self) -> str:
        """How many turns nobody takes, in words."""
        return holes_told(self.holes)


@dataclass(frozen=True)
class DayPage:
    """What the page of a day shows."""

    day: date
    heading: str
    days: tuple[Way, ...]
    groups: tuple[Group, ...]
    holes: int
    holes_everywhere: int
    turn_minutes: int
    demand: Demand

    @property
    def state(self) -> str:
        """How many turns nobody takes, in words."""
        return holes_told(self.holes)


def day_page(access: Access, day: date) -> DayPage | None:
    """Return the page of a day, or None of one that the event does not have."""
    plan = plan_of(access.event_id)
    days = days_of(plan)
    if day not in days:
        return None
    voice = Voice(plan, access)
    limits = limits_of(plan, access.event.turn_minutes)
    counts = _holes_by_day(plan, limits)
    return DayPage(
        day=day,
        heading=long_date(day, voice.reader),
        days=tuple(_way(access, voice, each, here=each == day) for each in days),
        groups=tuple(_groups(voice, day, limits)),
        holes=counts[day],
        holes_everywhere=sum(counts.values()),
        turn_minutes=limits.turn,
        demand=demand_on(voice, day),
    )


def first_day(plan: Plan) -> date:
    """Return the day that one sees first: the first on which something is interpreted."""
    needed = sessions_in_need(plan)
    return plan.day_of(needed[0].start) if needed else days_of(plan)[0]


def _holes_by_day(plan: Plan, limits: Limits) -> dict[date, int]:
    found: dict[date, int] = defaultdict(int)
    for session in sessions_in_need(plan):
        if not session.is_pause:
            found[plan.day_of(session.start)] += len(holes_of(plan, session, limits))
    return found


def _way(access: Access, voice: Voice, day: date, *, here: bool) -> Way:
    address = url_for("interpreting.day", event=access.event.slug, day=day.isoformat())
    return Way(short_date(day, voice.reader), address, here)


def _groups(voice: Voice, day: date, limits: Limits) -> list[Group]:
    plan = voice.plan
    troubles = troubles_of(plan, limits.turn)
    found: dict[frozenset[str], Group] = {}
    for session in sessions_in_need(plan, day):
        promised = {frozenset(pair): pair for pair in wanted(session)}
        told = {frozenset((turn.spoken, turn.into)) for turn in session.turns}
        for pair in sorted(promised.keys() | told, key=voice.in_order):
            group = found.setdefault(pair, _group(voice, pair, day))
            entry = _entry(voice, session, pair, promised.get(pair), troubles, limits)
            group.entries.append(entry)
            group.holes += sum(line.who is None for line in entry.lines)
    order = {key: place for place, key in enumerate(sorted(found, key=voice.in_order))}
    return [found[key] for key in sorted(found, key=lambda pair: order[pair])]


def _group(voice: Voice, pair: frozenset[str], day: date) -> Group:
    people = (
        Person(who.code, voice.name(who), voice.workload(who, day), voice.is_over(who, day))
        for who in interpreters_of(voice.plan)
        if pair <= set(who.spoken_languages)
    )
    return Group("-".join(voice.in_order(pair)), voice.pair(pair), tuple(people))


def _entry(  # noqa: PLR0917 -- each is something that the entry tells
    voice: Voice,
    session: Session,
    pair: frozenset[str],
    promised: tuple[str, str] | None,
    troubles: dict[int, Any],
    limits: Limits,
) -> Entry:
    lines = []
    for turn in session.turns:
        if {turn.spoken, turn.into} == pair:
            who = voice.plan.speaker_by_id[turn.speaker_id]
            told = tuple(trouble_label(each) for each in troubles.get(turn.id, ()))
            shown = hours(session.start, turn.begins, turn.ends)
            lines.append((turn.begins, Line(shown, voice.name(who), who.code, told)))
    if not session.is_pause:
        for need, (begins, ends) in holes_of(voice.plan, session, limits):
            if need.pair == pair:
                lines.append((begins, Line(hours(session.start, begins, ends), None)))
    return Entry(
        code=session.code,
        title=voice.title(session),
        hours=time_range(session.start, session.minutes),
        room=voice.room(session),
        languages=voice.direction(*promised) if promised else voice.pair(pair),
        is_wanted=promised is not None,
        lines=tuple(line for _, line in sorted(lines, key=lambda each: each[0])),
    )
