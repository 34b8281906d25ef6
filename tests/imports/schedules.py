"""Small schedules of an invented conference, as schedule.xml and schedule.json, for tests."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

GUID = "11111111-1111-4111-8111-{:012d}"
_EVENT = {
    "date": "2017-01-18T10:00:00+03:00",
    "start": "10:00",
    "duration": "00:45",
    "room": "قاعة دجلة",
    "slug": "",
    "title": "حق الوصول إلى الماء",
    "subtitle": "",
    "track": "الماء",
    "type": "panel",
    "language": "ar",
    "abstract": "من النبع إلى المدينة.",
    "description": "",
}
_CONFERENCE = {
    "acronym": "river",
    "title": "أيام النهر",
    "start": "2017-01-18",
    "end": "2017-01-19",
    "time_zone_name": "Asia/Baghdad",
}
_DAY = {
    "date": "2017-01-18",
    "start": "2017-01-18T09:00:00+03:00",
    "end": "2017-01-19T02:00:00+03:00",
}
#: Somebody of legend, so that nobody takes them for a real person.
SHAHRAZAD: Mapping[str, Any] = {"id": "7", "name": "شهرزاد"}

Table = dict[str, Any]


def event(number: int | str = 1, **fields: Any) -> Table:
    """Return an event; ``None`` takes out a field, ``people`` are tables like SHAHRAZAD."""
    known = isinstance(number, int)
    made = {
        "id": str(number),
        "guid": GUID.format(number) if known else None,
        **_EVENT,
        "people": [SHAHRAZAD],
        **fields,
    }
    return {name: value for name, value in made.items() if value is not None}


def xml(
    *events: Table,
    conference: Mapping[str, str | None] | None = None,
    day: Mapping[str, str | None] | None = None,
    room: str | None = "قاعة دجلة",
    head: str = "",
) -> bytes:
    """Return a schedule.xml of one day and one room; events that name ``listed`` have their own."""
    told = {**_CONFERENCE, **(conference or {})}
    fields = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in told.items() if text)
    attributes = _attributes({**_DAY, **(day or {})})
    body = "".join(_in_room(entry, entry.get("listed", room)) for entry in events)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<schedule>{head}'
        f"<conference>{fields}</conference>\n<day{attributes}>\n{body}</day>\n</schedule>\n"
    ).encode()


def _in_room(entry: Table, room: str | None) -> str:
    written = _event_xml(entry)
    return written if room is None else f"<room name={quoteattr(room)}>\n{written}</room>\n"


def _event_xml(entry: Table) -> str:
    identity = _attributes({name: entry.get(name) for name in ("id", "guid")})
    known = {name: text for name, text in entry.items() if name in _EVENT}
    fields = "".join(f"  <{name}>{escape(text)}</{name}>\n" for name, text in known.items())
    persons = "".join(
        f"<person{_attributes({**person, 'name': None})}>{escape(person.get('name', ''))}</person>"
        for person in entry["people"]
    )
    return f"<event{identity}>\n{fields}  <persons>{persons}</persons>\n</event>\n"


def _attributes(values: Mapping[str, str | None]) -> str:
    return "".join(f" {name}={quoteattr(text)}" for name, text in values.items() if text)


def as_json(
    *events: Table,
    conference: Mapping[str, Any] | None = None,
    day: Mapping[str, str | None] | None = None,
    room: str = "قاعة دجلة",
) -> bytes:
    """Return the same as a schedule.json of version 1."""
    told = {**_CONFERENCE, **(conference or {})}
    given = {**_DAY, **(day or {})}
    rooms: dict[str, list[Table]] = {}
    for entry in events:
        rooms.setdefault(entry.get("listed", room), []).append(_event_json(entry))
    days = [
        {
            "index": 0,
            "date": given["date"],
            "day_start": given["start"],
            "day_end": given["end"],
            "rooms": rooms,
        }
    ]
    return json.dumps({"schedule": {"version": "1", "conference": {**told, "days": days}}}).encode()


def _event_json(entry: Table) -> Table:
    made = {name: value for name, value in entry.items() if name not in {"people", "listed"}}
    if "id" in entry:
        made["id"] = int(entry["id"]) if entry["id"].isdecimal() else entry["id"]
    made["persons"] = [_person_json(person) for person in entry["people"]]
    return made


def _person_json(person: Mapping[str, Any]) -> Table:
    made = {name: value for name, value in person.items() if name not in {"id", "name"}}
    if "name" in person:
        made["public_name"] = person["name"]
    if "id" in person:
        made["id"] = int(person["id"])
    return made


def lines_about(lines: Iterable[Any], word: str) -> list[str]:
    """Return what the lines of a report say that hold a word, with their kinds."""
    return [f"{line.kind.value}: {line.what}" for line in lines if word in line.what]
