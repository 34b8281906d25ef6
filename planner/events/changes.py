"""What a change of dates, hours or languages would do to what is in the plan already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planner.events.forms import DatesForm
from planner.events.hours import Hours, clock_of, hours_of, hours_with, is_within
from planner.events.models import Event
from planner.events.queries import Named, named_digest, placed, texts_in


@dataclass(frozen=True)
class Told:
    """Consequences that somebody must be told of; without any it is false."""

    #: Sessions that would be outside of the event's hours.
    outside: list[Named] = field(default_factory=list)
    #: Languages that would go, with how many sessions have a title in them.
    languages: Mapping[str, int] = field(default_factory=dict)
    digest: str = ""

    def __bool__(self) -> bool:
        return bool(self.outside or self.languages)


def what_dates_change(event: Event, form: DatesForm) -> Told:
    """Return what the dates and languages that were entered would do, in three statements."""
    after = hours_with(event, form.first_day.data, form.last_day.data, form.hours)
    outside = now_outside(event.id, hours_of(event), after)
    gone = [lang for lang in event.languages if lang not in form.languages_of_event.data]
    languages = texts_in(event.id, gone) if gone else {}
    return Told(outside, languages, named_digest(outside, after, gone))


def now_outside(
    event_id: int, before: Mapping[date, Hours], after: Mapping[date, Hours]
) -> list[Named]:
    """Return the sessions that were within the hours of the days, and would not be any more."""
    if before == after:
        return []
    return [
        session
        for session in placed(event_id)
        if session.starts_at is not None
        and is_within(session.starts_at, session.minutes, before)
        and not is_within(session.starts_at, session.minutes, after)
    ]


def date_values(event: Event) -> dict[str, Any]:
    """Return what the form of the dates shows of an event."""
    return {
        "first_day": event.first_day,
        "last_day": event.last_day,
        "day_from": clock_of(event.day_from),
        "day_to": clock_of(event.day_to),
        "time_zone": event.time_zone,
        "languages_of_event": list(event.languages),
        "registration_opens": event.registration_opens,
        "registration_closes": event.registration_closes,
    }


def date_columns(form: DatesForm) -> dict[str, Any]:
    """Return the columns of an event that the form of the dates holds."""
    values = form.entered()
    hours = form.hours
    values["languages"] = values.pop("languages_of_event")
    return {**values, "day_from": hours.begin, "day_to": hours.end}
