"""Reading what is to be translated, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import load_only

from planner.events.models import Day, Event, LabelState, Room, Theme
from planner.extensions import db
from planner.sessions.models import Session, SessionText, State
from planner.speakers.models import Speaker, SpeakerText
from planner.speakers.naming import is_known
from planner.translating.building import (
    EVENT,
    States,
    day_unit,
    event_units,
    room_unit,
    session_unit,
    speaker_unit,
    theme_unit,
)
from planner.translating.units import Counts, Unit, UnitKind, counts

_EVERYTHING = frozenset(UnitKind)


def progress(event_id: int, *, sees_names: bool = False) -> dict[str, Counts]:
    """Return how far the translation into each language of an event has come.

    Speakers whom the reader may not know are left out.
    """
    found = units(event_id, sees_names=sees_names)
    return {lang: counts(found, lang) for lang in _event(event_id).languages}


def units(
    event_id: int, *, sees_names: bool, kinds: Collection[UnitKind] = _EVERYTHING
) -> list[Unit]:
    """Return what there is to be translated, in the order of lists.

    Withdrawn sessions need no translation, and speakers whom the reader may not know have none
    that the reader may see.
    """
    event = _event(event_id)
    found: list[Unit | None] = []
    states: Mapping[str, States] = {}
    if set(kinds) - {UnitKind.SESSION, UnitKind.SPEAKER}:
        states = _states(event_id)
    if UnitKind.SESSION in kinds:
        found += _sessions(event)
    if UnitKind.SPEAKER in kinds:
        found += _speakers(event, sees_names=sees_names)
    if UnitKind.THEME in kinds:
        found += [
            theme_unit(theme, states.get(f"theme:{theme.id}", {}), event.languages)
            for theme in db.session.scalars(
                select(Theme).where(Theme.event_id == event_id).order_by(Theme.position, Theme.id)
            )
        ]
    if UnitKind.ROOM in kinds:
        found += [
            room_unit(room, states.get(f"room:{room.id}", {}), event.languages)
            for room in db.session.scalars(
                select(Room).where(Room.event_id == event_id).order_by(Room.position, Room.id)
            )
        ]
    if UnitKind.DAY in kinds:
        found += [
            day_unit(day, states.get(f"day:{day.id}", {}), event.languages)
            for day in db.session.scalars(
                select(Day).where(Day.event_id == event_id).order_by(Day.date)
            )
        ]
    if UnitKind.EVENT in kinds:
        found += event_units(event, states.get(EVENT, {}))
    return [unit for unit in found if unit is not None]


def _event(event_id: int) -> Event:
    return db.session.get_one(Event, event_id)


def _states(event_id: int) -> dict[str, dict[tuple[str, str], LabelState]]:
    found: dict[str, dict[tuple[str, str], LabelState]] = defaultdict(dict)
    for state in db.session.scalars(select(LabelState).where(LabelState.event_id == event_id)):
        found[state.subject][state.field, state.lang] = state
    return found


def _sessions(event: Event) -> list[Unit | None]:
    wanted = (Session.event_id == event.id, Session.state != State.WITHDRAWN)
    texts = _by_owner(
        select(
            SessionText.session_id,
            SessionText.lang,
            SessionText.title,
            SessionText.abstract,
            SessionText.state,
            SessionText.source_digest,
        )
        .join(Session, Session.id == SessionText.session_id)
        .where(*wanted)
    )
    rows = db.session.execute(
        select(Session.id, Session.code, Session.original_language)
        .where(*wanted)
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.code)
    )
    return [
        session_unit(number, code, original, texts.get(number, {}), event.languages)
        for number, code, original in rows
    ]


def _speakers(event: Event, *, sees_names: bool) -> list[Unit | None]:
    texts = _by_owner(
        select(
            SpeakerText.speaker_id,
            SpeakerText.lang,
            SpeakerText.display_name,
            SpeakerText.pseudonym,
            SpeakerText.organisation,
            SpeakerText.biography,
            SpeakerText.state,
            SpeakerText.source_digest,
        )
        .join(Speaker, Speaker.id == SpeakerText.speaker_id)
        .where(Speaker.event_id == event.id)
    )
    speakers = db.session.scalars(
        select(Speaker)
        .where(Speaker.event_id == event.id)
        .options(load_only(Speaker.code, Speaker.visibility, Speaker.original_language))
        .order_by(Speaker.number)
    )
    return [
        speaker_unit(speaker, texts.get(speaker.id, {}), event.languages)
        for speaker in speakers
        if is_known(speaker, sees_names=sees_names)
    ]


def _by_owner(statement: Any) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in db.session.execute(statement):
        found[row[0]][row.lang] = row
    return found
