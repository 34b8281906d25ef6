"""Writing translations.

Two translators may write two languages of one session at the same time: what was read is
compared with the texts of the one language and with the original, not with the whole thing.
"""

import copy
from collections.abc import Mapping
from typing import Any

from planner.events.models import LabelState, TextState
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, Record, StaleError, recorded
from planner.sessions.models import Session
from planner.sessions.operations import set_text as set_session_text
from planner.speakers.models import Speaker
from planner.speakers.operations import set_text as set_speaker_text
from planner.translating.building import state_subject
from planner.translating.queries import Found, find, states_of
from planner.translating.units import Unit, UnitKind

TRANSLATED = words.action("text.translated", N_("“%(title)s” translated into %(language)s"))
REVIEWED = words.action(
    "text.reviewed", N_("Translation of “%(title)s” into %(language)s reviewed")
)
CONFIRMED = words.action(
    "text.confirmed", N_("Translation of “%(title)s” into %(language)s found still right")
)
REMOVED = words.action("text.removed", N_("Translation of “%(title)s” into %(language)s removed"))
SPEAKER_TRANSLATED = words.action(
    "text.speaker_translated", N_("Texts of %(title)s translated into %(language)s")
)
SPEAKER_REVIEWED = words.action(
    "text.speaker_reviewed", N_("Texts of %(title)s in %(language)s reviewed")
)
SPEAKER_CONFIRMED = words.action(
    "text.speaker_confirmed", N_("Texts of %(title)s in %(language)s found still right")
)
SPEAKER_REMOVED = words.action(
    "text.speaker_removed", N_("Texts of %(title)s in %(language)s removed")
)
_OF_SPEAKERS = {
    TRANSLATED: SPEAKER_TRANSLATED,
    REVIEWED: SPEAKER_REVIEWED,
    CONFIRMED: SPEAKER_CONFIRMED,
    REMOVED: SPEAKER_REMOVED,
}
#: A text of the event may be long; this much of it names it in the journal.
_LONGEST_TITLE = 80


def translate(
    event_id: int,
    user_id: int,
    unit_id: str,
    lang: str,
    *,
    entered: Mapping[str, str],
    shown: Mapping[str, str],
    source: str,
    sees_names: bool,
) -> Entry | None:
    """Give a unit its texts in a language, made from the original as it is today.

    ``entered`` are the texts and the state, as :meth:`Unit.entered` has them; ``shown`` are those
    that were read before, and ``source`` is the digest of the original that was read. Empty
    texts take the translation away. Return the entry of the journal, None when nothing changed.

    :raises GoneError: when there is no such unit any more, or the reader may not know it.
    :raises StaleError: when the original or these texts were changed after they were read.
    """
    with recorded(event_id, user_id, TRANSLATED) as record:
        found = find(event_id, unit_id, sees_names=sees_names)
        if found is None:
            raise GoneError(unit_id)
        _check(found.unit, lang, entered, shown, source)
        record.action = _action(found.unit, lang, entered)
        record.facts["title"] = _title(found)
        record.facts["language"] = words.language(lang)
        _write(record, found, lang, entered)
    return record.entry


def _check(
    unit: Unit, lang: str, entered: Mapping[str, str], shown: Mapping[str, str], source: str
) -> None:
    if lang == unit.original or source != unit.digest:
        raise StaleError(unit.id)
    for name, present in unit.entered(lang).items():
        if present not in (shown.get(name), entered[name]):
            raise StaleError(unit.id)


def _action(unit: Unit, lang: str, entered: Mapping[str, str]) -> str:
    if not _written(unit, entered):
        action = REMOVED
    elif entered == unit.entered(lang) and unit.text(lang):
        action = CONFIRMED
    elif entered["state"] == TextState.REVIEWED:
        action = REVIEWED
    else:
        action = TRANSLATED
    return _OF_SPEAKERS[action] if unit.kind is UnitKind.SPEAKER else action


def _title(found: Found) -> dict[str, Any]:
    """Return what names a unit in the journal; a speaker is a number there."""
    if isinstance(found.thing, Speaker):
        return words.speaker(found.thing.number)
    titles = {
        lang: text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"
        for lang, text in found.unit.title.items()
    }
    return words.texts(titles, found.unit.original)


def _written(unit: Unit, entered: Mapping[str, str]) -> bool:
    return any(entered[part.name] for part in unit.parts)


def _write(record: Record, found: Found, lang: str, entered: Mapping[str, str]) -> None:
    state = TextState(entered["state"])
    match found.thing:
        case Session() as session:
            _write_session(session, found.unit, lang, entered, state)
        case Speaker() as speaker:
            _write_speaker(speaker, found.unit, lang, entered, state)
        case thing:
            _write_labels(thing, found.unit, lang, entered)
            _keep_state(record, found.unit, lang, state if _written(found.unit, entered) else None)


def _write_session(
    session: Session, unit: Unit, lang: str, entered: Mapping[str, str], state: TextState
) -> None:
    if not _written(unit, entered):
        session.texts.pop(lang, None)
        return
    title, abstract = entered["title"], entered["abstract"]
    # A text without a title is none that could be shown.
    state = state if title else TextState.MISSING
    text = set_session_text(session, lang, title=title, abstract=abstract, state=state)
    text.source_digest = unit.digest


def _write_speaker(
    speaker: Speaker, unit: Unit, lang: str, entered: Mapping[str, str], state: TextState
) -> None:
    texts = {part.name: entered[part.name] for part in unit.parts}
    if not any(texts.values()):
        speaker.texts.pop(lang, None)
        return
    text = set_speaker_text(speaker, lang, **texts)
    text.state, text.source_digest = state, unit.digest


def _write_labels(thing: Any, unit: Unit, lang: str, entered: Mapping[str, str]) -> None:
    """Put texts into the maps of a thing; each column gets a new value, which the ORM sees."""
    for part in unit.parts:
        column = str(part.path[0])
        row = {column: copy.deepcopy(getattr(thing, column))}
        held = part.found(row)
        if held is None:
            row[column] = held = {}
        if held.get(lang, "") == entered[part.name]:
            continue
        if entered[part.name]:
            held[lang] = entered[part.name]
        else:
            del held[lang]
        setattr(thing, column, row[column])


def _keep_state(record: Record, unit: Unit, lang: str, state: TextState | None) -> None:
    """Keep how far the translation of a label has come; without a state there is none."""
    subject = state_subject(unit)
    kept = states_of(record.event_id, subject).get((unit.field, lang))
    if state is None:
        if kept is not None:
            record.database.delete(kept)
        return
    if kept is None:
        kept = LabelState(event_id=record.event_id, subject=subject, field=unit.field, lang=lang)
        record.database.add(kept)
    kept.state, kept.source_digest = state, unit.digest
