"""Our own schedule, taken again into the event that it came from: what it cannot say stays."""

from collections.abc import Callable
from typing import Any

import pytest

from planner.events.models import TextState
from planner.formats import schedule_json, schedule_xml
from planner.imports.report import LineKind, Report
from planner.programme.document import decode, digest_of, encode
from planner.programme.published import Published
from planner.programme.vocabulary import Role, Stage
from planner.releases.operations import publish
from planner.sessions.models import Answer, State
from planner.sessions.operations import set_people, set_text, unplace
from planner.speakers.models import Visibility
from planner.speakers.operations import set_text as set_speaker_text
from tests.imports.plans import dump, event_of, session_of, take
from tests.imports.schedules import GUID, event, xml
from tests.plans import SLUG, make_plan, plan_to_change

pytestmark = pytest.mark.usefixtures("app")
_Format = Callable[[Published, str], bytes]
_FORMATS = pytest.mark.parametrize(
    "document", [schedule_xml.document, schedule_json.document], ids=["xml", "json"]
)
_MILL, _WELL = (f"guid:{GUID.format(number)}" for number in (1, 2))
_PEOPLE: list[dict[str, Any]] = [
    {"id": "7", "name": "شهرزاد", "biography": "تحكي ألف ليلة."},
    {"id": "8", "name": "زین"},
    {"id": "9", "name": "مەم"},
    {"id": "10", "name": "كاوا"},
]


def _at(hour: int) -> dict[str, str]:
    return {"date": f"2017-01-18T{hour}:00:00+03:00", "start": f"{hour}:00"}


def _begin() -> None:
    """Make an event with sessions of its own, and two of a file, one of which is translated."""
    make_plan()
    take(xml(event(1, people=_PEOPLE, **_at(12)), event(2, **_at(13))))
    with plan_to_change() as plan:
        mill = next(found for found in plan.sessions.values() if found.source_key == _MILL)
        set_text(mill, "en", title="The mill", state=TextState.DRAFT)
        _, pseudonymous, withheld, declined = (person.speaker for person in mill.people)
        pseudonymous.visibility = Visibility.PSEUDONYM
        set_speaker_text(pseudonymous, "ckb", pseudonym="دەنگێک")
        withheld.visibility = Visibility.WITHHELD
        mill.people[3].answer = Answer.DECLINED
        assert declined.visibility is Visibility.PUBLIC


def _file(document: _Format) -> bytes:
    programme = decode(publish(SLUG, Stage.DRAFT).document)
    return document(Published(programme, digest_of(encode(programme))), "https://river.example")


def _updated(report: Report) -> dict[str, str]:
    """Return what was taken anew, by where in the file it stands."""
    return {
        line.where: line.what
        for line in report.lines
        if line.kind is LineKind.TAKEN and line.what != "as it was"
    }


@_FORMATS
def test_nothing_is_changed_by_it(document: _Format) -> None:
    _begin()
    content = _file(document)
    before = dump()
    report = take(content, names=Visibility.WITHHELD)
    assert _updated(report) == {}
    assert dump() == before
    assert (report.taken, report.refused) == (2, 3)  # the event's own sessions are not of a file
    assert len(event_of().speakers) == 3 + len(_PEOPLE)


@_FORMATS
def test_an_hour_that_was_changed_in_it_is_taken_and_nothing_else(document: _Format) -> None:
    _begin()
    before = dump()["sessions"]
    content = _file(document)
    assert content.count(b"13:00") >= 2
    report = take(content.replace(b"13:00", b"13:30"))
    after = dump()["sessions"]
    assert list(_updated(report).values()) == ["updated: place"]
    assert after[_WELL].pop("starts_at") != before[_WELL].pop("starts_at")
    assert after == before


@_FORMATS
def test_a_title_that_was_changed_in_it_replaces_the_one_that_it_told(document: _Format) -> None:
    _begin()
    take(_file(document).replace(b"The mill", b"The water mill"))
    texts = session_of(_MILL).texts
    assert texts["en"].title == "The water mill"
    assert texts["ar"].title == "حق الوصول إلى الماء"
    assert texts["en"].abstract == ""
    assert session_of(_MILL).original_language == "ar"


def test_who_is_new_in_it_takes_part_besides_and_who_is_not_in_it_any_more_does_not() -> None:
    _begin()
    content = _file(schedule_json.document)
    took_part = [person.speaker.source_key for person in session_of(_MILL).people]
    with plan_to_change() as plan:
        mill = next(found for found in plan.sessions.values() if found.source_key == _MILL)
        shahrazad = mill.people[0].speaker
        set_people(mill, [(p.speaker, p.role) for p in mill.people if p.speaker is not shahrazad])
    take(content)
    people = [(person.speaker.source_key, person.role) for person in session_of(_MILL).people]
    assert people == [(key, Role.SPEAKER) for key in (*took_part[1:], took_part[0])]


def test_what_is_not_public_is_not_withdrawn_though_it_is_not_in_it() -> None:
    _begin()
    with plan_to_change() as plan:
        well = next(found for found in plan.sessions.values() if found.source_key == _WELL)
        unplace(well)
    take(_file(schedule_xml.document))
    assert session_of(_WELL).state is State.CONFIRMED


def test_what_came_without_a_uuid_is_found_again() -> None:
    make_plan()
    take(xml(event(1, guid=None), event(2, guid=None, **_at(13))))
    before = dump()
    report = take(_file(schedule_xml.document))
    assert _updated(report) == {}
    assert dump() == before
