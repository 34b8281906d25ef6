"""When events start: the date is the truth, but for offsets that cannot be."""

from datetime import datetime

import pytest

from planner.imports.interpretation import interpret
from planner.imports.reading import read_schedule
from planner.imports.report import Report
from tests.imports.schedules import Table, event, lines_about, xml

_NOWHERE = {"time_zone_name": None}


def _starts(
    *events: Table, time_zone: str | None = None, plan_zone: str | None = None, **written: object
) -> tuple[list[str], Report]:
    """Return the wall clocks at which events start, and the report."""
    source = read_schedule(xml(*events, **written))  # type: ignore[arg-type]
    report = Report(len(events))
    draft = interpret(source, report, time_zone=time_zone, plan_zone=plan_zone)
    return [f"{s.starts_at:%d %H:%M}" if s.starts_at else "" for s in draft.sessions], report


def test_the_date_with_its_offset_is_the_truth() -> None:
    starts, report = _starts(event(date="2017-01-18T07:00:00+00:00", start="10:00"))
    assert starts == ["18 10:00"]
    assert lines_about(report.lines, "offset") == []


def test_a_start_that_says_another_hour_than_the_date_gives_way_to_it() -> None:
    starts, report = _starts(event(date="2017-01-18T10:00:00+03:00", start="11:30"))
    assert starts == ["18 10:00"]
    assert lines_about(report.lines, "11:30") == [
        "changed: its start says 11:30, its date 10:00; the date was taken"
    ]


def test_an_offset_that_contradicts_the_zone_while_start_agrees_is_dropped() -> None:
    starts, report = _starts(event(date="2017-01-18T10:00:00+00:00", start="10:00"))
    assert starts == ["18 10:00"]
    assert lines_about(report.lines, "offset") == [
        "changed: its date has the offset +00:00 while Asia/Baghdad has +03:00; "
        "its hour 10:00 was kept, the offset dropped"
    ]


def test_after_midnight_the_date_is_kept() -> None:
    starts, _ = _starts(event(date="2017-01-19T01:30:00+03:00", start="01:30"))
    assert starts == ["19 01:30"]


@pytest.mark.parametrize(
    ("start", "day", "change", "expected"),
    [
        ("10:00", {}, "", "18 10:00"),
        ("01:30", {}, "", "19 01:30"),
        ("25:30", {}, "", "19 01:30"),
        ("08:30", {}, "", "18 08:30"),  # a breakfast before the day begins, not of the night after
        ("08:30", {}, "09:00:00", "19 08:30"),
        ("01:30", {"start": None}, "", "18 01:30"),
        ("01:30", {"start": None}, "00:00", "18 01:30"),
        ("01:30", {"start": "2017-01-18T06:00:00+00:00"}, "", "19 01:30"),
    ],
)
def test_without_a_date_the_day_and_its_beginning_tell(
    start: str, day: dict[str, str | None], change: str, expected: str
) -> None:
    starts, report = _starts(
        event(date=None, start=start), day=day, conference={"day_change": change}
    )
    assert starts == [expected]
    after_night = expected.startswith("19") and start != "25:30"
    assert bool(lines_about(report.lines, "the night after was taken")) is after_night


def test_a_date_without_an_hour_takes_it_from_start() -> None:
    starts, _ = _starts(
        event(1, date="2017-01-19", start="10:00"),
        event(2, date="2017-01-19T00:00:00", start="11:00"),
        event(3, date="2017-01-19T12:00:00", start=None),
        event(4, date=None, start="2017-01-18T13:00:00+03:00"),
    )
    assert starts == ["19 10:00", "19 11:00", "19 12:00", "18 13:00"]


def test_what_has_no_hour_stands_unplaced_and_is_told() -> None:
    starts, report = _starts(event(1, date="soon", start="noon"), event(2, date=None, start=None))
    assert starts == ["", ""]
    assert len(lines_about(report.lines, "unplaced")) == 2


def test_a_date_far_from_the_conference_is_a_mistake() -> None:
    starts, report = _starts(event(1), event(2, date="1970-01-01T10:00:00+03:00"))
    assert starts == ["18 10:00", ""]
    assert len(lines_about(report.lines, "1970-01-01 is far from the conference")) == 1


@pytest.mark.parametrize(
    ("offset", "zone"),
    [
        ("+01:00", "Europe/Berlin"),
        ("+03:00", "Asia/Baghdad"),
        ("-05:00", "America/Toronto"),
        ("+05:30", "Asia/Kolkata"),
        ("+00:00", "UTC"),
        ("", "UTC"),
    ],
)
def test_a_zone_that_is_not_said_is_guessed_from_the_offsets(offset: str, zone: str) -> None:
    content = event(date=f"2017-01-18T10:00:00{offset}")
    starts, report = _starts(content, conference=_NOWHERE)
    assert starts == ["18 10:00"]
    (line,) = lines_about(report.lines, "time zone is not said")
    assert f"{zone} was taken" in line


def test_a_zone_that_nobody_knows_is_told_and_guessed() -> None:
    _, report = _starts(event(), conference={"time_zone_name": "Mars/Olympus"})
    assert lines_about(report.lines, "Mars/Olympus")
    assert lines_about(report.lines, "Asia/Baghdad was taken")


def test_the_zone_that_is_asked_for_goes_before_that_of_the_file() -> None:
    starts, report = _starts(
        event(date="2017-01-18T10:00:00+00:00", start="10:00"), time_zone="America/Toronto"
    )
    assert starts == ["18 10:00"]
    assert lines_about(report.lines, "America/Toronto has -05:00")
    assert lines_about(report.lines, "was taken, as asked")


def test_hours_are_turned_into_those_of_an_event_elsewhere() -> None:
    starts, report = _starts(event(), plan_zone="Europe/Berlin")
    assert starts == ["18 08:00"]
    assert lines_about(report.lines, "turned from Asia/Baghdad into Europe/Berlin")


def test_daylight_saving_time_is_that_of_the_day() -> None:
    summer = event(date="2017-07-18T08:00:00+00:00", start="10:00")
    starts, _ = _starts(
        summer,
        conference={"start": "2017-07-18", "end": "2017-07-18", "time_zone_name": "Europe/Berlin"},
        day={"date": "2017-07-18", "start": None, "end": None},
    )
    assert starts == ["18 10:00"]


def test_a_draft_keeps_wall_clocks_without_an_offset() -> None:
    source = read_schedule(xml(event()))
    (session,) = interpret(source, Report(1)).sessions
    assert session.starts_at == datetime(2017, 1, 18, 10, 0)
