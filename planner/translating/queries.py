"""Reading what is to be translated, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload

from planner.events.models import Day, Event, LabelState, Room, Theme
from planner.extensions import db
from planner.sessions.models import Session, SessionText, State
from planner.speakers.models import Speaker, SpeakerText
from planner.speakers.naming import is_known
from planner.translating.building import (
    EVENT,
    Labelled,
    States,
    label_units,
    row_of,
    session_unit,
    speaker_unit,
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
    for kind, (model, _key, order) in _LABELLED.items():
        if kind in kinds:
            of_event = select(model).where(model.event_id == event_id).order_by(*order)
            for thing in db.session.scalars(of_event):
                found += label_units(thing, states.get(f"{kind}:{thing.id}", {}), event.languages)
    if UnitKind.EVENT in kinds:
        found += label_units(event, states.get(EVENT, {}), event.languages)
    return [unit for unit in found if unit is not None]


#: Things whose texts are labels: the table, what they are called by, and their order.
_LABELLED: Mapping[UnitKind, tuple[Any, Any, tuple[Any, ...]]] = {
    UnitKind.THEME: (Theme, Theme.slug, (Theme.position, Theme.id)),
    UnitKind.ROOM: (Room, Room.slug, (Room.position, Room.id)),
    UnitKind.DAY: (Day, Day.date, (Day.date,)),
}


@dataclass(frozen=True)
class Found:
    """A unit with the thing that it is of, and the row in which its original stands.

    The row is told by the names and keys that the journal has for it; ``row`` holds the columns
    that the unit is made of.
    """

    unit: Unit
    thing: Session | Speaker | Labelled
    table: str
    key: list[Any]
    row: dict[str, Any]


def find(event_id: int, unit_id: str, *, sees_names: bool) -> Found | None:
    """Return a unit of an event by what it is called in addresses, or None."""
    kind, _, key = unit_id.partition("-")
    if kind == UnitKind.SESSION:
        return _find_session(_event(event_id), key)
    if kind == UnitKind.SPEAKER:
        return _find_speaker(_event(event_id), key, sees_names=sees_names)
    if kind in set(UnitKind):
        return _find_label(_event(event_id), UnitKind(kind), key)
    return None


def _find_session(event: Event, code: str) -> Found | None:
    session = db.session.scalar(
        select(Session)
        .where(Session.event_id == event.id, Session.code == code)
        .options(selectinload(Session.texts))
    )
    if session is None:
        return None
    unit = session_unit(session.id, code, session.original_language, session.texts, event.languages)
    return _with_text(unit, session, "session_text") if unit else None


def _find_speaker(event: Event, code: str, *, sees_names: bool) -> Found | None:
    speaker = db.session.scalar(
        select(Speaker)
        .where(Speaker.event_id == event.id, Speaker.code == code)
        .options(selectinload(Speaker.texts))
    )
    if speaker is None or not is_known(speaker, sees_names=sees_names):
        return None
    unit = speaker_unit(speaker, speaker.texts, event.languages)
    return _with_text(unit, speaker, "speaker_text") if unit else None


def _with_text(unit: Unit, thing: Session | Speaker, table: str) -> Found:
    text = thing.texts[unit.original]
    row = {part.name: getattr(text, part.name) for part in unit.source}
    return Found(unit, thing, table, [thing.id, unit.original], row)


def _find_label(event: Event, kind: UnitKind, key: str) -> Found | None:
    thing = _labelled(event, kind, key)
    if thing is None:
        return None
    subject = EVENT if kind is UnitKind.EVENT else f"{kind}:{thing.id}"
    states = states_of(event.id, subject)
    of_thing = label_units(thing, states, event.languages)
    unit = next((unit for unit in of_thing if unit.key == key), None)
    return Found(unit, thing, kind.value, [thing.id], row_of(thing)) if unit else None


def states_of(event_id: int, subject: str) -> dict[tuple[str, str], LabelState]:
    """Return the states of the labels of one thing, by the key of the unit and language."""
    wanted = (LabelState.event_id == event_id, LabelState.subject == subject)
    return {
        (state.field, state.lang): state
        for state in db.session.scalars(select(LabelState).where(*wanted))
    }


def _labelled(event: Event, kind: UnitKind, key: str) -> Labelled | None:
    if kind is UnitKind.EVENT:
        return event
    model, column, _order = _LABELLED[kind]
    try:
        told = date.fromisoformat(key) if kind is UnitKind.DAY else key
    except ValueError:
        return None
    found: Theme | Room | Day | None = db.session.scalar(
        select(model).where(model.event_id == event.id, column == told)
    )
    return found


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
