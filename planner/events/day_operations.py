"""Changing the days of an event: their names and hours, and which there are."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from planner.events.hours import Hours, day_of, hours_of
from planner.events.models import Day, Event
from planner.events.operations import forget_states, locked_event
from planner.events.queries import Named, named_digest, placed
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, Record, StaleError, recorded

CHANGED = words.action("day.changed", N_("Day “%(day)s” changed"))
ADDED = words.action("day.added", N_("Day “%(day)s” added"))
REMOVED = words.action("day.removed", N_("Day “%(day)s” taken out"))


class OnlyDayError(Exception):
    """The event has no other day."""


def change_day(
    event_id: int,
    user_id: int,
    day: date,
    *,
    version: int | None,
    name: Mapping[str, str],
    hours: Hours,
) -> Entry | None:
    """Give a day a name and hours of its own; with neither it is a day like all others.

    ``version`` is None where the day had neither.

    :raises StaleError: when somebody else changed the day meanwhile.
    :raises GoneError: when the event has no such day any more.
    """
    with recorded(event_id, user_id, CHANGED, {"day": words.day(day)}) as record:
        event = locked_event(record)
        if not event.first_day <= day <= event.last_day:
            raise GoneError(f"day {day}")
        own = own_day(event, day)
        if (own.version if own else None) != version:
            raise StaleError("Day")
        usual = not name and hours == Hours(event.day_from, event.day_to)
        values: dict[str, Any] = {
            "name": dict(name),
            "day_from": hours.begin,
            "day_to": hours.end,
        }
        if own is None and not usual:
            event.days.append(Day(date=day, **values))
        elif own is not None and usual:
            _remove(record, own)
        elif own is not None:
            for column, value in values.items():
                setattr(own, column, value)
    return record.entry


def add_day(event_id: int, user_id: int, *, before: bool) -> date:
    """Let an event begin a day earlier, or end a day later; return the new day.

    :raises GoneError: when there is no such event any more.
    """
    with recorded(event_id, user_id, ADDED) as record:
        event = locked_event(record)
        if before:
            event.first_day -= timedelta(days=1)
        else:
            event.last_day += timedelta(days=1)
        new = event.first_day if before else event.last_day
        record.facts["day"] = words.day(new)
    return new


def remove_day(event_id: int, user_id: int, day: date, *, named: str) -> Entry | None:
    """Take out the first or the last day. What is placed there stays, outside of the event.

    ``named`` is what :func:`planner.events.queries.named_digest` says of the sessions there.

    :raises OnlyDayError: when the event has no other day.
    :raises StaleError: when other sessions are placed there by now.
    :raises GoneError: when it is neither the first nor the last day any more.
    """
    with recorded(event_id, user_id, REMOVED, {"day": words.day(day)}) as record:
        event = locked_event(record)
        if day not in (event.first_day, event.last_day):
            raise GoneError(f"day {day}")
        if event.first_day == event.last_day:
            raise OnlyDayError
        if named_digest(placed_on(event, day)) != named:
            raise StaleError("Day")
        own = own_day(event, day)
        if own is not None:
            _remove(record, own)
        if day == event.first_day:
            event.first_day += timedelta(days=1)
        else:
            event.last_day -= timedelta(days=1)
    return record.entry


def _remove(record: Record, own: Day) -> None:
    forget_states(record.database, record.event_id, f"day:{own.id}")
    own.event.days.remove(own)


def own_day(event: Event, day: date) -> Day | None:
    """Return what is a day's own, or None where it is like all others."""
    return next((own for own in event.days if own.date == day), None)


def placed_on(event: Event, day: date) -> list[Named]:
    """Return the sessions that are placed on a day, in three statements."""
    hours = hours_of(event)
    return [
        session
        for session in placed(event.id)
        if session.starts_at is not None and day_of(session.starts_at, hours) == day
    ]
