"""The programme as schedule.json, version 1.

The schema is c3voc's (https://c3voc.de/schedule/schema.json). Version 2 has a status and roles,
but takes languages of two letters only, and Sorani has three. Cancelled sessions are left out:
the format has no status. What else it cannot carry is told in :mod:`planner.formats.schedule`.
"""

import re
from typing import Any

import msgspec

from planner import __version__
from planner.formats.schedule import GENERATOR, Schedule, hours_and_minutes
from planner.formats.schedule_parts import Day, Event, Person, Place, Track
from planner.programme.published import Published

_SCHEMA = "https://c3voc.de/schedule/schema.json"
#: The zones whose names the schema takes; it knows no others.
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|.*UTC\Z")
_SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]\Z")
_Object = dict[str, Any]


def document(published: Published, base_url: str) -> bytes:
    """Return the programme as a JSON document in UTF-8; ``base_url`` is the origin of its links.

    The same programme gives the same bytes.
    """
    schedule = Schedule(published, base_url)
    return msgspec.json.encode(
        {
            "$schema": _SCHEMA,
            "generator": {"name": GENERATOR, "version": __version__, "url": base_url},
            "schedule": {
                "version": schedule.version,
                "base_url": f"{base_url}/",
                "conference": _conference(published, schedule),
            },
        }
    )


def _conference(published: Published, schedule: Schedule) -> _Object:
    conference = {
        "acronym": schedule.acronym,
        "title": schedule.title,
        "description": schedule.tagline,
        "start": published.event.first_day.isoformat(),
        "end": published.event.last_day.isoformat(),
        "daysCount": len(schedule.days),
        "timeslot_duration": hours_and_minutes(schedule.timeslot),
        "url": f"{schedule.page}/",
        "tracks": [_track(track) for track in schedule.tracks],
        "rooms": [_room(place) for place in schedule.rooms],
        "days": [_day(day) for day in schedule.days],
    }
    if _ZONE.match(published.event.time_zone):
        conference["time_zone_name"] = published.event.time_zone
    return conference


def _track(track: Track) -> _Object:
    slug = {"slug": track.slug} if _SLUG.match(track.slug) else {}
    return {"name": track.name, **slug, "color": track.colour}


def _room(place: Place) -> _Object:
    slug = {"slug": place.slug} if place.slug and _SLUG.match(place.slug) else {}
    return {
        "name": place.name,
        **slug,
        "guid": place.guid,
        "description": place.floor or None,
        "capacity": place.capacity,
    }


def _day(day: Day) -> _Object:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.starts_at.isoformat(),
        "day_end": day.ends_at.isoformat(),
        "rooms": {
            place.name: [_event(event) for event in events] for place, events in day.rooms if events
        },
    }


def _event(event: Event) -> _Object:
    code = {"code": event.code} if event.code else {}
    return {
        "guid": event.guid,
        **code,
        "id": event.number,
        "date": event.starts_at.isoformat(),
        "start": f"{event.starts_at:%H:%M}",
        "end": event.ends_at.isoformat(),
        "duration": hours_and_minutes(event.minutes),
        "room": event.room,
        "slug": event.slug,
        "url": event.url,
        "title": event.title,
        "subtitle": "",
        "track": event.track or None,
        "type": event.kind,
        "language": event.language or None,
        "abstract": event.abstract,
        "description": "",
        "persons": [_person(person) for person in event.persons],
        "links": [{"type": "web", "url": event.online_url}] if event.online_url else [],
    }


def _person(person: Person) -> _Object:
    """Return a person; with ``public_name`` as well, the schema would refuse ``name``."""
    told: _Object = {
        "id": person.number,
        "guid": person.guid,
        "name": person.name,
        "role": person.role.value,
    }
    if person.code:
        told["code"] = person.code
    if person.url:
        told["url"] = person.url
    if person.biography:
        told["biography"] = person.biography
    return told
