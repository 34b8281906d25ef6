"""Schedules that other people's software wrote, where they are at hand."""

from collections import Counter
from pathlib import Path

import pytest

from planner.imports.interpretation import interpret
from planner.imports.reading import read_schedule
from planner.imports.report import LineKind, Report
from planner.imports.source import UnreadableFileError
from tests.imports.plans import dump, event_of, rows, take
from tests.imports.schedules import lines_about

pytestmark = [pytest.mark.real_files, pytest.mark.usefixtures("app")]

#: Of each file: sessions, rooms, persons, themes.
_COUNTS = {
    "33c3-everything.schedule.xml": (573, 47, 512, 11),
    "36c3-stages.schedule.xml": (498, 12, 549, 25),
    "debconf17.xml": (181, 6, 126, 11),
    "voc-example-frab-camp2019.json": (79, 2, 90, 7),
    "voc-example-pretalx-democon.json": (36, 2, 27, 2),
    "voc-example-pretalx-rc3.json": (48, 5, 56, 5),
    "voc-example-hub-schedule2.json": (2, 5, 4, 7),
    "voc-example-invalid-example.json": (1, 1, 1, 1),
}
_NOT_OURS = {
    "europython-2014.xml": "its days hold <entry>, as EuroPython wrote them",
    "coscup-2023-session.json": "as OPass and COSCUP write them",
    "moca2024.ics": "is an iCalendar file",
}


def _content(real_files: Path, name: str) -> bytes:
    return (real_files / "schedules" / name).read_bytes()


@pytest.mark.parametrize("name", _COUNTS)
def test_every_event_is_taken_or_refused_and_again_nothing_changes(
    real_files: Path, name: str
) -> None:
    content = _content(real_files, name)
    report = take(content)
    plan = event_of()
    counts = tuple(map(len, (plan.sessions, plan.rooms, plan.speakers, plan.themes)))
    assert counts == _COUNTS[name]
    kinds = Counter(line.kind for line in report.lines)
    assert report.in_file == report.taken + report.refused == _COUNTS[name][0]
    assert (kinds[LineKind.TAKEN], kinds[LineKind.REFUSED]) == (report.taken, report.refused)
    assert report.refused * 50 <= report.in_file
    assert all(session.starts_at for session in plan.sessions)
    before = rows()
    take(content)
    assert rows() == before


@pytest.mark.parametrize(("name", "reason"), _NOT_OURS.items())
def test_what_is_of_another_format_is_refused_as_a_whole(
    real_files: Path, name: str, reason: str
) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        take(_content(real_files, name))
    assert rows()["event"] == []


def test_xml_and_json_of_33c3_give_the_same_plan(real_files: Path) -> None:
    take(_content(real_files, "33c3-everything.schedule.xml"), "xml")
    report = take(_content(real_files, "33c3-everything.schedule.json"), "json")
    assert dump("xml") == dump("json")
    before = rows()
    again = take(_content(real_files, "33c3-everything.schedule.json"), "xml")
    assert rows() == before
    # Whose zone is told in the first one only: later ones know that of the event.
    assert [line.where for line in again.lines] == [line.where for line in report.lines][1:]


def test_talks_after_midnight_keep_their_real_date(real_files: Path) -> None:
    source = read_schedule(_content(real_files, "33c3-everything.schedule.xml"))
    draft = interpret(source, Report(len(source.events)))
    after = [
        (entry, session)
        for entry, session in zip(source.events, draft.sessions, strict=True)
        if entry.day and session.starts_at and f"{session.starts_at:%Y-%m-%d}" != entry.day.date
    ]
    assert len(after) == 24
    for entry, session in zip(source.events, draft.sessions, strict=True):
        assert session.starts_at is not None
        assert session.starts_at.isoformat() + "+01:00" == entry.date


def test_montreal_is_read_by_its_clocks_when_it_is_named(real_files: Path) -> None:
    report = take(_content(real_files, "debconf17.xml"), time_zone="America/Toronto")
    told = lines_about(report.lines, "offset +00:00 while America/Toronto has -04:00")
    assert len(told) == 181
    starts = {session.source_key: session.starts_at for session in event_of().sessions}
    assert f"{starts['id:246']:%Y-%m-%dT%H:%M}" == "2017-08-05T10:00"
