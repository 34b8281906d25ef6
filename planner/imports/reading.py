"""Telling what a file is, and reading it."""

from planner.imports.schedule_json import read_json
from planner.imports.schedule_xml import read_xml
from planner.imports.source import SourceConference, UnreadableFileError

LARGEST_FILE = 10 * 1024 * 1024
#: More than any conference has, and few enough to be taken within a minute.
_MOST_EVENTS = 10_000
_MOST_PERSONS = 20_000
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
#: How files begin that people take for a schedule.
_OTHER_FORMATS = {
    b"begin:v": "an iCalendar file",
    b"pk\x03\x04": "a ZIP file or spreadsheet",
    b"%pdf": "a PDF",
    b"\x1f\x8b": "a gzip file",
}


def read_schedule(content: bytes) -> SourceConference:
    """Return the schedule that a file holds, whichever format and dialect it is in.

    :raises UnreadableFileError: when the file as a whole cannot be taken.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(f"is larger than {LARGEST_FILE // 1024**2} MB")
    beginning = content
    for mark in _BYTE_ORDER_MARKS:
        beginning = beginning.removeprefix(mark)
    beginning = beginning.lstrip(b"\0 \t\r\n")[:64]
    if not beginning:
        raise UnreadableFileError("is empty")
    if beginning.startswith(b"<"):
        schedule = read_xml(content.lstrip(b" \t\r\n"))
    elif beginning.startswith((b"{", b"[")):
        schedule = read_json(content)
    else:
        raise UnreadableFileError(
            f"is {_format_of(beginning)}; what can be imported is schedule.xml, "
            "schedule.json, .xlsx and .csv"
        )
    _check_size(schedule)
    return schedule


def _format_of(beginning: bytes) -> str:
    for start, name in _OTHER_FORMATS.items():
        if beginning.lower().startswith(start):
            return name
    return "neither XML nor JSON"


def _check_size(schedule: SourceConference) -> None:
    if not schedule.events:
        raise UnreadableFileError("holds no event, so there is nothing to import")
    if len(schedule.events) > _MOST_EVENTS:
        raise UnreadableFileError(f"holds more than {_MOST_EVENTS} events")
    if sum(len(event.persons) for event in schedule.events) > _MOST_PERSONS:
        raise UnreadableFileError(f"names more than {_MOST_PERSONS} persons")
