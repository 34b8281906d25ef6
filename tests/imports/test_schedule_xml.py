"""The dialects of schedule.xml."""

from planner.imports.schedule_xml import read_xml
from planner.imports.source import SourceDay
from tests.imports.schedules import GUID, event, xml

_FOSDEM = """<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <conference>
    <title>أيام النهر</title><subtitle>ماء وعمل</subtitle>
    <venue>بيت القصب</venue><city>السليمانية</city>
    <start>2017-01-18</start><end>2017-01-19</end><days>2</days>
    <day_change>09:00:00</day_change><timeslot_duration>00:05:00</timeslot_duration>
  </conference>
  <tracks><track slug="water">Water</track><track slug="work">Work</track></tracks>
  <day index="1" date="2017-01-18">
    <room name="Tigris" slug="tigris">
      <event id="6245">
        <start>10:00</start><duration>00:50</duration><room>Tigris</room><slug>osi</slug>
        <title>Reeds</title><subtitle/><track>Water</track><type>keynote</type><language/>
        <abstract/><description>&lt;p&gt;Of reeds.&lt;/p&gt;</description>
        <persons><person id="228">Siduri</person></persons>
        <links><link href="https://river.example/slides">Slides</link></links>
      </event>
    </room>
    <room name="Zagros" slug="zagros"/>
  </day>
</schedule>"""

_WAFER = """<schedule><conference><title>RiverConf</title></conference>
  <day date="2017-01-18" index="1">

        <room name="Rex">
                  <event id="246">
                    <abstract/>
                        <title>Reeds
                          and clay</title>
                        <description>Of reeds.</description>
                        <persons>

                              <person id="515">
                                 Siduri
                              </person>

                        </persons>
                        <abstract>Short.</abstract>
                        <abstract>Short.</abstract>
                        <abstract>Other.</abstract>
                  </event>
        </room></day></schedule>"""


def test_the_fosdem_dialect_is_read() -> None:
    source = read_xml(_FOSDEM.encode())
    assert (source.subtitle, source.venue, source.city) == ("ماء وعمل", "بيت القصب", "السليمانية")
    assert source.day_change == "09:00:00"
    assert [track.name for track in source.tracks] == ["Water", "Work"]
    assert [room.name for room in source.rooms] == ["Tigris", "Zagros"]
    (entry,) = source.events
    assert (entry.id, entry.guid, entry.date, entry.start) == ("6245", "", "", "10:00")
    assert entry.description == "<p>Of reeds.</p>"
    assert entry.day == SourceDay(date="2017-01-18")
    assert entry.online_url == ""


def test_the_wafer_dialect_is_read_with_both_of_its_abstracts() -> None:
    (entry,) = read_xml(_WAFER.encode()).events
    assert entry.abstract == "Short.\n\nOther."
    assert entry.persons[0].name == "Siduri"
    assert entry.own_room is None
    assert entry.listed_room == "Rex"


def test_events_are_counted_wherever_they_stand() -> None:
    content = xml(event(1), event(2), room=None).replace(
        b"</schedule>", b"<event id='9'><title>Outside</title></event><event/></schedule>"
    )
    events = read_xml(content).events
    assert [entry.number for entry in events] == [1, 2, 3, 4]
    assert [entry.day is None for entry in events] == [False, False, True, True]
    assert events[3].fault == "it is empty"


def test_identities_are_read_from_attributes_or_elements() -> None:
    content = xml(event(1)) + b""
    assert read_xml(content).events[0].guid == GUID.format(1)
    inner = b"<event><id>5</id><guid>g-5</guid><title>T</title></event>"
    written = b"<schedule><conference/><day date='2017-01-18'>" + inner + b"</day></schedule>"
    (entry,) = read_xml(written).events
    assert (entry.id, entry.guid) == ("5", "g-5")


def test_namespaces_and_comments_do_no_harm() -> None:
    content = xml(event()).replace(
        b"<schedule>", b"<schedule xmlns='https://example/ns'><!-- <event/> -->"
    )
    assert len(read_xml(content).events) == 1


def test_markup_that_was_left_unescaped_stays_as_html() -> None:
    content = xml(event(abstract="@")).replace(b"@", "أ &amp; ب<p>ج</p><p>د</p>".encode())
    assert read_xml(content).events[0].abstract == "أ &amp; ب<p>ج</p><p>د</p>"


def test_the_room_inside_an_event_is_no_room_of_the_day() -> None:
    source = read_xml(xml(event(1, room="قاعة الفرات")))
    assert [room.name for room in source.rooms] == ["قاعة دجلة"]
    assert source.events[0].own_room == "قاعة الفرات"
