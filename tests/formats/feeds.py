"""Feeds of the example, and what the parsers of others read in a feed."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

import ical.calendar_stream
import icalendar
import ics
import msgspec
import vobject

from planner.formats.ical import Feed, events_of, feed
from planner.lib.palette import Colour
from planner.programme.document import Programme, Session
from planner.programme.published import Published
from tests.examples import PROGRAMME, published

BASE_URL = "https://programme.example"
#: Start and end in UTC (or days), status, sequence and summary of each event by its UID.
Reading = dict[str, tuple[str, str, str, int, str]]


def about(published: Published, lang: str) -> Feed:
    """Return what the feed of the whole programme says of itself."""
    page = f"{BASE_URL}/{lang}/{published.event.slug}"
    return Feed(
        title=published.event.name.get(lang, ""),
        description=published.event.tagline.get(lang, ""),
        page_url=f"{page}/programme",
        feed_url=f"{page}/calendar/programme.ics",
        colour=Colour.TEAL,
    )


def feed_of(
    programme: Programme = PROGRAMME,
    lang: str = "ckb",
    sessions: Iterable[Session] | None = None,
) -> bytes:
    """Return the feed of some or all sessions of a programme."""
    public = published(programme)
    told = public.sessions if sessions is None else sessions
    events = events_of(public, lang, BASE_URL)
    return feed(public, lang, BASE_URL, told, about(public, lang), events)


def with_sessions(*sessions: Session, **event: object) -> Programme:
    """Return the example with other sessions, and some fields of its event replaced."""
    return msgspec.structs.replace(
        PROGRAMME,
        sessions=sessions,
        event=msgspec.structs.replace(PROGRAMME.event, **event),
    )


def lines_of(content: bytes) -> list[str]:
    """Return the content lines of a feed, unfolded."""
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def values_of(content: bytes, name: str) -> list[str]:
    """Return what stands after the name of a property, parameters included, for each one."""
    return [
        line[len(name) :] for line in lines_of(content) if line.startswith((f"{name}:", f"{name};"))
    ]


def read_with_icalendar(content: bytes) -> Reading:
    """Read a feed with the library that wrote it."""
    calendar = icalendar.Calendar.from_ical(content)
    assert not [event.errors for event in calendar.walk() if event.errors]
    return {
        str(event["UID"]): _reading(
            event.start, event.end, event["STATUS"], event["SEQUENCE"], event["SUMMARY"]
        )
        for event in calendar.events
    }


def read_with_vobject(content: bytes) -> Reading:
    """Read a feed with vobject, and let it validate."""
    calendar = vobject.readOne(content.decode())
    calendar.validate(raiseException=True)
    return {
        event.uid.value: _reading(
            event.dtstart.value,
            event.dtend.value,
            event.status.value,
            event.sequence.value,
            event.summary.value,
        )
        for event in calendar.vevent_list
    }


def read_with_ics(content: bytes) -> Reading:
    """Read a feed with ics, which is strict."""
    reading = {}
    for event in ics.Calendar(content.decode()).events:
        (sequence,) = [line.value for line in event.extra if line.name == "SEQUENCE"]
        start, end = event.begin.datetime, event.end.datetime
        if event.all_day:
            start, end = start.date(), end.date()
        reading[event.uid] = _reading(start, end, event.status, sequence, event.name)
    return reading


def read_with_ical(content: bytes) -> Reading:
    """Read a feed with ical, the parser of Home Assistant."""
    stream = ical.calendar_stream.IcsCalendarStream
    return {
        event.uid: _reading(
            event.dtstart, event.end, event.status.value, event.sequence, event.summary
        )
        for event in stream.calendar_from_ics(content.decode()).events
    }


PARSERS: list[Callable[[bytes], Reading]] = [
    read_with_icalendar,
    read_with_vobject,
    read_with_ics,
    read_with_ical,
]


def _reading(
    start: date, end: date, status: str, sequence: object, summary: str
) -> tuple[str, str, str, int, str]:
    return _told(start), _told(end), str(status), int(str(sequence)), str(summary)


def _told(moment: date) -> str:
    if not isinstance(moment, datetime):
        return moment.isoformat()
    assert moment.tzinfo is not None, "a time without a zone is anywhere in the world"
    return moment.astimezone(UTC).isoformat()
