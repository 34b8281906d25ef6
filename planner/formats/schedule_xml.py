"""The programme as schedule.xml, which many programs for visitors of conferences read.

The schema is c3voc's (https://c3voc.de/schedule/schema.xsd). Cancelled sessions are left out: the
format has no status. What else it cannot carry is told in :mod:`planner.formats.schedule`.
"""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from planner import __version__
from planner.formats.schedule import GENERATOR, Schedule, hours_and_minutes
from planner.formats.schedule_parts import Day, Event, Place, Track
from planner.programme.published import Published

#: The longest that the format can tell, in minutes: 99:59.
_LONGEST = 100 * 60 - 1
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+\Z")


def document(published: Published, base_url: str) -> bytes:
    """Return the programme as an XML document in UTF-8; ``base_url`` is the origin of its links.

    The same programme gives the same bytes. A session of more than 99:59 hours is told as that
    long.
    """
    schedule = Schedule(published, base_url)
    root = Element("schedule")
    generator = {"name": GENERATOR, "system": base_url, "version": __version__}
    SubElement(root, "generator", generator)
    _add(root, "url", f"{base_url}/{published.event.slug}/schedule.xml")
    _add(root, "version", schedule.version)
    root.append(_conference(published, schedule))
    root.extend(_day(day) for day in schedule.days)
    indent(root)
    content: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _conference(published: Published, schedule: Schedule) -> Element:
    conference = Element("conference")
    _add(conference, "acronym", schedule.acronym)
    _add(conference, "title", schedule.title)
    _add(conference, "start", published.event.first_day.isoformat())
    _add(conference, "end", published.event.last_day.isoformat())
    _add(conference, "days", str(len(schedule.days)))
    _add(conference, "timeslot_duration", hours_and_minutes(schedule.timeslot))
    _add(conference, "time_zone_name", published.event.time_zone)
    _add(conference, "base_url", f"{schedule.base_url}/")
    _add(conference, "url", f"{schedule.page}/")
    conference.extend(_track(track) for track in schedule.tracks)
    return conference


def _track(track: Track) -> Element:
    element = Element("track", {"name": track.name, "color": track.colour})
    if _TRACK_SLUG.match(track.slug):
        element.set("slug", track.slug)
    element.text = track.name
    return element


def _day(day: Day) -> Element:
    element = Element(
        "day",
        {
            "index": str(day.index),
            "date": day.date.isoformat(),
            "start": day.starts_at.isoformat(),
            "end": day.ends_at.isoformat(),
        },
    )
    element.extend(_room(place, events) for place, events in day.rooms)
    return element


def _room(place: Place, events: tuple[Event, ...]) -> Element:
    element = Element("room", {"name": place.name, "guid": place.guid})
    element.extend(_event(event) for event in events)
    return element


def _event(event: Event) -> Element:
    element = Element("event", {"id": str(event.number), "guid": event.guid})
    if event.code:
        element.set("code", event.code)
    _add(element, "date", event.starts_at.isoformat())
    _add(element, "start", f"{event.starts_at:%H:%M}")
    _add(element, "duration", hours_and_minutes(min(event.minutes, _LONGEST)))
    _add(element, "room", event.room)
    _add(element, "slug", event.slug)
    _add(element, "url", event.url)
    _add(element, "title", event.title)
    _add(element, "subtitle", "")
    _add(element, "track", event.track)
    _add(element, "type", event.kind)
    _add(element, "language", event.language)
    _add(element, "abstract", event.abstract)
    _add(element, "description", "")
    persons = SubElement(element, "persons")
    for person in event.persons:
        attributes = {"id": str(person.number), "guid": person.guid}
        SubElement(persons, "person", attributes).text = person.name
    links = SubElement(element, "links")
    if event.online_url:
        SubElement(links, "link", {"href": event.online_url}).text = event.online_url
    return element
