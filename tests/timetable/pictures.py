"""Plans as rules see them, made without a database: an Arabic and Kurdish event of three days."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Answer, State
from planner.speakers.models import Visibility
from planner.timetable.conflicts import conflicts
from planner.timetable.models import Relation
from planner.timetable.parts import (
    Cast,
    Constraint,
    Interval,
    Limits,
    Name,
    Person,
    Room,
    Session,
    Speaker,
    Theme,
    day_with_hours,
    joined,
)
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict
from planner.timetable.wording import described

FIRST = date(2017, 1, 18)
LIMITS = Limits(
    changeover=10, site_changeover=30, sessions_a_day=4, interpreter_a_day=240, interpreter_alone=30
)
THEMES = {"water": {"ar": "الماء", "ckb": "ئاو"}, "women": {"ar": "النساء", "ckb": "ژنان"}}
ROOMS: Mapping[str, dict[str, Any]] = {
    "tigris": {"name": {"ar": "قاعة دجلة"}, "capacity": 220, "step_free": True},
    "zagros": {"name": {"ckb": "ژووری زاگرۆس"}, "booths": 1, "step_free": True},
    "orchard": {"name": {"ar": "البستان"}, "site": "garden", "capacity": 40},
}


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """Return an hour of the event by its wall clock; it may pass 24."""
    midnight = datetime.combine(FIRST, datetime.min.time())
    return midnight + timedelta(days=days, hours=hour, minutes=minute)


def session(
    code: str,
    starts_at: datetime | None = None,
    room: str | None = None,
    *people: int | tuple[int, Role] | Person,
    **fields: Any,
) -> Session:
    """Return a panel of an hour; people are speakers' ids, with roles if need be."""
    values: dict[str, Any] = {
        "id": sum(code.encode()),
        "kind": Kind.PANEL,
        "theme": None,
        "minutes": 60,
        "across_rooms": False,
        "spoken_languages": (),
        "interpreted_languages": (),
        "original_language": "ar",
        "audience": None,
        "state": State.CONFIRMED,
        "pinned": False,
        "needs_step_free": False,
        "version": 1,
        "titles": {"ar": f"جلسة {code}", "ckb": f"دانیشتنی {code}"},
        "text_states": {},
        **fields,
    }
    cast = Cast(tuple(_person(person) for person in people))
    return Session(code=code, starts_at=starts_at, room=room, cast=cast, **values)


def _person(told: int | tuple[int, Role] | Person) -> Person:
    if isinstance(told, Person):
        return told
    speaker_id, role = (told, Role.SPEAKER) if isinstance(told, int) else told
    return Person(speaker_id, role, Answer.CONFIRMED)


def interpreter(speaker_id: int) -> tuple[int, Role]:
    """Return somebody who interprets."""
    return speaker_id, Role.INTERPRETER


def speaker(
    speaker_id: int, name: str = "سيدوري", *free: Interval, languages: Iterable[str] = ()
) -> Speaker:
    """Return a public speaker with the number of the id."""
    return Speaker(
        id=speaker_id,
        code=f"S{speaker_id}",
        number=speaker_id,
        visibility=Visibility.PUBLIC,
        spoken_languages=tuple(languages),
        original_language="ar",
        texts={"ar": Name(name)},
        free=joined(free),
    )


def withheld(person: Speaker) -> Speaker:
    """Return somebody whom only those may know who see names."""
    return replace(person, visibility=Visibility.WITHHELD)


def room(slug: str, **fields: Any) -> Room:
    """Return a room of the event, with other fields if need be."""
    values: dict[str, Any] = {
        "name": {},
        "site": "",
        "capacity": None,
        "booths": 0,
        "step_free": False,
        "opens": None,
        "closes": None,
        **ROOMS.get(slug, {}),
        **fields,
    }
    return Room(id=sum(slug.encode()), slug=slug, **values)


def asked(relation: Relation, first: str, second: str) -> Constraint:
    """Return what organizers ask of two sessions."""
    return Constraint(sum((first + second).encode()), relation, first, second)


def plan(*sessions: Session, **fields: Any) -> Plan:
    """Return the plan of an event from 8 to 20 o'clock, with all rooms and the people needed."""
    needed = {person.speaker_id for item in sessions for person in item.people}
    values: dict[str, Any] = {
        "event_id": 1,
        "slug": "river-days",
        "languages": ("ar", "ckb"),
        "day_from": 8 * 60,
        "day_to": 20 * 60,
        "limits": LIMITS,
        "days": tuple(
            day_with_hours(FIRST + timedelta(days=days), 8 * 60, 20 * 60) for days in range(3)
        ),
        "rooms": tuple(room(slug) for slug in ROOMS),
        "themes": tuple(
            Theme(number, slug, name, "reed") for number, (slug, name) in enumerate(THEMES.items())
        ),
        "speakers": (),
        "constraints": (),
        **fields,
    }
    known = {person.id for person in values["speakers"]}
    values["speakers"] += tuple(speaker(number) for number in sorted(needed - known))
    return Plan(sessions=sessions, **values)


def found(picture: Plan, rule: str) -> list[Conflict]:
    """Return the conflicts of one rule."""
    return [conflict for conflict in conflicts(picture) if conflict.rule == rule]


def only(picture: Plan, rule: str) -> Conflict:
    """Return the one conflict of a rule.

    :raises ValueError: when there are none or several.
    """
    (conflict,) = found(picture, rule)
    return conflict


def said(picture: Plan, rule: str, *, sees_names: bool = True) -> str:
    """Return what the one conflict of a rule says in English, without markup."""
    words = described(only(picture, rule), picture, "en", sees_names=sees_names)
    return words.striptags()
