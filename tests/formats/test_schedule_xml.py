"""The programme as schedule.xml, and what the schema of c3voc says to it."""

from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from planner import __version__
from planner.formats import schedule_xml
from planner.lib.text import clean_text
from planner.programme.document import Programme
from planner.programme.vocabulary import Status
from tests.examples import EVENT, PROGRAMME, published, session
from tests.formats.invented import programmes

BASE_URL = "https://programme.example"
GOLDEN = Path(__file__).parent / "golden" / "river-days.schedule.xml"
ARABIC = msgspec.structs.replace(
    PROGRAMME, event=msgspec.structs.replace(EVENT, languages=("ar", "ckb", "en"))
)


def written(programme: Programme = ARABIC) -> bytes:
    """Return a programme as schedule.xml."""
    return schedule_xml.document(published(programme), BASE_URL)


def the_event(**changes: object) -> Element:
    """Return how the only session of a programme is told."""
    programme = msgspec.structs.replace(ARABIC, sessions=(session("4CDFGH", **changes),))
    event = fromstring(written(programme)).find("day/room/event")
    assert event is not None
    return event


def is_valid(content: bytes, real_files: Path) -> None:
    """Hold a document against the schema.

    :raises lxml.etree.DocumentInvalid: with the first fault.
    """
    schema = etree.XMLSchema(etree.parse(str(real_files / "validators" / "voc-schedule.xml.xsd")))
    schema.assertValid(etree.fromstring(content))


def test_it_writes_the_example_as_it_was_approved(tmp_path: Path) -> None:
    content = written().replace(f'version="{__version__}"'.encode(), b'version="VERSION"')
    (tmp_path / "written.xml").write_bytes(content)
    assert content == GOLDEN.read_bytes(), f"compare with {tmp_path / 'written.xml'}"


@pytest.mark.real_files
def test_the_schema_takes_the_example(real_files: Path) -> None:
    is_valid(written(), real_files)


@pytest.mark.real_files
@given(programmes())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_schema_takes_every_programme(real_files: Path, programme: Programme) -> None:
    is_valid(written(programme), real_files)


@given(programmes())
@settings(max_examples=30, deadline=None)
def test_the_same_programme_gives_the_same_bytes_of_well_formed_xml(programme: Programme) -> None:
    content = written(programme)
    assert content == written(programme)
    events = fromstring(content).findall("day/room/event")
    assert len(events) == sum(
        session.status is not Status.CANCELLED for session in programme.sessions
    )


def test_each_event_stands_in_its_room_and_names_it() -> None:
    root = fromstring(written())
    told = [
        (room.get("name"), event.findtext("room"))
        for room in root.findall("day/room")
        for event in room.findall("event")
    ]
    assert [name for name, _ in told] == ["قاعة دجلة", "قاعة دجلة", "بيت القصب", "قاعة دجلة"]
    assert all(listed == own for listed, own in told)


def test_rooms_without_a_session_are_told_as_well() -> None:
    names = [room.get("name") for room in fromstring(written()).findall("day[2]/room")]
    assert names == ["قاعة دجلة", "غرفة زاگروس"]


def test_cancelled_sessions_are_left_out() -> None:
    codes = {event.get("code") for event in fromstring(written()).iter("event")}
    assert codes == {"3CDFGH", "4CDFGH", "7CDFGH", "9CDFGH"}


@pytest.mark.parametrize(
    ("minutes", "told"), [(5, "00:05"), (90, "01:30"), (1500, "25:00"), (7000, "99:59")]
)
def test_lengths_are_hours_and_minutes_up_to_what_the_format_takes(minutes: int, told: str) -> None:
    assert the_event(minutes=minutes).findtext("duration") == told


def test_date_and_start_tell_the_same_moment() -> None:
    event = the_event(starts_at=datetime(2017, 1, 19, 0, 30))
    assert event.findtext("date") == "2017-01-19T00:30:00+03:00"
    assert event.findtext("start") == "00:30"


@pytest.mark.parametrize(
    ("spoken", "told"), [((), ""), (("ckb",), "ckb"), (("ar", "ckb"), "ar, ckb")]
)
def test_the_language_is_what_is_spoken(spoken: tuple[str, ...], told: str) -> None:
    assert the_event(spoken_languages=spoken).findtext("language") == told


def test_the_abstract_is_told_as_it_was_written() -> None:
    abstract = "من **النبع**\n\n* أ\n* ب\n\n    <kbd>&\n\n[رابط](https://reed.example/?a=1&b=2)"
    assert the_event(abstract={"ar": abstract}).findtext("abstract") == abstract


def test_what_xml_cannot_hold_is_taken_out() -> None:
    dirty = "بداية\x00\x0b\ud7ff\ufffe\uffff\u2028نهاية\r\n]]><!-- &amp;"
    assert the_event(abstract={"ar": dirty}).findtext("abstract") == clean_text(dirty)


def test_people_have_a_name_and_an_identity_and_nothing_else() -> None:
    persons = fromstring(written()).findall(".//event[@code='3CDFGH']/persons/person")
    assert [person.text for person in persons] == ["سيدوري", "صوت"]
    assert {attribute for person in persons for attribute in person.attrib} == {"id", "guid"}


def test_an_address_to_follow_it_online_is_a_link() -> None:
    (link,) = the_event(online_url="https://stream.example/4").findall("links/link")
    assert link.get("href") == "https://stream.example/4"
    assert not the_event(online_url=None).findall("links/link")
