"""What is on, what is next, and until when that is so."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.programme.document import Placement, Session
from planner.programme.published import Published, ends_at
from planner.programme.vocabulary import Status
from planner.public.now_state import EVERYWHERE, Phase, moved_away, span_of, state_of
from tests.crowds import crowded
from tests.examples import EVENT, PROGRAMME, published, session

CROWD = published(crowded(40, 5, 2))


def at(text: str) -> datetime:
    """Return a moment of January 2017 by the venue's clock: ``18 10:30``."""
    return datetime.fromisoformat(f"2017-01-{text}")


def codes(sessions: tuple[Session, ...]) -> list[str]:
    """Return the codes of sessions."""
    return [each.code for each in sessions]


def told(found: Published, moment: str) -> dict[str, tuple[list[str], list[str]]]:
    """Return what is on and what follows in each room at a moment."""
    places = state_of(found, at(moment)).places
    return {place.room: (codes(place.on), codes(place.following)) for place in places}


def test_each_room_tells_what_is_on_and_what_comes_next() -> None:
    assert told(published(), "18 10:00") == {
        "tigris": (["4CDFGH"], []),
        "zagros": (["6CDFGH"], []),
        EVERYWHERE: ([], ["7CDFGH"]),
    }


def test_what_is_held_in_all_rooms_stands_first_while_it_is_on() -> None:
    assert list(told(published(), "18 09:30")) == [EVERYWHERE, "tigris", "zagros"]


def test_a_cancelled_session_is_told_with_the_next_that_takes_place() -> None:
    following = session("8CDFGH", room="zagros", starts_at=at("18 12:00"))
    found = published(msgspec.structs.replace(PROGRAMME, sessions=(*PROGRAMME.sessions, following)))
    assert told(found, "18 09:00")["zagros"] == ([], ["6CDFGH", "8CDFGH"])


@pytest.mark.parametrize(
    ("moment", "phase", "begins"),
    [
        ("01 12:00", Phase.AHEAD, "18 09:00"),
        ("18 08:59", Phase.AHEAD, "18 09:00"),
        ("18 09:00", Phase.ON, None),
        ("18 11:14", Phase.ON, None),
        ("18 11:15", Phase.AHEAD, "19 10:00"),
        ("19 11:29", Phase.ON, None),
        ("19 11:30", Phase.OVER, None),
        ("30 12:00", Phase.OVER, None),
    ],
)
def test_it_knows_before_between_and_after(moment: str, phase: Phase, begins: str | None) -> None:
    state = state_of(published(), at(moment))
    assert (state.phase, state.begins) == (phase, at(begins) if begins else None)
    assert bool(state.first) is (phase is Phase.AHEAD)


def test_a_pause_within_a_day_is_not_its_end() -> None:
    found = published(
        msgspec.structs.replace(
            PROGRAMME,
            sessions=(session("4CDFGH"), session("8CDFGH", starts_at=at("18 14:00"))),
        )
    )
    assert state_of(found, at("18 12:00")).phase is Phase.ON
    assert told(found, "18 12:00") == {"tigris": ([], ["8CDFGH"])}


def test_a_programme_without_sessions_says_so() -> None:
    cancelled = session("4CDFGH", status=Status.CANCELLED)
    for sessions in ((), (cancelled,)):
        found = published(msgspec.structs.replace(PROGRAMME, sessions=sessions))
        assert state_of(found, at("18 10:00")).phase is Phase.EMPTY


def test_the_small_hours_belong_to_the_day_before() -> None:
    late = session("4CDFGH", starts_at=at("19 00:30"))
    later = session("8CDFGH", starts_at=at("19 01:30"))
    event = msgspec.structs.replace(EVENT, day_to=26 * 60)
    found = published(msgspec.structs.replace(PROGRAMME, event=event, sessions=(late, later)))
    assert told(found, "19 00:40") == {"tigris": (["4CDFGH"], ["8CDFGH"])}


def test_who_looks_for_a_moved_session_at_its_former_door_is_told() -> None:
    (place,) = (
        place for place in state_of(published(), at("18 10:15")).places if place.room == "zagros"
    )
    assert codes(place.moved_away) == ["4CDFGH"]
    assert all(not place.moved_away for place in state_of(published(), at("19 10:15")).places)


def test_what_moved_within_its_room_and_day_is_not_missed_there() -> None:
    def moved(**changes: object) -> Session:
        former = {"starts_at": at("18 09:00"), "minutes": 60, "room": "tigris", **changes}
        return session("4CDFGH", formerly=Placement(**former))

    assert moved_away(published(), moved()) is None
    assert moved_away(published(), moved(starts_at=at("19 09:00"))) == "tigris"
    assert moved_away(published(), moved(room="zagros")) == "zagros"
    assert moved_away(published(), moved(room=None)) is None
    gone = msgspec.structs.replace(moved(room="zagros"), status=Status.CANCELLED)
    assert moved_away(published(), gone) is None


@pytest.mark.parametrize("found", [published(), CROWD], ids=["example", "crowd"])
@given(minutes=st.integers(-3000, 6000), later=st.integers(0, 3000))
def test_between_two_boundaries_nothing_changes(found: Published, minutes: int, later: int) -> None:
    """What is kept of one moment may be told at every other until the boundary."""
    moment = at("18 09:00") + timedelta(minutes=minutes)
    since, until = span_of(found, moment)
    assert since is None or since <= moment
    assert until is None or moment < until
    other = moment + timedelta(minutes=later)
    if until is None or other < until:
        assert span_of(found, other) == (since, until)
        assert state_of(found, other) == state_of(found, moment)


@given(minutes=st.integers(0, 1500))
def test_what_is_on_has_begun_and_not_ended_and_the_next_is_yet_to_begin(minutes: int) -> None:
    moment = at("18 08:00") + timedelta(minutes=minutes)
    for place in state_of(CROWD, moment).places:
        assert all(each.starts_at <= moment < ends_at(each) for each in place.on)
        assert all(each.starts_at > moment for each in place.following)
        assert len(place.following) <= 1  # nothing is cancelled there
