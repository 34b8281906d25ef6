"""Filling holes: the laws that every proposal keeps, whatever stands there already."""

from datetime import date, datetime, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as some

from planner.interpreting.proposing import (
    Book,
    Interpreter,
    Limits,
    Need,
    Stint,
    Task,
    holes,
    propose,
    slots,
)

DAY = date(2017, 1, 18)
LIMITS = Limits(turn=30, alone=30, a_day=120)
PAIRS = (("ar", "en"), ("ckb", "en"), ("ar", "ckb"))


def at(minutes: int, days: int = 0) -> datetime:
    """Return a moment so many minutes after nine."""
    return datetime(2017, 1, 18, 9) + timedelta(days=days, minutes=minutes)


def need(code: str, start: int, minutes: int = 60, pair: int = 0, days: int = 0) -> Need:
    """Return a session that needs interpreters."""
    return Need(code, *PAIRS[pair], DAY + timedelta(days=days), at(start, days), minutes)


def who(
    number: int, *languages: str, free: tuple[tuple[datetime, datetime], ...] = ()
) -> Interpreter:
    """Return an interpreter, of Arabic and English unless said otherwise."""
    return Interpreter(number, frozenset(languages or ("ar", "en")), free)


@some.composite
def tasks(draw: some.DrawFn) -> Task:
    """Return a crowded day or two, with few interpreters and some turns that stand already."""
    limits = Limits(
        turn=draw(some.sampled_from([15, 30, 40])),
        alone=draw(some.sampled_from([30, 45])),
        a_day=draw(some.sampled_from([60, 120, 240])),
    )
    needs: list[Need] = []
    for number in range(draw(some.integers(1, 6))):
        start, minutes = 15 * draw(some.integers(0, 12)), draw(some.sampled_from([20, 60, 75, 90]))
        days = draw(some.integers(0, 1))
        for pair in draw(some.sets(some.integers(0, 2), min_size=1)):
            needs.append(need(f"S{number}", start, minutes, pair, days))
    people: list[Interpreter] = []
    for number in range(draw(some.integers(0, 5))):
        languages = draw(some.sampled_from([("ar", "en"), ("ckb", "en"), ("ar", "ckb", "en")]))
        free = draw(
            some.sampled_from(
                [(), ((at(0), at(120)),), ((at(30), at(400)), (at(0, 1), at(300, 1)))]
            )
        )
        people.append(who(number, *languages, free=free))
    task = Task(tuple(needs), tuple(people), limits)
    has_begun: bool = draw(some.booleans())
    if people and has_begun:
        kept = propose(task)
        chosen = draw(some.lists(some.sampled_from(kept), max_size=4)) if kept else []
        task = Task(tuple(needs), tuple(people), limits, kept=tuple(chosen))
    engaged: dict[int, dict[str, tuple[datetime, datetime]]] = {}
    barred: set[tuple[str, int]] = set()
    for person in people:
        if draw(some.booleans()):
            busy = draw(some.sampled_from(needs))
            engaged[person.id] = {busy.code: (busy.starts_at, busy.ends_at)}
            if draw(some.booleans()):
                barred.add((busy.code, person.id))
    return Task(
        task.needs, task.interpreters, limits, task.kept, engaged=engaged, barred=frozenset(barred)
    )


def _hours(task: Task, stint: Stint) -> tuple[datetime, datetime]:
    start = next(item.starts_at for item in task.needs if item.code == stint.code)
    return start + timedelta(minutes=stint.begins), start + timedelta(minutes=stint.ends)


@settings(max_examples=300, deadline=None)
@given(tasks())
def test_nobody_is_in_two_places_at_once_and_everybody_rests(task: Task) -> None:
    added = propose(task)
    session = {item.code: (item.starts_at, item.ends_at) for item in task.needs}
    rest = timedelta(minutes=task.limits.turn)
    for new in added:
        for other in {*task.kept, *added} - {new}:
            if other.speaker_id != new.speaker_id:
                continue
            (start, end), (since, to) = _hours(task, new), _hours(task, other)
            if new.code == other.code:
                same = (start, end) == (since, to) and new.into == other.into
                assert same or end + rest <= since or to + rest <= start
            else:
                (start, end), (since, to) = session[new.code], session[other.code]
                assert end <= since or to <= start
        for code, (since, to) in task.engaged.get(new.speaker_id, {}).items():
            start, end = session[new.code]
            assert code == new.code or end <= since or to <= start


@settings(max_examples=300, deadline=None)
@given(tasks())
def test_nobody_works_beyond_the_limit_outside_their_hours_or_without_the_languages(
    task: Task,
) -> None:
    added = propose(task)
    people = {person.id: person for person in task.interpreters}
    session = {item.code: item for item in task.needs}
    for new in added:
        person = people[new.speaker_id]
        here = session[new.code]
        assert {new.spoken, new.into} <= person.languages
        assert person.is_free(here.starts_at, here.ends_at)
        assert (new.code, new.speaker_id) not in task.barred
        assert 0 <= new.begins < new.ends <= here.minutes
        minutes = {
            (session[stint.code].day, _hours(task, stint)[0] + timedelta(minutes=minute))
            for stint in {*task.kept, *added}
            if stint.speaker_id == new.speaker_id
            for minute in range(stint.ends - stint.begins)
        }
        assert sum(day == here.day for day, _ in minutes) <= task.limits.a_day


