"""Entering and changing speakers in the desk; every change is journaled whole.

Facts of the journal hold the number of a speaker and never a name.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.entering.fields import kept_order
from planner.entering.speakers.hours import interval_of, rows_of
from planner.events.hours import hours_of
from planner.events.models import Event, TextState
from planner.extensions import db
from planner.i18n.labels import N_
from planner.interpreting.models import Turn
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, check_version, recorded
from planner.lib.clock import now
from planner.programme.document import decode
from planner.releases.models import Release
from planner.sessions.models import SessionSpeaker
from planner.speakers.models import Availability, Speaker, Visibility
from planner.speakers.operations import add_speaker, next_number, set_text
from planner.speakers.photos import forsaken, let_go
from planner.speakers.texts import FIELDS, keep_digests, original_digest

ADDED = words.action("speaker.added", N_("Speaker added: %(speaker)s"))
CHANGED = words.action("speaker.changed", N_("Speaker changed: %(speaker)s"))
PICTURED = words.action("speaker.photo", N_("Photo of %(speaker)s changed"))
UNPICTURED = words.action("speaker.photo_removed", N_("Photo of %(speaker)s taken out"))
DELETED = words.action("speaker.deleted", N_("Speaker deleted: %(speaker)s"))
#: What tells of uploads that something else than speakers and programmes names.
NAMED_ELSEWHERE: list[Callable[[], set[str]]] = []


def create_speaker(event_id: int, user_id: int, values: Mapping[str, Any]) -> str:
    """Add a speaker with what the form says, and return their code."""
    with recorded(event_id, user_id, ADDED) as record:
        event = record.database.get_one(Event, event_id)
        speaker = add_speaker(event, number=next_number(event))
        record.database.flush()
        _fill(speaker, values, fits=())
        record.facts["speaker"] = words.speaker(speaker.number)
        return speaker.code


def update_speaker(
    event_id: int,
    user_id: int,
    code: str,
    values: Mapping[str, Any],
    *,
    version: int | None,
    fits: Collection[str] = (),
    overrules: bool = False,
) -> Entry | None:
    """Make a speaker what the form says; a form for who may not know them holds less.

    ``fits`` are languages whose texts still fit the original; ``overrules`` is whether they asked
    that more is known of them than they chose themselves.

    :raises GoneError: when they are gone.
    :raises StaleError: when they are not of this version any more.
    """
    with recorded(event_id, user_id, CHANGED) as record:
        speaker = _speaker(record.database, event_id, code)
        check_version(speaker, version)
        if "display_name" in values:
            if overrules:
                speaker.chosen_visibility = None
            _fill(speaker, values, fits=fits)
        else:
            _fill_unnamed(speaker, values)
        record.facts["speaker"] = words.speaker(speaker.number)
    return record.entry


def change_photo(
    event_id: int, user_id: int, code: str, photo: str | None, folder: Path
) -> Entry | None:
    """Give a speaker a photo among the uploads, by its name there, or none.

    The one of before stays for a while, so that one can undo it; what nobody has named for thirty
    days is swept out.

    :raises GoneError: when they are gone.
    """
    with recorded(event_id, user_id, PICTURED if photo else UNPICTURED) as record:
        speaker = _speaker(record.database, event_id, code)
        former, speaker.photo = speaker.photo, photo
        record.facts["speaker"] = words.speaker(speaker.number)
    if former:
        let_go(folder, former, now())
    sweep_photos(folder)
    return record.entry


def sweep_photos(folder: Path) -> int:
    """Delete uploads that no speaker and no public programme has named for thirty days.

    Called after each upload. Return how many they were.
    """
    if not forsaken(folder, (), now()):
        return 0
    named = set(db.session.scalars(select(Speaker.photo).where(Speaker.photo.is_not(None))))
    last = select(Release.event_id, Release.document).order_by(Release.number)
    current = {row.event_id: row.document for row in db.session.execute(last)}
    for document in current.values():
        named |= {speaker.photo for speaker in decode(document).speakers if speaker.photo}
    for others in NAMED_ELSEWHERE:
        named |= others()
    gone = forsaken(folder, {name for name in named if name}, now())
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def delete_speaker(event_id: int, user_id: int, code: str) -> Entry | None:
    """Delete a speaker with their texts, their free hours, and their parts in sessions.

    :raises GoneError: when they are gone already.
    """
    with recorded(event_id, user_id, DELETED) as record:
        speaker = _speaker(record.database, event_id, code)
        record.facts["speaker"] = words.speaker(speaker.number)
        parts = select(SessionSpeaker).where(SessionSpeaker.speaker_id == speaker.id)
        for part in record.database.scalars(parts).all():
            record.database.delete(part)
        turns = select(Turn).where(Turn.speaker_id == speaker.id)
        for turn in record.database.scalars(turns).all():
            record.database.delete(turn)
        record.database.delete(speaker)
    return record.entry


def _fill(speaker: Speaker, values: Mapping[str, Any], *, fits: Collection[str]) -> None:
    _fill_unnamed(speaker, values)
    speaker.email = values["email"] or None
    speaker.visibility = Visibility(values["visibility"])
    speaker.remark = values["remark"]
    _fill_texts(speaker, values, fits)


def _fill_texts(speaker: Speaker, values: Mapping[str, Any], fits: Collection[str]) -> None:
    """Write the texts, and note what each translation was made from."""
    before = original_digest(speaker)
    translated = set(fits)
    for lang in speaker.event.languages:
        told = {name: values[name].get(lang, "") for name in FIELDS}
        text = speaker.texts.get(lang)
        if not any(told.values()):
            speaker.texts.pop(lang, None)
            continue
        is_new = text is None or told != {name: getattr(text, name) or "" for name in FIELDS}
        state = TextState(values["text_state"].get(lang) or TextState.DRAFT)
        if is_new and state is TextState.MACHINE and text and text.state is state:
            state = TextState.DRAFT  # a machine's text that somebody mended
        if is_new or (state is TextState.REVIEWED and text and text.state is not state):
            translated.add(lang)
        set_text(speaker, lang, **told).state = state
    if speaker.original_language != values["original_language"]:
        if speaker.original_language is not None:
            for text in speaker.texts.values():
                text.source_digest = None
        speaker.original_language = values["original_language"]
        before = before or original_digest(speaker)
    after = original_digest(speaker)
    if after != before:
        keep_digests(speaker, before)
    for lang in translated & speaker.texts.keys():
        is_original = lang == speaker.original_language
        speaker.texts[lang].source_digest = None if is_original else after


def _fill_unnamed(speaker: Speaker, values: Mapping[str, Any]) -> None:
    speaker.spoken_languages = kept_order(values["spoken_languages"], speaker.spoken_languages)
    _fill_free(speaker, values["free"])


def _fill_free(speaker: Speaker, told: Iterable[Mapping[str, str]]) -> None:
    """Make a speaker free as rows say; spans whose rows are all there stay as they are."""
    hours = hours_of(speaker.event)
    rows = [dict(row) for row in told]
    for span in list(speaker.free):
        own = rows_of([(span.starts_at, span.ends_at)], hours)
        if all(row in rows for row in own):
            for row in own:
                rows.remove(row)
        else:
            speaker.free.remove(span)
    wanted = {interval for row in rows if (interval := interval_of(row, hours))}
    for starts_at, ends_at in sorted(wanted):
        speaker.free.append(Availability(starts_at=starts_at, ends_at=ends_at))


def _speaker(database: DatabaseSession, event_id: int, code: str) -> Speaker:
    speaker = database.scalar(
        select(Speaker).where(Speaker.event_id == event_id, Speaker.code == code)
    )
    if speaker is None:
        raise GoneError(code)
    return speaker
