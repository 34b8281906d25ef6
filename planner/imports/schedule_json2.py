"""Reading schedule.json, version 2 (c3voc's hub): events in one list, rooms and tracks apart."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from planner.imports.hours import moment_of
from planner.imports.source import (
    SourceConference,
    SourceDay,
    SourceEvent,
    SourcePerson,
    SourceTrack,
)
from planner.imports.values import listed, name_in, room_in, table, text, track_in

_Object = dict[str, Any]


def read_version_2(schedule: _Object, conference: _Object) -> SourceConference:
    """Return a schedule whose ``events`` stand in a list of their own."""
    tracks = {_slug(track): track_in(track) for track in listed(conference.get("tracks"))}
    biographies = {
        text(table(person).get("guid")): text(table(person).get("biography"))
        for person in listed(schedule.get("persons"))
    }
    days = tuple(_days(conference))
    return SourceConference(
        title=text(conference.get("title")),
        subtitle=text(conference.get("subtitle")),
        acronym=text(conference.get("acronym")),
        start=text(conference.get("start")),
        end=text(conference.get("end")),
        venue=name_in(conference.get("venue")),
        city=text(conference.get("city")),
        time_zone=text(conference.get("time_zone_name")),
        days=days,
        rooms=tuple(room_in(room) for room in listed(conference.get("rooms"))),
        tracks=tuple(tracks.values()),
        events=tuple(
            _event(event, number, days, tracks, biographies)
            for number, event in enumerate(listed(schedule.get("events")), start=1)
        ),
    )


def _slug(track: object) -> str:
    return text(table(track).get("slug")) or name_in(track)


def _days(conference: _Object) -> Iterable[SourceDay]:
    for day in listed(conference.get("days")):
        entry = table(day)
        yield SourceDay(
            date=text(entry.get("date")),
            start=text(entry.get("start")),
            end=text(entry.get("end")),
        )


def _event(
    event: object,
    number: int,
    days: tuple[SourceDay, ...],
    tracks: dict[str, SourceTrack],
    biographies: dict[str, str],
) -> SourceEvent:
    if not isinstance(event, dict):
        return SourceEvent(number=number, fault="it is not an object")
    if not event:
        return SourceEvent(number=number, fault="it is empty")
    if text(event.get("state")).upper() in {"CANCELED", "CANCELLED", "DRAFT"}:
        return SourceEvent(
            number=number,
            guid=text(event.get("guid")),
            title=text(event.get("title")),
            fault=f"its own file says that it is {text(event.get('state')).lower()}",
        )
    languages = _languages(event)
    room = event.get("room")
    track = event.get("track")
    return SourceEvent(
        number=number,
        day=_day_of(text(event.get("start")), days),
        own_room=None if room is None else name_in(room),
        id=text(event.get("code")) or text(event.get("id")),
        guid=text(event.get("guid")),
        slug=text(event.get("slug")),
        date=text(event.get("start")),
        duration=text(event.get("duration")) or _minutes(event),
        title=_in_language(event.get("title"), languages),
        subtitle=_in_language(event.get("subtitle"), languages),
        abstract=_in_language(event.get("abstract"), languages),
        description=_in_language(event.get("description"), languages),
        type=text(event.get("type")),
        track=tracks.get(_slug(track), track_in(track)).name,
        language=text(event.get("language")),
        persons=tuple(
            _person(table(person), biographies) for person in listed(event.get("participants"))
        ),
        remarks=_untaken(event, languages),
    )


def _day_of(start: str, days: tuple[SourceDay, ...]) -> SourceDay | None:
    """Return the last day that has begun when an event starts."""
    moment = moment_of(start)
    if moment is None or moment.tzinfo is None:
        return None
    begins = ((moment_of(day.start), day) for day in days)
    begun = [day for begin, day in begins if begin and begin.tzinfo and begin <= moment]
    return begun[-1] if begun else None


def _minutes(event: _Object) -> str:
    """Return the length in minutes where a start and an end are given."""
    try:
        start = datetime.fromisoformat(text(event.get("start")))
        end = datetime.fromisoformat(text(event.get("end")))
        return str(round((end - start).total_seconds() / 60))
    except (ValueError, TypeError, OverflowError):  # TypeError: only one of them has an offset
        return ""


def _languages(event: _Object) -> list[str]:
    """Return the languages of the event's title, its own one first."""
    written = list(table(event.get("title")))
    own = text(event.get("language"))
    return sorted(written, key=lambda language: language != own)


def _in_language(value: object, languages: list[str]) -> str:
    texts = table(value)
    return next((text(texts[code]) for code in languages if texts.get(code)), text(value))


def _untaken(event: _Object, languages: list[str]) -> tuple[str, ...]:
    if len(languages) < 2:
        return ()
    return (f"its texts in {', '.join(languages[1:])} were not taken",)


def _person(person: _Object, biographies: dict[str, str]) -> SourcePerson:
    guid = text(person.get("guid"))
    return SourcePerson(
        guid=guid,
        name=text(person.get("name")) or text(person.get("public_name")),
        biography=text(person.get("biography")) or biographies.get(guid, ""),
        role=text(person.get("role")),
    )