@settings(max_examples=300, deadline=None)
@given(tasks())
def test_no_hole_is_left_that_anybody_could_fill(task: Task) -> None:
    """What is added fills holes only, and those that stay open nobody could take as well."""
    added = propose(task)
    book = Book(
        Task(
            task.needs,
            task.interpreters,
            task.limits,
            (*task.kept, *added),
            task.engaged,
            task.barred,
        )
    )
    for item in task.needs:
        for span in holes(item, book.stints, task.limits):
            assert not [person.id for person in task.interpreters if book.can(item, span, person)]
    for one, other in combinations((*dict.fromkeys(task.kept), *added), 2):
        if one.code == other.code and one.pair == other.pair and other in added:
            assert one.ends <= other.begins or other.ends <= one.begins


@settings(max_examples=100, deadline=None)
@given(tasks(), some.randoms(use_true_random=False))
def test_the_same_task_in_another_order_is_filled_alike(task: Task, chance: object) -> None:
    needs, people = list(task.needs), list(task.interpreters)
    chance.shuffle(needs)  # type: ignore[attr-defined]
    chance.shuffle(people)  # type: ignore[attr-defined]
    mixed = Task(tuple(needs), tuple(people), task.limits, task.kept, task.engaged, task.barred)
    assert propose(mixed) == propose(task)


def test_two_take_turns_in_a_session_that_is_too_long_for_one() -> None:
    found = propose(Task((need("A", 0, 120),), (who(1), who(2), who(3)), LIMITS))
    assert [(stint.begins, stint.ends, stint.speaker_id) for stint in found] == [
        (0, 30, 1),
        (30, 60, 2),
        (60, 90, 1),
        (90, 120, 2),
    ]


def test_one_is_enough_for_a_short_session() -> None:
    found = propose(Task((need("A", 0, 30),), (who(1), who(2)), LIMITS))
    assert [(stint.begins, stint.ends, stint.speaker_id) for stint in found] == [(0, 30, 1)]


def test_the_work_is_spread() -> None:
    needs = tuple(need(f"S{number}", 90 * number) for number in range(4))
    found = propose(Task(needs, tuple(who(number) for number in range(4)), LIMITS))
    counts = [sum(stint.speaker_id == number for stint in found) for number in range(4)]
    assert counts == [2, 2, 2, 2]


def test_who_hears_both_languages_sits_in_one_booth_for_both() -> None:
    needs = (need("A", 0, 60, pair=0), need("A", 0, 60, pair=1))
    people = (who(1, "ar", "ckb", "en"), who(2, "ar", "ckb", "en"), who(3), who(4, "ckb", "en"))
    assert {stint.speaker_id for stint in propose(Task(needs, people, LIMITS))} <= {1, 2, 3, 4}
    assert len(propose(Task(needs, people[:2], LIMITS))) == 4


def test_what_is_there_stays_and_only_the_rest_is_filled() -> None:
    kept = (Stint("A", "ar", "en", 0, 40, 2),)
    found = propose(Task((need("A", 0, 60),), (who(1), who(2)), LIMITS, kept=kept))
    assert found == (Stint("A", "ar", "en", 40, 60, 1),)


def test_turns_follow_one_another_until_the_end() -> None:
    assert slots((0, 75), 75, LIMITS) == [(0, 30), (30, 60), (60, 75)]
    assert slots((0, 30), 30, LIMITS) == [(0, 30)]
    assert slots((0, 60), 60, Limits(30, 60, 240)) == [(0, 60)]


def test_a_hole_begins_where_the_turn_before_it_ends() -> None:
    kept = [Stint("A", "ar", "en", 0, 20, 1), Stint("A", "ar", "en", 70, 90, 2)]
    assert holes(need("A", 0, 40), kept[:1], LIMITS) == [(20, 40)]
    assert holes(need("A", 0, 90), kept, LIMITS) == [(20, 50), (50, 70)]


@settings(max_examples=300, deadline=None)
@given(
    some.lists(
        some.tuples(some.integers(0, 95), some.integers(1, 60)).map(
            lambda told: Stint("A", "ar", "en", told[0], min(told[0] + told[1], 100), 1)
        ),
        max_size=4,
    )
)
def test_a_hole_is_every_minute_in_which_nobody_interprets(stints: list[Stint]) -> None:
    taken = {minute for stint in stints for minute in range(stint.begins, stint.ends)}
    found = [minute for span in holes(need("A", 0, 100), stints, LIMITS) for minute in range(*span)]
    assert found == [minute for minute in range(100) if minute not in taken]
