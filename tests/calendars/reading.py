"""What the parsers of others read in a feed, and its events as they are written."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import ical.calendar_stream
import ics
import vobject


class Read(NamedTuple):
    """What a calendar program knows of an event."""

    start: datetime
    end: datetime
    status: str
    sequence: int
    modified: datetime
    stamp: datetime
    summary: str
    location: str


Reading = dict[str, Read]


@lru_cache(maxsize=512)
def with_vobject(content: bytes) -> Reading:
    """Read with vobject, and let it validate."""
    calendar = vobject.readOne(content.decode())
    calendar.validate(raiseException=True)
    return {
        event.uid.value: _read(
            event.dtstart.value,
            event.dtend.value,
            event.status.value,
            event.sequence.value,
            event.last_modified.value,
            event.dtstamp.value,
            event.summary.value,
            event.location.value,
        )
        for event in calendar.vevent_list
    }


@lru_cache(maxsize=512)
def with_ics(content: bytes) -> Reading:
    """Read with ics, which is strict, and takes DTSTAMP for the creation of an event."""
    reading = {}
    for event in ics.Calendar(content.decode()).events:
        (sequence,) = [line.value for line in event.extra if line.name == "SEQUENCE"]
        reading[event.uid] = _read(
            event.begin.datetime,
            event.end.datetime,
            event.status,
            sequence,
            event.last_modified.datetime,
            event.created.datetime,
            event.name,
            event.location,
        )
    return reading


@lru_cache(maxsize=512)
def with_ical(content: bytes) -> Reading:
    """Read with ical, the parser of Home Assistant."""
    stream = ical.calendar_stream.IcsCalendarStream
    return {
        event.uid: _read(
            event.dtstart,
            event.end,
            event.status.value,
            event.sequence,
            event.last_modified,
            event.dtstamp,
            event.summary,
            event.location,
        )
        for event in stream.calendar_from_ics(content.decode()).events
    }


PARSERS: dict[str, Callable[[bytes], Reading]] = {
    "vobject": with_vobject,
    "ics": with_ics,
    "ical": with_ical,
}


def _read(  # noqa: PLR0917 -- in the order of Read
    start: Any,
    end: Any,
    status: str,
    sequence: object,
    modified: datetime,
    stamp: datetime,
    summary: str,
    location: str,
) -> Read:
    moments = [moment.astimezone(UTC) for moment in (start, end, modified, stamp) if moment.tzinfo]
    begins, ends, changed, stamped = moments
    number = int(str(sequence))
    return Read(begins, ends, status, number, changed, stamped, summary, location)


_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?\r\nEND:VEVENT\r\n", re.S)
_UID = re.compile(rb"\r\nUID:(.*?)\r\n")


def events_in(content: bytes) -> dict[str, bytes]:
    """Return the events of a feed as they are written, by their UIDs."""
    found = {}
    for event in _EVENT.findall(content):
        uid = _UID.search(event)
        assert uid is not None
        found[uid[1].decode()] = event
    assert len(found) == content.count(b"BEGIN:VEVENT")
    return found


class Stamps(NamedTuple):
    """What a program compares to learn whether it knows an event already."""

    sequence: int
    modified: str
    stamp: str


@lru_cache(maxsize=1024)
def stamps_of(event: bytes) -> Stamps:
    """Return the stamps of an event as it is written."""

    def value(name: bytes) -> str:
        found = re.search(rb"\r\n" + name + rb":(.*?)\r\n", event)
        assert found is not None
        return found[1].decode()

    return Stamps(int(value(b"SEQUENCE")), value(b"LAST-MODIFIED"), value(b"DTSTAMP"))
