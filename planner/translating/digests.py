"""Noting from what translations were made, whoever changes a text and however.

Forms, imports and commands change originals without a thought for translations. So whenever the
ORM is about to send a changed text, it is noted what the translations beside it were made from:

* when an original changes, of each translation that lacks it: the original as it was;
* when a translation changes, and one knows what it was made from: the original as it is now. The
  translation of a label is a draft again then.

Who notes something themselves in the same change is not spoken over.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import Event, LabelState, TextState
from planner.sessions.models import Session, SessionText
from planner.speakers.models import Speaker, SpeakerText
from planner.speakers.texts import FIELDS
from planner.translating.building import (
    COLUMNS,
    Label,
    Labelled,
    States,
    label_texts,
    labels_of,
    row_of,
    state_subject,
)
from planner.translating.places import former_labels, move_states
from planner.translating.queries import states_of
from planner.translating.units import Text, digest_of, original_of

_SESSION_FIELDS = ("title", "abstract")


def watch() -> None:
    """Begin to watch sessions of the database; called once.

    What is noted must be there before the journal looks at what changed.
    """
    if not event.contains(DatabaseSession, "before_flush", _before_flush):
        event.listen(DatabaseSession, "before_flush", _before_flush, insert=True)


def _before_flush(database: DatabaseSession, *_: object) -> None:
    with database.no_autoflush:
        changed = [thing for thing in database.dirty if database.is_modified(thing)]
        for owner, fields in _owners(database, changed):
            _note_texts(owner, fields)
        for thing in changed:
            if isinstance(thing, Labelled):
                _note_labels(database, thing)


def _owners(
    database: DatabaseSession, changed: Iterable[object]
) -> Iterator[tuple[Session | Speaker, tuple[str, ...]]]:
    """Yield the sessions and speakers of which a text has changed, each once."""
    sessions = {text.session_id for text in changed if isinstance(text, SessionText)}
    speakers = {text.speaker_id for text in changed if isinstance(text, SpeakerText)}
    for number in sorted(sessions):
        yield database.get_one(Session, number), _SESSION_FIELDS
    for number in sorted(speakers):
        yield database.get_one(Speaker, number), FIELDS


def _note_texts(owner: Session | Speaker, fields: tuple[str, ...]) -> None:
    texts: Mapping[str, Any] = owner.texts
    was = {
        lang: Text({name: _before(text, name) for name in fields}, text.state, text.source_digest)
        for lang, text in texts.items()
    }
    original = original_of(was, owner.event.languages, owner.original_language)
    if original is None:
        return
    before = digest_of(was[original].values.values())
    after = digest_of(getattr(texts[original], name) or "" for name in fields)
    for lang, text in texts.items():
        if lang == original or _has_changed(text, "source_digest"):
            continue
        if any(_has_changed(text, name) for name in fields):
            if text.source_digest is not None:
                text.source_digest = after
        elif text.source_digest is None and before != after and was[lang]:
            text.source_digest = before


def _note_labels(database: DatabaseSession, thing: Labelled) -> None:
    if not any(_has_changed(thing, column) for column in COLUMNS[type(thing)]):
        return
    of_event = thing if isinstance(thing, Event) else thing.event
    now = row_of(thing)
    was = {column: _before(thing, column) for column in now}
    labels = list(labels_of(thing, now))
    former = former_labels(labels, now, labels_of(thing, was), was)
    states = states_of(of_event.id, state_subject(labels[0]))
    said = {key for key, state in states.items() if inspect(state).modified}
    before = {field: label_texts(label, was, states) for field, label in former.items()}
    states = move_states(database, states, former)
    for label in labels:
        if label.field in before:
            after = label_texts(label, now, states)
            noted = _noted(
                label, before[label.field], after, states=states, said=said, of_event=of_event
            )
            database.add_all(noted)


def _noted(
    label: Label,
    before: Mapping[str, Text],
    after: Mapping[str, Text],
    *,
    states: States,
    said: Collection[tuple[str, str]],
    of_event: Event,
) -> Iterator[LabelState]:
    """Note what the translations of one unit were made from; yield states that are new.

    ``said`` are the states that somebody noted themselves.
    """
    original = original_of(before, of_event.languages)
    if original is None or original not in after:
        return
    old, new = (digest_of(told[original].values.values()) for told in (before, after))
    for lang, text in after.items():
        state = states.get((label.field, lang))
        if lang == original or lang not in before or not text or (label.field, lang) in said:
            continue
        if text.values != before[lang].values:
            if state is not None:
                state.state, state.source_digest = TextState.DRAFT, new
        elif old != new and state is None:
            yield LabelState(
                event_id=of_event.id,
                subject=state_subject(label),
                field=label.field,
                lang=lang,
                state=TextState.DRAFT,
                source_digest=old,
            )
        elif old != new and state is not None and state.source_digest is None:
            state.source_digest = old


def _has_changed(thing: Any, name: str) -> bool:
    return bool(inspect(thing).attrs[name].history.has_changes())


def _before(thing: Any, name: str) -> Any:
    """Return what the database holds for an attribute that may have been changed since."""
    if inspect(thing).pending:
        return ""
    history = inspect(thing).attrs[name].history
    return history.deleted[0] if history.deleted else getattr(thing, name)
