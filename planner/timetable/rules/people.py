"""Rules of people: nobody can be in two places, and nobody works without end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from planner.i18n.labels import N_
from planner.programme.vocabulary import Role
from planner.timetable.parts import EMPTY, Session, Speaker
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Place, Severity, rule
from planner.timetable.rules.edges import around, day_changes
from planner.timetable.rules.rooms import overlapping


def _people(plan: Plan, session: Session) -> Iterator[Speaker]:
    for speaker_id in session.speaker_ids:
        if speaker := plan.speaker_by_id.get(speaker_id):
            yield speaker


def _others(plan: Plan, session: Session) -> Iterator[Session]:
    for speaker_id in session.speaker_ids:
        yield from plan.of_speaker.get(speaker_id, EMPTY).sessions


def _meeting_edges(plan: Plan, session: Session) -> Iterator[datetime]:
    return around(session, _others(plan, session))


@rule(
    "person-twice",
    Severity.ERROR,
    N_("A person in two places"),
    N_(
        "%(person)s takes part in “%(first)s” (%(first_hours)s) and in “%(second)s” "
        "(%(second_hours)s) at the same time."
    ),
    N_("%(person)s is in “%(other)s” until %(other_end)s: %(other_room)s, %(other_hours)s."),
    place=Place.TIME,
    edges=_meeting_edges,
)
def person_twice(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find who takes part in two sessions at once, in whatever roles."""
    for speaker in _people(plan, session):
        for other in plan.of_speaker.get(speaker.id, EMPTY).near(session.start, session.end):
            if other.code != session.code and overlapping(session, other):
                yield person_twice.of_pair(plan, session, other, speaker=speaker)


def _free_edges(plan: Plan, session: Session) -> Iterator[datetime]:
    for speaker in _people(plan, session):
        for start, end in speaker.free:
            yield from (start, end - session.length)


@rule(
    "unavailable",
    Severity.ERROR,
    N_("A person who is not free"),
    N_("%(person)s is not free during all of “%(session)s” (%(hours)s)."),
    N_("%(person)s is not free then."),
    place=Place.TIME,
    edges=_free_edges,
)
def unavailable(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find who takes part outside the hours that they gave. Who gave none is always free."""
    for speaker in _people(plan, session):
        if speaker.free and not any(
            start <= session.start and session.end <= end for start, end in speaker.free
        ):
            yield unavailable.of_person(plan, session, speaker)


def _way_edges(plan: Plan, session: Session) -> Iterator[datetime]:
    limits = plan.limits
    margins = [timedelta(minutes=told) for told in (0, limits.changeover, limits.site_changeover)]
    return around(session, _others(plan, session), margins)


def _way(plan: Plan, one: Session, other: Session) -> int:
    """Return the minutes that somebody needs from the room of one session to that of another.

    What is held across all rooms, and nowhere in particular, is near everything.
    """
    here, there = plan.room_by_slug.get(one.room or ""), plan.room_by_slug.get(other.room or "")
    if here is None or there is None or here is there:
        return 0
    if here.site != there.site:
        return max(plan.limits.changeover, plan.limits.site_changeover)
    return plan.limits.changeover


@rule(
    "changeover",
    Severity.WARNING,
    N_("Too little time between rooms"),
    N_(
        "%(person)s has %(gap)s from “%(first)s” (%(first_room)s, %(first_hours)s) to "
        "“%(second)s” (%(second_room)s, %(second_hours)s), and needs %(needed)s."
    ),
    N_(
        "%(person)s needs %(needed)s between here and “%(other)s” "
        "(%(other_room)s, %(other_hours)s)."
    ),
    place=Place.BOTH,
    edges=_way_edges,
)
def changeover(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find who has less time between two rooms, or two sites, than one needs for the way."""
    most = timedelta(minutes=max(plan.limits.changeover, plan.limits.site_changeover))
    for speaker in _people(plan, session):
        timeline = plan.of_speaker.get(speaker.id, EMPTY)
        for other in timeline.near(session.start - most, session.end + most):
            if other.code == session.code:
                continue
            gap = max(other.start - session.end, session.start - other.end) // timedelta(minutes=1)
            needed = _way(plan, session, other)
            if 0 <= gap < needed:
                yield changeover.of_pair(
                    plan,
                    session,
                    other,
                    speaker=speaker,
                    gap=("minutes", gap),
                    needed=("minutes", needed),
                )


def _on_day(plan: Plan, session: Session, speaker: Speaker) -> tuple[date, list[Session]]:
    """Return the day of a session, and all that somebody has there, this session included."""
    day = plan.day_of(session.start)
    others = plan.of_speaker.get(speaker.id, EMPTY).sessions
    found = [
        item for item in others if item.code != session.code and plan.day_of(item.start) == day
    ]
    return day, [*found, session]


def _only_interprets(session: Session, speaker: Speaker) -> bool:
    return all(
        person.role is Role.INTERPRETER
        for person in session.taking_part
        if person.speaker_id == speaker.id
    )


@rule(
    "many-sessions",
    Severity.WARNING,
    N_("Too many sessions on a day"),
    N_(
        "%(person)s has too many sessions on %(day)s: %(count)s, where the limit is %(limit)s "
        "(%(sessions)s)."
    ),
    N_("%(person)s has too many sessions on that day: %(count)s, where the limit is %(limit)s."),
    place=Place.TIME,
    edges=day_changes,
)
def many_sessions(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find who has more sessions on a day than the event lets anybody have.

    Pauses do not count, nor does interpreting: whoever interprets is in many short sessions as a
    matter of course, so :func:`long_interpreting` counts their minutes instead. Somebody who
    speaks in some and interprets in others is judged by each limit for that part.
    """
    if session.is_pause:
        return
    limit = plan.limits.sessions_a_day
    for speaker in _people(plan, session):
        if _only_interprets(session, speaker):
            continue
        day, found = _on_day(plan, session, speaker)
        counted = [
            item for item in found if not item.is_pause and not _only_interprets(item, speaker)
        ]
        if len(counted) > limit:
            yield many_sessions.of_day(
                day,
                counted,
                by=speaker.code,
                speaker=speaker,
                count=("number", len(counted)),
                limit=("number", limit),
            )


@rule(
    "long-interpreting",
    Severity.WARNING,
    N_("Too much interpreting on a day"),
    N_("%(person)s interprets for %(total)s on %(day)s; the limit is %(limit)s (%(sessions)s)."),
    N_("%(person)s would interpret for %(total)s on that day; the limit is %(limit)s."),
    place=Place.TIME,
    edges=day_changes,
)
def long_interpreting(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find interpreters who work for more minutes on a day than the event lets them.

    Where their turns are planned, those count, and not the whole session.
    """
    limit = plan.limits.interpreter_a_day
    for speaker in _people(plan, session):
        if speaker.id not in session.interpreters or not session.interpreting_minutes(speaker.id):
            continue
        day, found = _on_day(plan, session, speaker)
        worked = [
            item
            for item in found
            if speaker.id in item.interpreters and item.interpreting_minutes(speaker.id)
        ]
        total = sum(item.interpreting_minutes(speaker.id) for item in worked)
        if total > limit:
            yield long_interpreting.of_day(
                day,
                worked,
                by=speaker.code,
                speaker=speaker,
                total=("minutes", total),
                limit=("minutes", limit),
            )
