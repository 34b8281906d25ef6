"""Rules of choices: a theme against itself, a day without it, a language at one hour."""

import pytest

from planner.programme.vocabulary import Kind
from planner.timetable.wording import reasoned
from tests.timetable.pictures import FIRST, at, found, only, plan, said, session


def _water(code: str, hour: int, *, days: int = 0, **fields: object) -> object:
    return session(code, at(hour, days=days), "tigris", theme="water", **fields)  # type: ignore[arg-type]


@pytest.mark.usefixtures("app")
def test_two_sessions_of_a_theme_at_the_same_time_are_a_warning() -> None:
    picture = plan(_water("A", 10), session("B", at(10, 55), "zagros", theme="water"))
    conflict = only(picture, "theme-overlap")
    assert (conflict.severity.word, conflict.theme) == ("warning", "water")
    assert said(picture, "theme-overlap") == (
        "Sessions of the theme الماء are at the same time: "
        "“جلسة A” (10:00–11:00), “جلسة B” (10:55–11:55)."
    )


def test_all_sessions_of_a_theme_that_share_a_moment_are_one_warning() -> None:
    picture = plan(*(_water(code, 10) for code in "DBCA"), _water("E", 11))
    assert only(picture, "theme-overlap").sessions == ("A", "B", "C", "D")


def test_a_long_session_of_a_theme_competes_with_each_hour_beside_it() -> None:
    """Those that do not meet one another are no group, although one meets both."""
    picture = plan(_water("L", 10, minutes=120), *(_water(code, 10) for code in "AB"))
    later = plan(*picture.sessions, _water("C", 11))
    told = [conflict.sessions for conflict in found(later, "theme-overlap")]
    assert told == [("A", "B", "L"), ("L", "C")]


def test_who_joins_or_leaves_makes_another_warning_of_it() -> None:
    """What was accepted of two is not accepted of three."""
    two, three = (plan(*(_water(code, 10) for code in codes)) for codes in ("AB", "ABC"))
    assert only(two, "theme-overlap").key != only(three, "theme-overlap").key


@pytest.mark.usefixtures("app")
def test_of_many_sessions_some_are_named_and_the_others_counted() -> None:
    picture = plan(*(_water(code, 10) for code in "ABCDEFGHI"))
    told = said(picture, "theme-overlap")
    assert told.endswith("“جلسة F” (10:00–11:00) and 3 more.")
    reason = reasoned(only(picture, "theme-overlap"), picture, "A", "en", sees_names=False)
    assert reason.striptags().startswith("Of the same theme, at the same time: “جلسة B” (10:00")
    assert reason.striptags().endswith("“جلسة G” (10:00–11:00) and 2 more.")


def test_sessions_of_a_theme_may_follow_one_another() -> None:
    picture = plan(_water("A", 10), session("B", at(11), "zagros", theme="water"))
    assert not found(picture, "theme-overlap")


def test_sessions_of_two_themes_or_of_none_do_not_compete() -> None:
    for other in ("women", None):
        picture = plan(_water("A", 10), session("B", at(10), "zagros", theme=other))
        assert not found(picture, "theme-overlap")
    assert not found(
        plan(session("A", at(10), "tigris"), session("B", at(10), "zagros")), "theme-overlap"
    )


@pytest.mark.parametrize("kind", [Kind.BREAK, Kind.MEAL, Kind.CEREMONY])
def test_pauses_and_ceremonies_are_no_choice(kind: Kind) -> None:
    picture = plan(_water("A", 10), session("B", at(10), "zagros", theme="water", kind=kind))
    assert not found(picture, "theme-overlap")


@pytest.mark.usefixtures("app")
def test_a_theme_with_sessions_enough_should_have_one_on_every_day() -> None:
    picture = plan(_water("A", 10), _water("B", 12), session("C", at(10, days=1), "zagros"))
    conflict = only(picture, "theme-missing")
    assert (conflict.sessions, conflict.theme, conflict.key) == (
        (),
        "water",
        "theme-missing:water:2017-01-19",
    )
    assert said(picture, "theme-missing") == (
        "Nothing of the theme الماء is placed on Thursday 19 January."
    )


def test_a_theme_with_fewer_sessions_than_days_may_miss_some() -> None:
    picture = plan(_water("A", 10), session("C", at(10, days=1), "zagros"))
    assert not found(picture, "theme-missing")


def test_days_without_anything_miss_no_theme() -> None:
    assert not found(plan(_water("A", 10), _water("B", 12)), "theme-missing")
    lunch = session("L", at(12, days=1), None, kind=Kind.MEAL, across_rooms=True)
    assert not found(plan(_water("A", 10), _water("B", 12), lunch), "theme-missing")


def _kurdish(code: str, hour: int, minute: int = 0, **fields: object) -> object:
    values = {"spoken_languages": ("ckb",), **fields}
    return session(code, at(hour, minute), "zagros", **values)  # type: ignore[arg-type]


@pytest.mark.usefixtures("app")
def test_sessions_of_a_language_should_not_all_be_at_one_hour() -> None:
    arabic = session("C", at(14), "tigris", spoken_languages=("ar",))
    into = session(
        "B", at(10, 30), "tigris", spoken_languages=("ar",), interpreted_languages=("ckb",)
    )
    picture = plan(_kurdish("A", 10), into, arabic)
    conflict = only(picture, "language-clash")
    assert (conflict.severity.word, conflict.sessions, conflict.day) == (
        "warning",
        ("A", "B"),
        FIRST,
    )
    assert said(picture, "language-clash") == (
        "All sessions of Wednesday 18 January in Kurdish (Sorani) are at the same hour, so that "
        "one can follow only one of them: “جلسة A”, “جلسة B”."
    )


def test_one_session_at_another_hour_gives_a_choice() -> None:
    picture = plan(_kurdish("A", 10), _kurdish("B", 10, 30), _kurdish("C", 11))
    assert not found(picture, "language-clash")
    assert not found(plan(_kurdish("A", 10), _kurdish("B", 11)), "language-clash")


def test_a_plenary_is_a_choice_too_and_a_pause_is_none() -> None:
    clash = (_kurdish("A", 10), _kurdish("B", 10))
    plenary = session("P", at(9), None, across_rooms=True, spoken_languages=("ckb",))
    assert not found(plan(*clash, plenary), "language-clash")
    pause = session("P", at(9), "tigris", kind=Kind.BREAK, spoken_languages=("ckb",))
    assert found(plan(*clash, pause), "language-clash")


def test_one_session_alone_clashes_with_nothing() -> None:
    assert not found(plan(_kurdish("A", 10)), "language-clash")


def test_an_event_of_one_language_offers_no_choice_of_languages() -> None:
    picture = plan(_kurdish("A", 10), _kurdish("B", 10), languages=("ckb",))
    assert not found(picture, "language-clash")
