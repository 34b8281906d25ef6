"""Room, date, start and length, which rows tell in many ways."""

from datetime import datetime

import pytest

from planner.extensions import db
from planner.sessions.models import Session
from tests.imports.plans import event_of
from tests.plans import OPENING, PROPOSED, WATER, at, make_plan, plan_to_change
from tests.workbook.files import book, changed, guessed, propose, refused, table_of, take

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def plan(app: object) -> None:
    """Make the small event."""
    make_plan()


def _session(code: str = WATER) -> Session:
    db.session.expire_all()
    return next(session for session in event_of().sessions if session.code == code)


def _place(code: str = WATER) -> tuple[str | None, datetime | None, int]:
    session = _session(code)
    return session.room and session.room.slug, session.starts_at, session.minutes


def _row(code: str = WATER, **cells: object) -> bytes:
    return table_of({"code": code, "title_ar": "", **cells})


def test_a_session_moves_in_time_room_and_length() -> None:
    account = take(_row(room="ژووری زاگرۆس", date="2017-01-19", start="11:30", minutes="1:30"))
    assert _place() == ("zagros", at(11, 30, days=1), 90)
    assert changed(account) == [
        "row 2, column room: “قاعة دجلة” becomes “ژووری زاگرۆس”",
        "row 2, column date: “2017-01-18” becomes “2017-01-19”",
        "row 2, column start: “10:00” becomes “11:30”",
        "row 2, column minutes: “60” becomes “90”",
    ]


@pytest.mark.parametrize("room", ["TIGRIS", "قاعة دجله", "قاعه\u200f  دجلة"])
def test_rooms_are_found_by_slug_and_by_name_however_spelt(room: str) -> None:
    take(_row(PROPOSED, room=room, date="18/1/2017", start="15:00"))
    assert _place(PROPOSED) == ("tigris", at(15), 60)


def test_hours_may_tell_the_length() -> None:
    take(_row(start="11:00-12:45"))
    assert _place() == ("tigris", at(11), 105)


def test_an_end_may_tell_the_length() -> None:
    take(_row(start="23:30", end="00:15"))
    assert _place() == ("tigris", at(23, 30), 45)


def test_of_two_lengths_the_one_that_is_new_counts() -> None:
    account = take(_row(start="11:00-12:45", minutes=60))
    assert (refused(account), _place()) == ([], ("tigris", at(11), 105))


def test_two_new_lengths_are_refused() -> None:
    (line,) = refused(propose(_row(start="11:00-12:45", minutes=30)))
    assert line == "row 2, column minutes: The hours tell 105 minutes, the length is 30."


def test_a_day_and_an_hour_may_stand_in_one_cell() -> None:
    take(_row(date="19.1.2017 11:00"))
    assert _place() == ("tigris", at(11, days=1), 60)
    take(_row(start="2017-01-18 12:00"))
    assert _place() == ("tigris", at(12), 60)
    (line,) = refused(propose(_row(date="2017-01-18", start="2017-01-19 12:00")))
    assert "The start says 2017-01-19" in line


def test_hours_after_midnight_are_of_the_next_day() -> None:
    take(_row(date="2017-01-18", start="24:30"))
    assert _place() == ("tigris", at(0, 30, days=1), 60)


@pytest.mark.parametrize("column", ["room", "date", "start"])
def test_a_dash_takes_a_session_from_its_place(column: str) -> None:
    account = take(_row(**{column: "-"}))
    assert _place() == (None, None, 60)
    assert len(changed(account)) == 3


def test_what_is_for_everybody_needs_no_room() -> None:
    take(_row(OPENING, room="-"))
    assert _place(OPENING) == (None, at(9), 60)
    account = take(_row(OPENING, all_rooms="no"))
    assert _place(OPENING) == (None, None, 60)
    assert "row 2, column all_rooms: “yes” becomes “no”" in changed(account)


@pytest.mark.parametrize("room", ["All rooms", "جميع القاعات", "هەموو ژوورەکان"])
def test_all_rooms_are_a_room_of_their_own(room: str) -> None:
    take(_row(PROPOSED, room=room, date="2017-01-18", start="13:00"))
    assert _session(PROPOSED).across_rooms
    assert _place(PROPOSED) == (None, at(13), 60)


def test_half_a_placement_is_told_and_holds_nothing() -> None:
    account = take(_row(PROPOSED, date="2017-01-18", start="13:00"))
    assert guessed(account) == [
        "row 2, column room: It has a date and an hour but no room, so it stands unplaced."
    ]
    assert guessed(propose(_row(PROPOSED, room="tigris"))) == [
        "row 2, column start: Room, date and start go together, so it stands unplaced."
    ]
    assert _place(PROPOSED) == (None, None, 60)


def test_a_day_far_away_is_a_mistake_and_one_beside_the_event_is_told() -> None:
    (line,) = refused(propose(_row(date="18.1.2071")))
    assert "2071-01-18 is far from the event, which is from 2017-01-18 to 2017-01-19" in line
    assert guessed(propose(_row(date="22.1.2017"))) == [
        "row 2, column date: 2017-01-22 is outside the days of the event."
    ]


def test_a_day_that_can_be_read_in_two_ways_is_told() -> None:
    with plan_to_change() as plan:
        plan.event.first_day = datetime(2017, 2, 1).date()
        plan.event.last_day = datetime(2017, 2, 3).date()
    assert guessed(propose(_row(date="2/1/2017"))) == [
        "row 2, column date: “2/1/2017” was read as 2017-01-02."
    ]
    assert guessed(propose(_row(date="1/18/2017")))[0].endswith("was read as 2017-01-18.")


def test_two_rooms_of_one_name_are_told_apart_by_their_slugs() -> None:
    with plan_to_change() as plan:
        plan.rooms["zagros"].name = {"en": "Hall", "ar": "قاعة دجلة"}
    (line,) = refused(propose(_row(PROPOSED, room="قاعة دجلة", date="18.1.2017", start="9:00")))
    assert line.endswith("write the slug, one of tigris, zagros.")
    assert refused(propose(_row(WATER, room="قاعة دجلة"))) == []  # the one that it is in


def test_cells_merged_down_a_column_hold_for_all_rows() -> None:
    rows = [["code", "title_ar", "date", "room", "start"], [WATER, None, "19.1.2017"], [PROPOSED]]
    rows[2] += [None, None, "zagros", "15:00"]

    def merge(made: object) -> None:
        made["Sessions"].merge_cells("C2:C3")  # type: ignore[index]

    account = take(book({"Sessions": rows}, merge))
    assert _place(WATER) == ("tigris", at(10, days=1), 60)
    assert _place(PROPOSED) == ("zagros", at(15, days=1), 60)
    assert guessed(account) == [
        "Sessions, row 3, column date: The cell is merged with the ones above; "
        "“19.1.2017” was taken."
    ]
