"""The interpretation of a plan: what needs it, who can, what holds and what does not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from planner.interpreting.proposing import Interpreter, Limits, Need, Stint, Task, holes
from planner.programme.vocabulary import Role
from planner.timetable.parts import Session, Speaker, Turn
from planner.timetable.plan import Plan
from planner.timetable.rules.interpreting import pairs


class Trouble(StrEnum):
    """Why a turn does not hold."""

    #: Not, or no more, an interpreter of the session; or they declined.
    OFF = "off"
    LANGUAGES = "languages"
    NOT_FREE = "not_free"
    ELSEWHERE = "elsewhere"
    #: The session ends before the turn does.
    BEYOND = "beyond"
    OVER_LIMIT = "over_limit"
    NO_REST = "no_rest"
    #: Longer at a stretch than anybody may interpret alone.
    TOO_LONG = "too_long"


def wanted(session: Session) -> tuple[tuple[str, str], ...]:
    """Return between which languages a session is interpreted: spoken, and promised.

    Who interprets does so in both directions, so each two languages are there once.
    """
    found: dict[frozenset[str], tuple[str, str]] = {}
    for pair in pairs(session):
        found.setdefault(frozenset(pair), pair)
    return tuple(found.values())


def needs_of(plan: Plan, session: Session) -> list[Need]:
    """Return the needs of a session that is placed."""
    day = plan.day_of(session.start)
    return [
        Need(session.code, spoken, into, day, session.start, session.minutes)
        for spoken, into in wanted(session)
    ]


def sessions_in_need(plan: Plan, day: date | None = None) -> list[Session]:
    """Return the placed sessions that need interpreters or have turns, in order of time."""
    return [
        session
        for session in plan.placed
        if (day is None or plan.day_of(session.start) == day) and (session.turns or wanted(session))
    ]


def interpreters_of(plan: Plan) -> list[Speaker]:
    """Return who interprets anything, in the order of their numbers."""
    known = {
        person.speaker_id
        for session in plan.active
        for person in session.people
        if person.role is Role.INTERPRETER
    }
    return [speaker for speaker in plan.speakers if speaker.id in known]


def limits_of(plan: Plan, turn_minutes: int) -> Limits:
    """Return the limits of the event."""
    return Limits(
        turn=turn_minutes, alone=plan.limits.interpreter_alone, a_day=plan.limits.interpreter_a_day
    )


def interpreter_of(speaker: Speaker) -> Interpreter:
    """Return a speaker as one who interprets."""
    return Interpreter(speaker.id, frozenset(speaker.spoken_languages), speaker.free)


def task_of(plan: Plan, turn_minutes: int, day: date | None = None) -> Task:
    """Return what is to be filled on a day, or on all of them. What is there stays."""
    fixed = [session for session in sessions_in_need(plan) if not session.is_pause]
    every = [need for session in fixed for need in needs_of(plan, session)]
    known = interpreters_of(plan)
    return Task(
        needs=tuple(need for need in every if day is None or need.day == day),
        interpreters=tuple(interpreter_of(speaker) for speaker in known),
        limits=limits_of(plan, turn_minutes),
        kept=tuple(stint for session in plan.placed for stint in stints_of(session)),
        engaged={
            speaker.id: {
                session.code: (session.start, session.end)
                for session in (plan.of_speaker[speaker.id].sessions)
            }
            for speaker in known
            if speaker.id in plan.of_speaker
        },
        barred=frozenset(
            (session.code, speaker_id)
            for session in plan.placed
            for speaker_id in barred_from(session)
        ),
        other_needs=tuple(
            Need(
                session.code,
                turn.spoken,
                turn.into,
                plan.day_of(session.start),
                session.start,
                session.minutes,
            )
            for session in plan.placed
            for turn in session.turns
        ),
    )


def barred_from(session: Session) -> set[int]:
    """Return who cannot interpret a session: they do something else there, or declined."""
    taking_part = {(person.speaker_id, person.role) for person in session.taking_part}
    return {
        person.speaker_id
        for person in session.people
        if person.role is not Role.INTERPRETER
        or (person.speaker_id, Role.INTERPRETER) not in taking_part
    }


def stints_of(session: Session) -> list[Stint]:
    """Return the turns that hold: of interpreters of the session, until it ends."""
    return [
        Stint(
            session.code,
            turn.spoken,
            turn.into,
            turn.begins,
            min(turn.ends, session.minutes),
            turn.speaker_id,
        )
        for turn in session.turns
        if turn.speaker_id in session.interpreters and turn.begins < session.minutes
    ]


def holes_of(plan: Plan, session: Session, limits: Limits) -> list[tuple[Need, tuple[int, int]]]:
    """Return what nobody interprets of a session."""
    stints = stints_of(session)
    return [
        (need, span) for need in needs_of(plan, session) for span in holes(need, stints, limits)
    ]


def troubles_of(plan: Plan, turn_minutes: int) -> dict[int, list[Trouble]]:
    """Return what is wrong with each turn, by its number; those without fault are not there."""
    found: dict[int, set[Trouble]] = defaultdict(set)
    by_speaker: dict[int, list[tuple[Session, Turn]]] = defaultdict(list)
    for session in plan.placed:
        for turn in session.turns:
            by_speaker[turn.speaker_id].append((session, turn))
            found[turn.id].update(_alone(plan, session, turn))
    for speaker_id, turns in by_speaker.items():
        for number, trouble in _together(plan, speaker_id, turns, turn_minutes):
            found[number].add(trouble)
    return {
        number: [trouble for trouble in Trouble if trouble in each]
        for number, each in found.items()
        if each
    }


def _alone(plan: Plan, session: Session, turn: Turn) -> Iterable[Trouble]:
    """Yield what is wrong with a turn, whatever else its interpreter does."""
    who = plan.speaker_by_id[turn.speaker_id]
    if who.id not in session.interpreters:
        yield Trouble.OFF
    if not {turn.spoken, turn.into} <= set(who.spoken_languages):
        yield Trouble.LANGUAGES
    if not interpreter_of(who).is_free(*hours_of(session, turn)):
        yield Trouble.NOT_FREE
    if turn.ends > session.minutes:
        yield Trouble.BEYOND
    if session.minutes > plan.limits.interpreter_alone and any(
        to - since > plan.limits.interpreter_alone and since <= turn.begins < to
        for since, to in session.stretches(who.id)
    ):
        yield Trouble.TOO_LONG
    timeline = plan.of_speaker.get(who.id)
    if timeline and any(
        other.code != session.code and other.start < session.end and session.start < other.end
        for other in timeline.near(session.start, session.end)
    ):
        yield Trouble.ELSEWHERE


def _together(
    plan: Plan, speaker_id: int, turns: list[tuple[Session, Turn]], turn_minutes: int
) -> Iterable[tuple[int, Trouble]]:
    """Yield what is wrong with somebody's turns because of their others."""
    for day, total in minutes_by_day(plan, speaker_id).items():
        if total > plan.limits.interpreter_a_day:
            for session, turn in turns:
                if plan.day_of(session.start) == day:
                    yield turn.id, Trouble.OVER_LIMIT
    rest = timedelta(minutes=turn_minutes)
    ordered = sorted(turns, key=lambda item: hours_of(*item))
    for place, (session, turn) in enumerate(ordered):
        start, end = hours_of(session, turn)
        for other_session, other in ordered[:place]:
            since, to = hours_of(other_session, other)
            same_booth = other_session.code == session.code and other.into == turn.into
            if to > start and not (same_booth and (since, to) == (start, end)):
                yield turn.id, Trouble.ELSEWHERE
            elif to <= start < to + rest:
                yield turn.id, Trouble.NO_REST


def minutes_by_day(plan: Plan, speaker_id: int) -> dict[date, int]:
    """Return for how many minutes somebody interprets on each day."""
    found: dict[date, int] = defaultdict(int)
    timeline = plan.of_speaker.get(speaker_id)
    for session in timeline.sessions if timeline else ():
        if speaker_id in session.interpreters:
            found[plan.day_of(session.start)] += session.interpreting_minutes(speaker_id)
    return found


def hours_of(session: Session, turn: Turn) -> tuple[datetime, datetime]:
    """Return the hours of a turn."""
    return (
        session.start + timedelta(minutes=turn.begins),
        session.start + timedelta(minutes=turn.ends),
    )
