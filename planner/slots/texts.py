"""What speakers write of themselves and of their sessions, as plain values, and into the plan.

Values are by field and language, ``{"biography": {"ar": "…"}}``; languages that somebody speaks,
and their photo, stand without one. What differs from the plan is kept in the same form.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from planner.entering.fields import in_order, kept_order
from planner.events.models import TextState
from planner.programme.vocabulary import Role
from planner.sessions import texts as session_originals
from planner.sessions.models import Session, State
from planner.sessions.operations import set_text as set_session_text
from planner.speakers import texts as speaker_originals
from planner.speakers.models import Speaker
from planner.speakers.operations import set_text as set_speaker_text

SPEAKER_FIELDS = ("display_name", "organisation", "biography")
SESSION_FIELDS = ("title", "abstract")
#: Fields that stand without a language, as they are when there is nothing.
WHOLE: Mapping[str, Any] = {"spoken_languages": [], "photo": None}
#: Who speaks in a session says what it is called; who serves it may propose.
_AUTHORS = frozenset({Role.SPEAKER, Role.FACILITATOR, Role.PERFORMER})

Values = dict[str, Any]


def values_of(thing: Speaker | Session) -> Values:
    """Return the texts of a speaker or session as the plan has them, in the event's languages."""
    fields = SPEAKER_FIELDS if isinstance(thing, Speaker) else SESSION_FIELDS
    texts: Mapping[str, Any] = thing.texts
    found: Values = {
        name: {
            lang: told
            for lang in thing.event.languages
            if lang in texts and (told := getattr(texts[lang], name) or "")
        }
        for name in fields
    }
    if isinstance(thing, Speaker):
        found["spoken_languages"] = in_order(thing.spoken_languages, thing.event)
        found["photo"] = thing.photo
    return found


def differences(now: Values, wanted: Values) -> tuple[Values, Values]:
    """Return in what two values differ: as it is now, and as it should be."""
    base: Values = {}
    content: Values = {}
    for name, told in wanted.items():
        present = now.get(name)
        if name in WHOLE:
            if told != present:
                base[name], content[name] = present, told
            continue
        for lang in dict.fromkeys([*(present or {}), *told]):
            before, after = (present or {}).get(lang, ""), told.get(lang, "")
            if before != after:
                base.setdefault(name, {})[lang] = before
                content.setdefault(name, {})[lang] = after
    return base, content


def joined(now: Values, content: Values) -> Values:
    """Return values in which what differs is as it should be."""
    return {
        name: content.get(name, told) if name in WHOLE else {**told, **content.get(name, {})}
        for name, told in now.items()
    }


def together(one: Values, other: Values) -> Values:
    """Return all parts of two values that have none in common."""
    return {
        name: told if name in WHOLE else {**one.get(name, {}), **told}
        for name, told in {**one, **other}.items()
    }


def parts(content: Values) -> Iterable[tuple[str, str]]:
    """Yield each field with its language, which is empty where it stands without one."""
    for name, told in content.items():
        if name in WHOLE:
            yield name, ""
        else:
            yield from ((name, lang) for lang in told)


def part_of(values: Values, name: str, lang: str) -> Any:
    """Return what values hold for a field in a language."""
    told = values.get(name)
    if name in WHOLE:
        return WHOLE[name] if told is None else told
    return (told or {}).get(lang, "")


def only(content: Values, taken: Iterable[tuple[str, str]]) -> Values:
    """Return some parts of what differs."""
    kept: Values = {}
    for name, lang in taken:
        if name in WHOLE:
            kept[name] = content[name]
        else:
            kept.setdefault(name, {})[lang] = content[name][lang]
    return kept


def is_author(session: Session, speaker_id: int) -> bool:
    """Tell whether somebody speaks in a session, and does not only moderate or interpret it."""
    return any(
        person.speaker_id == speaker_id and person.role in _AUTHORS for person in session.people
    )


def takes_part(session: Session, speaker_id: int) -> bool:
    """Tell whether somebody has a part in a session that was not withdrawn."""
    return session.state is not State.WITHDRAWN and any(
        person.speaker_id == speaker_id for person in session.people
    )


def write(thing: Speaker | Session, content: Values) -> None:
    """Put what differs into the plan, as drafts, and note what translations were made from."""
    if isinstance(thing, Speaker):
        _write_speaker(thing, content)
    else:
        _write_session(thing, content)


def _write_speaker(speaker: Speaker, content: Values) -> None:
    if "spoken_languages" in content:
        speaker.spoken_languages = kept_order(content["spoken_languages"], speaker.spoken_languages)
    if "photo" in content:
        speaker.photo = content["photo"]
    before = speaker_originals.original_digest(speaker)
    written = _languages(content)
    for lang in written:
        fields = {name: content[name][lang] for name in SPEAKER_FIELDS if _has(content, name, lang)}
        text = set_speaker_text(speaker, lang, **fields)
        text.state = TextState.DRAFT
        if not any(getattr(text, name) for name in speaker_originals.FIELDS):
            del speaker.texts[lang]
    after = speaker_originals.original_digest(speaker)
    if after != before:
        speaker_originals.keep_digests(speaker, before)
    for lang in written & speaker.texts.keys():
        is_original = lang == speaker.original_language
        speaker.texts[lang].source_digest = None if is_original else after


def _write_session(session: Session, content: Values) -> None:
    before = session_originals.original_digest(session)
    written = _languages(content)
    for lang in written:
        text = session.texts.get(lang)
        title, abstract = (
            content[name][lang] if _has(content, name, lang) else getattr(text, name, "") or ""
            for name in SESSION_FIELDS
        )
        if not title and not abstract:
            session.texts.pop(lang, None)
            continue
        state = TextState.DRAFT if title else TextState.MISSING
        set_session_text(session, lang, title=title, abstract=abstract, state=state)
    after = session_originals.original_digest(session)
    if after != before:
        session_originals.keep_digests(session, before)
    for lang in written & session.texts.keys():
        is_original = lang == session.original_language
        session.texts[lang].source_digest = None if is_original else after


def _has(content: Values, name: str, lang: str) -> bool:
    return lang in content.get(name, {})


def _languages(content: Values) -> set[str]:
    """Return the languages in which something differs."""
    return {lang for _, lang in parts(content) if lang}
