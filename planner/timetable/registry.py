"""What a conflict is, and the rules that find them, each registered under its name.

A rule is a small function from a plan and one of its sessions to the conflicts that the session
has where it stands. It says by :class:`Place` what of the session's place its answer depends on;
if that is time, ``edges`` yields the starts around which the answer may change. From this
:mod:`planner.timetable.costs` knows what placing a session anywhere would break without asking
for every slot.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, IntEnum

from planner.timetable.parts import Session, Speaker
from planner.timetable.plan import Plan


class Severity(IntEnum):
    """How bad a conflict is, the worst first."""

    ERROR = 0
    WARNING = 1
    INFORMATION = 2

    @property
    def word(self) -> str:
        """Its name in addresses, classes and files: ``error``."""
        return self.name.lower()


class Place(Enum):
    """What of a session's place the answer of a rule depends on."""

    NOTHING = "nothing"
    ROOM = "room"
    TIME = "time"
    BOTH = "both"


#: What words are made of: codes, slugs, ids, numbers, days and hours, told apart by their kind.
Fact = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule that the plan breaks, and with whom.

    ``parties`` are what tells it from others of its rule; ``facts`` are what the rule spoke on,
    each a kind and values (see :mod:`planner.timetable.wording`), by their place in the words.
    """

    rule: str
    severity: Severity
    parties: tuple[str, ...]
    sessions: tuple[str, ...] = ()
    speakers: tuple[int, ...] = ()
    theme: str | None = None
    room: str | None = None
    day: date | None = None
    facts: tuple[tuple[str, Fact], ...] = ()

    @property
    def key(self) -> str:
        """What it is known by, whatever its facts are: at most 200 characters."""
        key = ":".join((self.rule, *self.parties))
        if len(key) <= _LONGEST_KEY:
            return key
        return f"{self.rule}:{hashlib.sha256(key.encode()).hexdigest()}"

    @property
    def digest(self) -> str:
        """What stands for its facts: another one when any of them changes."""
        return hashlib.sha256(repr((self.severity.name, self.facts)).encode()).hexdigest()


_LONGEST_KEY = 200

Judge = Callable[[Plan, Session], Iterable[Conflict]]
Edges = Callable[[Plan, Session], Iterable[datetime]]


@dataclass(frozen=True)
class Rule:
    """A rule: its name, how bad it is to break it, and its words, which are msgids.

    ``label`` names what it looks for, ``words`` tell a conflict with all its parties, and
    ``reason`` tells the same to somebody who holds one of the sessions and asks about a slot.
    """

    name: str
    severity: Severity
    label: str
    words: str
    reason: str
    place: Place
    judge: Judge
    edges: Edges | None = None
    #: For what is no fault of any one session: judges the plan as a whole.
    whole: Callable[[Plan], Iterable[Conflict]] | None = None

    @property
    def _minds_time(self) -> bool:
        """Whether hours are among its facts: one accepts a small room at whatever hour."""
        return self.place in {Place.TIME, Place.BOTH}

    @property
    def _minds_room(self) -> bool:
        return self.place in {Place.ROOM, Place.BOTH}

    def of_one(
        self, plan: Plan, session: Session, *, room: str | None = None, **facts: Fact
    ) -> Conflict:
        """Return a conflict of one session with where it stands, or with what it lacks."""
        return self._found(
            (session,), by=(session.code,), plan=plan, room=room, facts=facts.items()
        )

    def of_person(self, plan: Plan, session: Session, speaker: Speaker, **facts: Fact) -> Conflict:
        """Return a conflict between one session and somebody on it."""
        by = (session.code, speaker.code)
        return self._found((session,), by=by, plan=plan, speaker=speaker, facts=facts.items())

    def of_pair(
        self,
        plan: Plan,
        one: Session,
        other: Session,
        *,
        by: tuple[str, ...] = (),
        room: str | None = None,
        speaker: Speaker | None = None,
        **facts: Fact,
    ) -> Conflict:
        """Return a conflict between two placed sessions, perhaps by way of somebody in both.

        Words call the earlier one first; which that is makes no other conflict of it.
        """
        swapped = (other.start, other.code) < (one.start, one.code)
        first, second = (other, one) if swapped else (one, other)
        told: list[tuple[str, Fact]] = [
            ("first", ("session", first.code)),
            ("second", ("session", second.code)),
        ]
        if self._minds_time:
            told.append(("first_hours", ("hours", first.start, first.minutes)))
            told.append(("second_hours", ("hours", second.start, second.minutes)))
        if self._minds_room:
            told.append(("first_room", ("room", first.room)))
            told.append(("second_room", ("room", second.room)))
        codes = sorted((one.code, other.code))
        return self._found(
            (first, second),
            by=by or (*codes, *((speaker.code,) if speaker else ())),
            plan=plan,
            room=room,
            speaker=speaker,
            facts=(*told, *facts.items()),
        )

    def of_group(self, plan: Plan, sessions: Iterable[Session], *, theme: str | None) -> Conflict:
        """Return a conflict of placed sessions that share a moment; who they are tells it apart."""
        members = _in_order(sessions)
        hours = ((session.code, session.start, session.minutes) for session in members)
        return self._found(
            members,
            by=tuple(sorted(session.code for session in members)),
            plan=plan,
            theme=theme,
            facts=[("sessions", ("hours_of", *hours))],
        )

    def of_day(
        self,
        day: date,
        sessions: Iterable[Session] = (),
        *,
        by: str,
        theme: str | None = None,
        speaker: Speaker | None = None,
        **facts: Fact,
    ) -> Conflict:
        """Return a conflict of several sessions on one day, or of none; ``by`` tells it apart."""
        members = _in_order(sessions)
        told: tuple[tuple[str, Fact], ...] = (
            ("day", ("day", day)),
            ("sessions", ("sessions", *(session.code for session in members))),
        )
        by_day = (by, day.isoformat())
        return self._found(
            members, by=by_day, day=day, theme=theme, speaker=speaker, facts=(*told, *facts.items())
        )

    def _found(
        self,
        sessions: tuple[Session, ...],
        *,
        by: tuple[str, ...],
        facts: Iterable[tuple[str, Fact]],
        plan: Plan | None = None,
        day: date | None = None,
        room: str | None = None,
        theme: str | None = None,
        speaker: Speaker | None = None,
    ) -> Conflict:
        told = list(facts)
        if len(sessions) == 1:
            (session,) = sessions
            told.append(("session", ("session", session.code)))
            if session.starts_at is not None and self._minds_time:
                told.append(("hours", ("hours", session.starts_at, session.minutes)))
        if room is not None:
            told.append(("room", ("room", room)))
        if theme is not None:
            told.append(("theme", ("theme", theme)))
        if speaker is not None:
            told.append(("person", ("speaker", speaker.id)))
        if plan is not None and sessions[0].starts_at is not None:
            day = plan.day_of(sessions[0].starts_at)
        return Conflict(
            self.name,
            self.severity,
            parties=by,
            sessions=tuple(session.code for session in sessions),
            speakers=(speaker.id,) if speaker else (),
            theme=theme,
            room=room,
            day=day,
            facts=tuple(told),
        )


def _in_order(sessions: Iterable[Session]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda session: (session.start, session.code)))


_rules: dict[str, Rule] = {}


def rule(
    name: str,
    severity: Severity,
    label: str,
    words: str,
    reason: str = "",
    *,
    place: Place = Place.NOTHING,
    edges: Edges | None = None,
) -> Callable[[Judge], Rule]:
    """Register a function as a rule; texts are msgids marked with ``N_``.

    ``edges`` yields starts around which the answer may change, for a session that stands at the
    beginning of the day asked about.

    :raises ValueError: when the name is taken, or what the rule depends on is not told.
    """
    if (edges is None) is (place in {Place.TIME, Place.BOTH}):
        raise ValueError(f"rule {name}: edges are told where time matters, and only there")
    if place is not Place.NOTHING and not reason:
        raise ValueError(f"rule {name}: a slot needs a reason")
    return lambda judge: _registered(
        Rule(name, severity, label, words, reason, place, judge, edges)
    )


def rule_of_plan(
    name: str, severity: Severity, label: str, words: str
) -> Callable[[Callable[[Plan], Iterable[Conflict]]], Rule]:
    """Register a function that judges the plan as a whole, for what is no session's fault."""
    return lambda whole: _registered(
        Rule(name, severity, label, words, "", Place.NOTHING, _silent, None, whole)
    )


def rules() -> Mapping[str, Rule]:
    """Return all rules by their names, in the order in which they were registered."""
    return _rules


def _registered(made: Rule) -> Rule:
    if made.name in _rules:
        raise ValueError(f"there is a rule {made.name} already")
    _rules[made.name] = made
    return made


def _silent(_plan: Plan, _session: Session) -> Iterable[Conflict]:
    return ()
