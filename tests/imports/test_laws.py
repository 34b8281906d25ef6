"""What holds for every file, however damaged: an answer in words, and no half of an import."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.imports.interpretation import interpret
from planner.imports.reading import read_schedule
from planner.imports.report import Report
from planner.imports.source import UnreadableFileError
from tests.imports.plans import rows, take
from tests.imports.schedules import as_json, event, xml

_EVENTS = (
    event(1),
    event(1, duration="0:00", abstract="<p>ماء <b>وأرض</b></p>", language="ku"),
    event(3, guid=None, date=None, start="01:30", people=[{"id": "0", "name": "زین"}]),
)
_VALID = (xml(*_EVENTS), as_json(*_EVENTS))
_PIECES = [b"<", b">", b"&", b'"', b"{", b"}", b"[", b"null", b"-1", b"\xff", b"\0", b"0", b"99999"]
_PIECES += [b"<event/>", b"<day>", b"</room>", "ە".encode(), b"\\ud800", b"1e999", b"#", b"+14:00"]
_WORDS = [
    "",
    "0",
    "-1",
    "ە",
    "\u202e",
    "x" * 400,
    "9999-12-31T23:59:59+14:00",
    "0001-01-01",
    "24:00",
]
_WORDS += [
    "99:59",
    "1:2:3:4",
    "<script>",
    "&amp;",
    "en,",
    "NaN",
    "\U0001f4a7",
    "#2",
    "2017-01-18T10:00Z",
]


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """Return a valid schedule with bytes cut out, put in or taken over from elsewhere."""
    content = draw(st.sampled_from(_VALID))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        until = min(len(content), place + draw(st.integers(0, 40)))
        content = content[:place] + draw(st.sampled_from([b"", *_PIECES])) + content[until:]
    return (
        content[: draw(st.integers(len(content) // 2, len(content)))]
        if draw(st.booleans())
        else content
    )


_FIELDS = ("id", "guid", "date", "start", "duration", "room", "title", "subtitle", "track", "type")
_FIELDS += ("language", "abstract")


def _strange_events(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    values = st.one_of(st.none(), st.sampled_from(_WORDS), text)
    tables = st.dictionaries(st.sampled_from(_FIELDS), values)
    return st.lists(tables, min_size=1, max_size=4)


#: What XML can hold as it is; JSON can hold everything.
_IN_XML = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")


@given(_damaged())
def test_a_damaged_file_is_understood_or_refused_in_one_line(content: bytes) -> None:
    try:
        source = read_schedule(content)
    except UnreadableFileError as refusal:
        assert str(refusal)
        assert "\n" not in str(refusal)
        return
    report = Report(len(source.events))
    draft = interpret(source, report)
    assert len(draft.sessions) + report.refused == report.in_file


@pytest.mark.usefixtures("app")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_damaged())
def test_a_refused_file_changes_nothing_and_a_taken_one_adds_up(content: bytes) -> None:
    before = rows()
    try:
        report = take(content)
    except UnreadableFileError:
        assert rows() == before
        return
    assert report.taken + report.refused == report.in_file
    after = rows()
    take(content)
    assert rows() == after


@pytest.mark.usefixtures("app")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_strange_events(st.text(max_size=20)))
def test_strange_values_are_taken_and_again_change_nothing(fields: list[dict[str, Any]]) -> None:
    content = as_json(*(event(number, **given) for number, given in enumerate(fields, start=1)))
    report = take(content)
    assert report.taken + report.refused == report.in_file == len(fields)
    after = rows()
    take(content)
    assert rows() == after


@given(_strange_events(st.text(_IN_XML, max_size=20)))
def test_xml_and_json_of_strange_values_say_the_same(fields: list[dict[str, Any]]) -> None:
    events = [event(number, **given) for number, given in enumerate(fields, start=1)]
    drafts = []
    for content in (xml(*events), as_json(*events)):
        source = read_schedule(content)
        drafts.append(interpret(source, Report(len(source.events))))
    assert drafts[0].sessions == drafts[1].sessions
    assert drafts[0].frame == drafts[1].frame
