"""Making and changing speakers. Callers hold a write transaction."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import object_session

from planner.events.models import Event
from planner.events.operations import unused_code
from planner.journal.models import Entry, Row
from planner.speakers.models import Speaker, SpeakerText, Visibility


def add_speaker(
    event: Event,
    *,
    code: str | None = None,
    number: int | None = None,
    visibility: Visibility = Visibility.WITHHELD,
    **fields: Any,
) -> Speaker:
    """Add a speaker; ``fields`` are other columns of :class:`planner.speakers.models.Speaker`."""
    speaker = Speaker(
        code=code or unused_code(event, Speaker.code),
        number=number or max((other.number for other in event.speakers), default=0) + 1,
        visibility=visibility,
        **fields,
    )
    event.speakers.append(speaker)
    return speaker


def next_number(event: Event) -> int:
    """Return the number of the next speaker of an event, which nobody ever had.

    The journal tells of those who are gone by their numbers.
    """
    database = object_session(event)
    if database is None:
        raise ValueError("the event is in no session")
    present = database.scalar(select(func.max(Speaker.number)).where(Speaker.event_id == event.id))
    gone = database.scalars(
        select(Row.before)
        .join(Row.entry)
        .where(Entry.event_id == event.id, Row.table == Speaker.__tablename__, Row.after.is_(None))
    )
    numbers = [int(before["number"]) for before in gone if before and before.get("number")]
    return max([present or 0, *numbers]) + 1


def set_text(speaker: Speaker, lang: str, **fields: str) -> SpeakerText:
    """Give a speaker texts in one language.

    ``fields`` are ``display_name``, ``pseudonym``, ``organisation`` and ``biography``; those
    left out stay as they are.
    """
    text = speaker.texts.get(lang)
    if text is None:
        text = speaker.texts[lang] = SpeakerText(lang=lang)
    for name, value in fields.items():
        setattr(text, name, value)
    return text
