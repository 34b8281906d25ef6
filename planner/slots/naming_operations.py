"""Changing how a speaker is named, as they say themselves: towards less at once, in public too."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.events.models import Event
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import lock_plan, recorded_within
from planner.links.operations import used
from planner.removal.history import keep_naming
from planner.removal.operations import is_told, remove_name_within
from planner.removal.sweeping import sweep
from planner.removal.targets import Way
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import set_text
from planner.speakers.texts import FIELDS, keep_digests, original_digest

CHOSEN = words.action("speaker.chose_naming", N_("%(speaker)s chose how they are named"))


@dataclass(frozen=True)
class Chosen:
    """What was done."""

    #: Whether the public may learn less of them than before, or already reads less.
    is_less: bool
    #: Whether their name was taken out of what was published.
    is_removed: bool


def choose_naming(
    speaker_id: int, wished: Visibility, pseudonym: Mapping[str, str], *, instance: Path
) -> Chosen:
    """Let a speaker be named as they wish, and called by this pseudonym, by language.

    Where less of them is to be known, what was published before is rewritten in the same
    transaction, and no entry of the history brings back more. Under a pseudonym only the name goes;
    the pseudonym stands from the next release on.

    ``instance`` is the folder where it is noted what is left to sweep.
    """
    with write_tx() as database:
        speaker = database.get_one(Speaker, speaker_id)
        event = speaker.event
        lock_plan(database, event.id)
        before = speaker.visibility
        facts = {"speaker": words.speaker(speaker.number)}
        last = database.scalar(select(func.max(Entry.id))) or 0
        with recorded_within(database, event.id, None, CHOSEN, facts):
            speaker.chosen_visibility = wished
            speaker.visibility = wished
            _call(speaker, event, pseudonym)
        is_less = before.shows_more_than(wished)
        if is_less:
            keep_naming(database, event.id, speaker_id)
        is_removed = _takes_out(event, speaker, wished)
        if is_removed:
            remove_name_within(
                database,
                event.slug,
                speaker.code,
                Way.WITHHOLD,
                instance=instance,
                with_pseudonym=wished is Visibility.WITHHELD,
            )
            _say_who(database, event.id, last, facts)
    used(speaker_id)
    if is_removed:
        sweep(instance)  # where the database is busy, the timer finishes it
    return Chosen(is_less or is_removed, is_removed)


def _say_who(database: DatabaseSession, event_id: int, last: int, facts: dict[str, Any]) -> None:
    """Let the history say of all that followed that the speaker did it, and no command."""
    followed = select(Entry).where(Entry.event_id == event_id, Entry.id > last)
    for entry in database.scalars(followed):
        entry.facts = {**facts, **entry.facts}


def _takes_out(event: Event, speaker: Speaker, wished: Visibility) -> bool:
    """Tell whether something published says more than the speaker wishes."""
    if wished is Visibility.PUBLIC:
        return False
    return is_told(event, speaker.code, with_pseudonym=wished is Visibility.WITHHELD)


def _call(speaker: Speaker, event: Event, pseudonym: Mapping[str, str]) -> None:
    """Give a speaker their pseudonym, and note what each translation was made from."""
    before = original_digest(speaker)
    changed = set()
    for lang in event.languages:
        text, told = speaker.texts.get(lang), pseudonym.get(lang, "")
        if told == (text.pseudonym if text else ""):
            continue
        changed.add(lang)
        text = set_text(speaker, lang, pseudonym=told)
        if not any(getattr(text, name) for name in FIELDS):
            del speaker.texts[lang]
    after = original_digest(speaker)
    if after != before:
        keep_digests(speaker, before)
    for lang in changed & speaker.texts.keys():
        is_original = lang == speaker.original_language
        speaker.texts[lang].source_digest = None if is_original else after
