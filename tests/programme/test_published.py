"""A programme as it is read."""

from datetime import date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.programme.published import Published, day_of, ends_at
from tests.examples import EVENT, PROGRAMME, published, session

_LATE = msgspec.structs.replace(EVENT, day_to=26 * 60)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2017, 1, 18, 9, 0), date(2017, 1, 18)),
        (datetime(2017, 1, 18, 23, 59), date(2017, 1, 18)),
        (datetime(2017, 1, 19, 0, 0), date(2017, 1, 18)),
        (datetime(2017, 1, 19, 1, 59), date(2017, 1, 18)),
        (datetime(2017, 1, 19, 2, 0), date(2017, 1, 19)),
        (datetime(2017, 1, 20, 1, 0), date(2017, 1, 19)),
        (datetime(2017, 1, 18, 1, 0), date(2017, 1, 18)),
    ],
)
def test_the_small_hours_belong_to_the_day_before_but_not_to_one_before_the_first(
    moment: datetime, day: date
) -> None:
    assert day_of(_LATE, moment) == day


def test_where_days_end_before_midnight_the_small_hours_are_their_own_day() -> None:
    assert day_of(EVENT, datetime(2017, 1, 19, 1, 0)) == date(2017, 1, 19)


@given(st.datetimes(min_value=datetime(2017, 1, 18), max_value=datetime(2017, 1, 20)))
def test_a_moment_of_the_event_is_on_its_own_day_or_on_the_day_before(moment: datetime) -> None:
    behind = (moment.date() - day_of(_LATE, moment)).days
    assert behind in {0, 1}
    assert behind == 0 or moment.hour < 2


def test_every_day_of_the_event_is_there_and_each_session_once() -> None:
    days = published().sessions_by_day
    assert list(days) == [date(2017, 1, 18), date(2017, 1, 19)]
    assert [session.code for session in days[date(2017, 1, 19)]] == ["9CDFGH"]
    assert sum(map(len, days.values())) == len(PROGRAMME.sessions)


def test_a_day_without_sessions_is_there_and_one_outside_of_the_event_too() -> None:
    outside = session("4CDFGH", starts_at=datetime(2017, 1, 17, 18, 0))
    programme = msgspec.structs.replace(PROGRAMME, sessions=(outside,))
    days = Published(programme, "digest").sessions_by_day
    assert {day.day: len(sessions) for day, sessions in days.items()} == {17: 1, 18: 0, 19: 0}
    assert list(days) == sorted(days)


def test_parts_are_found_by_their_names() -> None:
    programme = published()
    assert programme.session_by_code["4CDFGH"].room == "tigris"
    assert list(programme.speaker_by_code) == ["CDFGHJ"]
    assert list(programme.theme_by_slug) == ["water", "women"]
    assert list(programme.room_by_slug) == ["tigris", "zagros"]
    assert programme.event is PROGRAMME.event
    assert programme.release is PROGRAMME.release


def test_sessions_are_found_by_theme_room_and_speaker() -> None:
    programme = published()
    assert [s.code for s in programme.sessions_of_theme("women")] == ["6CDFGH"]
    assert [s.code for s in programme.sessions_in_room("zagros")] == ["6CDFGH"]
    assert [s.code for s in programme.sessions_with("CDFGHJ")] == ["3CDFGH"]
    assert programme.sessions_with("") == ()


def test_the_languages_of_the_event_come_first_among_those_that_are_heard() -> None:
    heard = (
        session("4CDFGH", spoken_languages=("fr", "ckb"), interpreted_languages=("de", "ar")),
        session("6CDFGH", spoken_languages=(), interpreted_languages=()),
    )
    programme = msgspec.structs.replace(PROGRAMME, sessions=heard)
    assert Published(programme, "digest").languages_heard == ("ar", "ckb", "de", "fr")


def test_a_session_ends_after_its_minutes() -> None:
    late = session("4CDFGH", starts_at=datetime(2017, 1, 18, 23, 30), minutes=45)
    assert ends_at(late) == datetime(2017, 1, 19, 0, 15)
