"""When somebody is free: rows of a form, and moments of the venue."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.entering.speakers.hours import interval_of, rows_of
from planner.events.hours import Hours
from tests.plans import DAY, at

NEXT = DAY + timedelta(days=1)
USUAL = {DAY: Hours(8 * 60, 20 * 60), NEXT: Hours(8 * 60, 20 * 60)}
#: The first day goes on until two in the night.
LATE = {**USUAL, DAY: Hours(8 * 60, 26 * 60)}


def row(begin: str = "", end: str = "", day: date = DAY) -> dict[str, str]:
    """Return a row as it is entered."""
    return {"day": day.isoformat(), "begin": begin, "end": end}


@pytest.mark.parametrize(
    ("told", "hours", "expected"),
    [
        (row("09:00", "12:30"), USUAL, (at(9), at(12, 30))),
        (row(), USUAL, (at(8), at(20))),
        (row(end="12:00"), USUAL, (at(8), at(12))),
        (row("15:00"), USUAL, (at(15), at(20))),
        (row("15:00", "00:00"), USUAL, (at(15), at(0, days=1))),
        (row("00:00", "00:00"), USUAL, (at(0), at(0, days=1))),
        (row("22:00", "01:30"), LATE, (at(22), at(1, 30, days=1))),
        (row("00:30", "01:30"), LATE, (at(0, 30, days=1), at(1, 30, days=1))),
        (row("00:30"), LATE, (at(0, 30, days=1), at(2, days=1))),
        (row(), LATE, (at(8), at(2, days=1))),
        (row("14:00", "10:00"), USUAL, None),
        (row("22:00", "03:00"), LATE, None),
        (row("10:00", "10:00"), USUAL, None),
        (row("25:00", "26:00"), USUAL, None),
        ({"day": "nonsense", "begin": "", "end": ""}, USUAL, None),
    ],
)
def test_a_row_says_from_when_until_when(
    told: dict[str, str],
    hours: dict[date, Hours],
    expected: tuple[datetime, datetime] | None,
) -> None:
    assert interval_of(told, hours) == expected


@given(st.sampled_from([USUAL, LATE]), st.data())
def test_rows_say_what_they_were_made_of(hours: dict[date, Hours], data: st.DataObject) -> None:
    """What lies within the hours of a day comes back as it was."""
    day = data.draw(st.sampled_from(sorted(hours)))
    begin = data.draw(st.integers(hours[day].begin, hours[day].end - 1))
    end = data.draw(st.integers(begin + 1, hours[day].end))
    midnight = datetime.combine(day, at(0).time())
    interval = (midnight + timedelta(minutes=begin), midnight + timedelta(minutes=end))
    (told,) = rows_of([interval], hours)
    assert interval_of(told, hours) == interval


def test_more_than_a_day_is_several_rows() -> None:
    rows = rows_of([(at(9), at(17, days=1))], USUAL)
    assert rows == [row("09:00", "00:00"), row("00:00", "17:00", NEXT)]
    assert [interval_of(entry, USUAL) for entry in rows] == [
        (at(9), at(0, days=1)),
        (at(0, days=1), at(17, days=1)),
    ]
