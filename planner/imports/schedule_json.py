"""Reading schedule.json, version 1: frab, c3voc and pretalx, leniently."""

import json
from collections.abc import Iterable
from typing import Any

from planner.formats.schedule import GENERATOR
from planner.imports.schedule_json2 import read_version_2
from planner.imports.source import (
    SourceConference,
    SourceDay,
    SourceEvent,
    SourcePerson,
    SourceRoom,
    UnreadableFileError,
)
from planner.imports.values import listed, name_in, room_in, table, text, track_in

_Object = dict[str, Any]


def read_json(content: bytes) -> SourceConference:
    """Return the schedule that a JSON file holds.

    :raises UnreadableFileError: when it is not JSON, or is no schedule.json.
    """
    document = _parsed(content)
    schedule = _schedule(document)
    conference = table(schedule.get("conference"))
    if isinstance(schedule.get("events"), list):
        return read_version_2(schedule, conference)
    days = conference.get("days", schedule.get("days"))
    if not isinstance(days, list):
        raise UnreadableFileError("is not a schedule.json: its “conference” has no list of “days”")
    is_own = table(table(document).get("generator")).get("name") == GENERATOR
    return SourceConference(
        is_own=is_own,
        title=text(conference.get("title")),
        subtitle=text(conference.get("subtitle")) or text(conference.get("description")),
        acronym=text(conference.get("acronym")),
        start=text(conference.get("start")),
        end=text(conference.get("end")),
        venue=name_in(conference.get("venue")),
        city=text(conference.get("city")),
        time_zone=text(conference.get("time_zone_name")),
        day_change=text(conference.get("day_change")),
        days=tuple(_day(day) for day in days if isinstance(day, dict)),
        rooms=tuple(_rooms(conference, days)),
        tracks=tuple(track_in(track) for track in listed(conference.get("tracks"))),
        events=tuple(_events(days, is_own=is_own)),
    )


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(
            f"is not {error.encoding.upper()}: byte 0x{content[error.start]:02x} in line {line}"
        ) from None
    except json.JSONDecodeError as error:
        place = f"in line {error.lineno}, column {error.colno}"
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
            reason = f"is cut off: the JSON is not complete {place}"
        else:
            reason = f"is not valid JSON: {error.msg} {place}"
        raise UnreadableFileError(reason) from None
    except RecursionError:
        raise UnreadableFileError("nests its JSON too deep") from None
    except ValueError:  # Python refuses to make a number of more than 4,300 digits
        raise UnreadableFileError("is not valid JSON: a number has thousands of digits") from None


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    """Make an object; of lists under the same key, such as two rooms of one name, lose none."""
    made: _Object = {}
    for key, value in pairs:
        former = made.get(key)
        if isinstance(former, list) and isinstance(value, list):
            former.extend(value)
        else:
            made[key] = value
    return made


def _schedule(document: object) -> _Object:
    if not isinstance(document, dict):
        raise UnreadableFileError("is not a schedule.json: it does not hold an object")
    schedule = document.get("schedule", document)
    if isinstance(schedule, dict) and isinstance(schedule.get("conference"), dict):
        return schedule
    if isinstance(document.get("sessions"), list):
        raise UnreadableFileError(
            "is not a schedule.json: it lists “sessions” by themselves, as OPass and COSCUP write "
            "them, and has no “schedule” with a “conference”"
        )
    raise UnreadableFileError("is not a schedule.json: it has no “schedule” with a “conference”")


def _day(day: _Object) -> SourceDay:
    return SourceDay(
        date=text(day.get("date")),
        start=text(day.get("day_start")) or text(day.get("start")),
        end=text(day.get("day_end")) or text(day.get("end")),
    )


def _rooms(conference: _Object, days: Iterable[Any]) -> Iterable[SourceRoom]:
    """Return the rooms that the conference lists, and then those of the days."""
    for room in listed(conference.get("rooms")):
        yield room_in(room)
    for day in days:
        for name, _ in _rooms_of_day(table(day)):
            yield SourceRoom(name=name)


def _rooms_of_day(day: _Object) -> Iterable[tuple[str, list[Any]]]:
    """Return the rooms of a day with what is in them; some write a list of objects for the map."""
    rooms = day.get("rooms")
    if isinstance(rooms, dict):
        return [(name, _several(events)) for name, events in rooms.items()]
    return [(name_in(room), _several(table(room).get("events"))) for room in listed(rooms)]


def _several(events: object) -> list[Any]:
    return [events] if isinstance(events, dict) else listed(events)


def _events(days: Iterable[Any], *, is_own: bool) -> Iterable[SourceEvent]:
    number = 0
    for day in days:
        source_day = _day(table(day))
        for room, events in _rooms_of_day(table(day)):
            for event in events:
                number += 1
                yield _event(event, number, source_day, room, is_own=is_own)


def _event(
    event: object, number: int, day: SourceDay, listed_room: str, *, is_own: bool
) -> SourceEvent:
    if not isinstance(event, dict):
        return SourceEvent(number=number, fault="it is not an object")
    if not event:
        return SourceEvent(number=number, fault="it is empty")
    return SourceEvent(
        number=number,
        day=day,
        listed_room=listed_room,
        own_room=name_in(event["room"]) if event.get("room") is not None else None,
        id=text(event.get("id")),
        guid=text(event.get("guid")),
        slug=text(event.get("slug")),
        date=text(event.get("date")),
        start=text(event.get("start")),
        duration=text(event.get("duration")),
        title=text(event.get("title")),
        subtitle=text(event.get("subtitle")),
        abstract=text(event.get("abstract")),
        description=text(event.get("description")),
        type=text(event.get("type")),
        track=name_in(event.get("track")),
        language=text(event.get("language")),
        online_url=_online_url(event) if is_own else "",
        persons=tuple(_person(person) for person in listed(event.get("persons"))),
    )


def _online_url(event: _Object) -> str:
    """Return the address that we write as the only link; others link to slides and papers."""
    return text(table(next(iter(listed(event.get("links"))), None)).get("url"))


def _person(person: object) -> SourcePerson:
    if not isinstance(person, dict):
        return SourcePerson(name=text(person))
    return SourcePerson(
        id=text(person.get("id")),
        guid=text(person.get("guid")),
        name=text(person.get("public_name"))
        or text(person.get("name"))
        or text(person.get("full_public_name")),
        biography=text(person.get("biography")),
        role=text(person.get("role")),
    )
