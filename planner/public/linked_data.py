"""What search engines read of an event and of a session (schema.org, JSON-LD 1.1)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.formats.time_zones import in_zone, later
from planner.lib.markup import plain_of
from planner.lib.text import clean_line
from planner.programme.document import Session
from planner.programme.published import Published
from planner.programme.vocabulary import Change, Status
from planner.public.layout import reader, web_address

_Object = dict[str, Any]
_CONTEXT = "https://schema.org"
_MOVED = {Change.MOVED, Change.LENGTH}
#: More of a text than this helps nobody in a list of results.
_LONGEST_TEXT = 500


def of_event(published: Published, lang: str, base_url: str) -> _Object:
    """Return an event, in the reader's language, with absolute addresses."""
    event, local = published.event, reader(lang, published)
    supporters = [local(each.name).value for each in event.partners]
    return _told(
        {
            "@context": _CONTEXT,
            "@type": "Event",
            "@id": f"{base_url}/{event.slug}/",
            "url": f"{base_url}/{lang}/{event.slug}/",
            "name": local(event.name).value,
            "description": local(event.tagline).value,
            "startDate": event.first_day.isoformat(),
            "endDate": event.last_day.isoformat(),
            "eventStatus": f"{_CONTEXT}/EventScheduled",
            "inLanguage": list(event.languages),
            "location": _venue(published, lang),
            "organizer": [{"@type": "Organization", "name": name} for name in supporters if name],
        }
    )


def of_session(published: Published, session: Session, lang: str, base_url: str) -> _Object:
    """Return a session, in the reader's language, with absolute addresses.

    Only people who are named in the programme are in it.
    """
    event, local = published.event, reader(lang, published)
    zone = ZoneInfo(event.time_zone)
    start = in_zone(session.starts_at, zone)
    title = local(session.title, session.original_language).value
    online = web_address(session.online_url)
    mode = "MixedEventAttendanceMode" if online else "OfflineEventAttendanceMode"
    abstract = plain_of(local(session.abstract, session.original_language).value)
    return _told(
        {
            "@context": _CONTEXT,
            "@type": "Event",
            "@id": f"{base_url}/{event.slug}/#session-{session.code}",
            "url": f"{base_url}/{lang}/{event.slug}/sessions/{session.code}",
            "name": title or session.code,
            "description": clean_line(abstract)[:_LONGEST_TEXT],
            "startDate": start.isoformat(),
            "endDate": later(start, session.minutes).isoformat(),
            "previousStartDate": _former_start(session, zone),
            "eventStatus": f"{_CONTEXT}/{_status(session)}",
            "eventAttendanceMode": f"{_CONTEXT}/{mode}",
            "inLanguage": list(session.spoken_languages),
            "location": _room(published, session, lang),
            "performer": _people(published, session, lang),
            "superEvent": {
                "@type": "Event",
                "@id": f"{base_url}/{event.slug}/",
                "url": f"{base_url}/{lang}/{event.slug}/",
                "name": local(event.name).value,
                "startDate": event.first_day.isoformat(),
                "endDate": event.last_day.isoformat(),
                "location": _venue(published, lang),
            },
        }
    )


def _told(thing: _Object) -> _Object:
    """Return a thing without what nothing is known of."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def _status(session: Session) -> str:
    if session.status is Status.CANCELLED:
        return "EventCancelled"
    moved = session.formerly and not _MOVED.isdisjoint(session.changes)
    return "EventRescheduled" if moved else "EventScheduled"


def _former_start(session: Session, zone: ZoneInfo) -> str | None:
    """Return when a session would have begun that begins at another hour now."""
    before: datetime | None = session.formerly.starts_at if session.formerly else None
    if before is None or before == session.starts_at:
        return None
    return in_zone(before, zone).isoformat()


def _venue(published: Published, lang: str) -> _Object:
    event, local = published.event, reader(lang, published)
    place = _told(
        {
            "@type": "Place",
            "name": local(event.venue_name).value,
            "address": local(event.venue_address).value,
        }
    )
    if event.latitude is not None and event.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": event.latitude,
            "longitude": event.longitude,
        }
    return place if len(place) > 1 else {}


def _room(published: Published, session: Session, lang: str) -> _Object:
    """Return the room within the venue, or the venue."""
    venue = _venue(published, lang)
    room = published.room_by_slug.get(session.room or "")
    if room is None or session.across_rooms:
        return venue
    name = reader(lang, published)(room.name).value
    return _told({"@type": "Place", "name": name, "containedInPlace": venue}) if name else venue


def _people(published: Published, session: Session, lang: str) -> list[_Object]:
    local = reader(lang, published)
    speakers = (published.speaker_by_code.get(person.speaker or "") for person in session.people)
    return [
        _told(
            {
                "@type": "Person",
                "name": local(speaker.name).value,
                "affiliation": local(speaker.organisation).value,
            }
        )
        for speaker in speakers
        if speaker
    ]
