"""The dialects of schedule.json."""

import json

from planner.imports.reading import read_schedule
from planner.imports.schedule_json import read_json
from tests.imports.schedules import GUID, Table, as_json, event


def _schedule(**conference: object) -> Table:
    return {"schedule": {"conference": {"title": "أيام النهر", **conference}}}


def _read(document: Table) -> tuple[object, ...]:
    return read_json(json.dumps(document).encode()).events


def test_frab_and_pretalx_are_read() -> None:
    person = {"id": "7", "name": "شهرزاد", "biography": "تحكي.", "code": "ABC", "answers": "x"}
    content = as_json(event(people=[person]), conference={"rooms": [{"name": "ق", "capacity": 80}]})
    source = read_json(content)
    assert [(room.name, room.capacity) for room in source.rooms] == [
        ("ق", 80),
        ("قاعة دجلة", None),
    ]
    (entry,) = source.events
    assert (entry.id, entry.guid) == ("1", GUID.format(1))
    assert (entry.persons[0].name, entry.persons[0].biography) == ("شهرزاد", "تحكي.")


def test_what_is_of_another_type_than_it_should_be_is_left_out() -> None:
    broken = {
        "id": True,
        "title": ["a"],
        "duration": 45,
        "room": {"name": {"ar": "ق", "en": "Hall"}},
        "track": {"name": "Water"},
        "persons": ["Siduri", 5, None, {"public_name": None}],
        "language": None,
    }
    days = [{"date": "2017-01-18", "rooms": {"ق": [broken, "text", None, {}]}}, "no day"]
    entry, *others = _read(_schedule(days=days))
    assert (entry.id, entry.title, entry.duration) == ("", "", "45")
    assert (entry.own_room, entry.track) == ("Hall", "Water")
    assert [person.name for person in entry.persons] == ["Siduri", "5", "", ""]
    assert [other.fault for other in others] == [
        "it is not an object",
        "it is not an object",
        "it is empty",
    ]


def test_rooms_may_be_a_list_of_objects_and_a_room_hold_one_event() -> None:
    days = [{"date": "2017-01-18", "rooms": [{"name": "ق", "events": [{"title": "1"}]}]}]
    days.append({"date": "2017-01-19", "rooms": {"ق": {"title": "2"}}})
    assert [entry.title for entry in _read(_schedule(days=days))] == ["1", "2"]


def test_two_rooms_of_one_name_lose_no_event() -> None:
    content = (
        as_json(event(1), event(2, listed="ب"))
        .decode()
        .replace(json.dumps("ب"), json.dumps("قاعة دجلة"))
    )
    assert [entry.id for entry in read_json(content.encode()).events] == ["1", "2"]


def test_version_2_is_read() -> None:
    document = _schedule(
        tracks=[{"slug": "water", "name": "Water"}],
        rooms=[{"name": "Tigris", "capacity": 200, "description": "Ground floor"}],
        days=[
            {"date": "2017-01-18", "start": "2017-01-18T06:00:00+00:00"},
            {"date": "2017-01-19", "start": "2017-01-19T09:00:00+03:00"},
        ],
    )
    document["schedule"]["persons"] = [{"guid": "p1", "name": "Siduri", "biography": "Tavern."}]
    document["schedule"]["events"] = [
        {
            "guid": GUID.format(1),
            "code": "HQCCYH",
            "start": "2017-01-19T00:15:00+03:00",
            "end": "2017-01-19T01:00:00+03:00",
            "room": {"name": "Tigris"},
            "title": {"en": "Reeds", "ar": "القصب"},
            "abstract": {"en": "Of reeds.", "ar": "عن القصب."},
            "language": "ar",
            "track": {"slug": "water"},
            "type": "KEYNOTE",
            "participants": [{"guid": "p1", "name": "Siduri", "role": "MODERATOR"}],
        },
        {"guid": GUID.format(2), "title": "Gone", "state": "CANCELED"},
    ]
    source = read_schedule(json.dumps(document).encode())
    entry, cancelled = source.events
    assert (entry.title, entry.abstract) == ("القصب", "عن القصب.")
    assert entry.remarks == ("its texts in en were not taken",)
    assert (entry.duration, entry.track, entry.own_room) == ("45", "Water", "Tigris")
    assert entry.day is not None
    assert entry.day.date == "2017-01-18"
    assert (entry.persons[0].biography, entry.persons[0].role) == ("Tavern.", "MODERATOR")
    assert cancelled.fault == "its own file says that it is canceled"
    assert (source.rooms[0].capacity, source.rooms[0].floor) == (200, "Ground floor")
