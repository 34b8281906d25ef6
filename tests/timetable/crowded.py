"""Small crowded plans by chance: nights, sites, booths, wishes and odd minutes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as some

from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Answer, State
from planner.timetable.models import Relation
from planner.timetable.parts import Constraint, Person, Session, Turn, day_with_hours
from planner.timetable.plan import Plan
from tests.timetable import pictures
from tests.timetable.pictures import FIRST, at, plan, room, session, speaker

#: The code of the session that may be lifted.
LIFTED = "L"


@some.composite
def crowded_plans(draw: some.DrawFn) -> Plan:
    """Return a small crowded plan, with nights, sites, booths, wishes and odd minutes."""
    ends = draw(some.sampled_from([14 * 60, 24 * 60, 26 * 60]))
    begins = draw(some.sampled_from([0, 8 * 60, 9 * 60 + 30]))
    own = day_with_hours(FIRST + timedelta(days=1), draw(some.sampled_from([120, 600])), 20 * 60)
    days = (day_with_hours(FIRST, begins, min(ends, begins + 1440)), own)
    sessions = (*draw(some.lists(_sessions(), max_size=7)), draw(_sessions()))
    named = tuple(replace(item, code=f"{number}") for number, item in enumerate(sessions[:-1]))
    codes = some.sampled_from([item.code for item in named] or ["of nothing"])
    others = some.sampled_from([LIFTED, LIFTED, *(item.code for item in named)])
    wishes = draw(
        some.lists(
            some.tuples(some.sampled_from(Relation), some.permutations([draw(codes), draw(others)]))
            .map(lambda wish: (wish[0], *wish[1]))
            .filter(lambda wish: wish[1] != wish[2]),
            max_size=3,
            unique=True,
        )
    )
    return plan(
        *named,
        replace(sessions[-1], code=LIFTED),
        days=days,
        day_from=begins,
        day_to=min(ends, begins + 1440),
        rooms=tuple(draw(_rooms(slug)) for slug in ("tigris", "zagros")),
        speakers=tuple(draw(_speakers(number)) for number in (1, 2, 3)),
        limits=replace(
            pictures.LIMITS,
            changeover=draw(some.sampled_from([0, 10, 12])),
            site_changeover=draw(some.sampled_from([0, 30])),
            sessions_a_day=draw(some.sampled_from([1, 2, 4])),
            interpreter_a_day=draw(some.sampled_from([60, 120])),
        ),
        constraints=tuple(Constraint(number, *wish) for number, wish in enumerate(wishes)),
    )


@some.composite
def _sessions(draw: some.DrawFn) -> Session:
    across = draw(some.sampled_from([False] * 5 + [True]))
    start = draw(
        some.none() | some.integers(0, 26 * 12).map(lambda step: at(0, step * 5 + 2 * (step % 3)))
    )
    start = start and start + timedelta(days=draw(some.sampled_from([0, 0, 1, -1, 2])))
    place = draw(some.sampled_from(["tigris", "zagros"]))
    languages = some.lists(some.sampled_from(["ar", "ckb", "en"]), max_size=2, unique=True)
    return session(
        "?",
        start,
        None if start is None or (across and draw(some.booleans())) else place,
        *draw(some.lists(_people(), max_size=3)),
        kind=draw(some.sampled_from([Kind.PANEL] * 6 + [Kind.BREAK, Kind.CEREMONY])),
        theme=draw(some.sampled_from(["water", "water", "women", None])),
        minutes=draw(some.sampled_from([5, 30, 43, 60, 180])),
        across_rooms=across,
        spoken_languages=tuple(draw(languages)),
        interpreted_languages=tuple(draw(languages)),
        audience=draw(some.sampled_from([None, 30, 60])),
        stars=draw(some.sampled_from([0, 30, 60])),
        state=draw(some.sampled_from([State.CONFIRMED] * 5 + [State.PROPOSED, State.WITHDRAWN])),
        needs_step_free=draw(some.booleans()),
        turns=tuple(draw(some.lists(_turns(), max_size=3))) if draw(some.booleans()) else (),
    )


def _turns() -> some.SearchStrategy[Turn]:
    return some.tuples(
        some.sampled_from([1, 2, 3]), some.sampled_from([0, 15, 60]), some.sampled_from([10, 45])
    ).map(lambda told: Turn(1, told[0], "ar", "ckb", told[1], told[1] + told[2]))


def _people() -> some.SearchStrategy[Person]:
    return some.builds(
        Person,
        some.sampled_from([1, 2, 3]),
        some.sampled_from([Role.SPEAKER, Role.INTERPRETER]),
        some.sampled_from([Answer.CONFIRMED] * 4 + [Answer.ASKED, Answer.DECLINED]),
    )


def _rooms(slug: str) -> some.SearchStrategy[Any]:
    hours = some.sampled_from([None, 0, 60, 9 * 60, 11 * 60 + 3, 20 * 60])
    return some.builds(
        room,
        some.just(slug),
        site=some.sampled_from(["", "garden"]),
        capacity=some.sampled_from([None, 40]),
        booths=some.sampled_from([0, 1, 2]),
        step_free=some.booleans(),
        opens=hours,
        closes=hours,
    )


def _speakers(number: int) -> some.SearchStrategy[Any]:
    spans = some.tuples(some.integers(0, 40), some.integers(1, 20)).map(
        lambda span: (at(0, span[0] * 37), at(0, (span[0] + span[1]) * 37))
    )
    return some.lists(spans, max_size=2).map(
        lambda free: speaker(number, "أنكيدو", *free, languages=("ar", "ckb"))
    )
