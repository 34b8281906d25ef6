"""Programmes without a name, or without a session: what becomes of a document that is rewritten."""

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from planner.programme.differences import rendering_of
from planner.programme.document import Appearance, Part, Programme, Session, Speaker
from planner.programme.vocabulary import Kind, Status

#: Gives a text anew: ``(text, language)``.
Anew = Callable[[str, str | None], str]
#: Fields that hold an address: one with a name in it would lead nowhere when that is replaced.
ADDRESSES = frozenset({"url", "online_url"})


def without_name(
    programme: Programme, *, codes: Collection[str], pseudonyms: Collection[str], anew: Anew
) -> Programme:
    """Return a programme that names somebody no more, neither as a speaker nor in any text.

    Their part in sessions stays as a role. ``pseudonyms`` are those that go as well. The names of
    other speakers stay, whatever they are.
    """

    aliases = set(pseudonyms)

    def appearance(person: Appearance) -> Appearance:
        goes = person.speaker in codes or not aliases.isdisjoint(person.pseudonym.values())
        return Appearance(role=person.role) if goes else person

    kept = [speaker for speaker in programme.speakers if speaker.code not in codes]
    sessions = [
        msgspec.structs.replace(session, people=tuple(map(appearance, session.people)))
        for session in programme.sessions
    ]
    unnamed = msgspec.structs.replace(programme, speakers=tuple(kept), sessions=tuple(sessions))
    found: Programme = rewritten(unnamed, anew)
    return found


def without_session(programme: Programme, code: str) -> Programme:
    """Return a programme in which nothing is told of a session but when it was to be.

    It stays as cancelled, so that calendars overwrite what they have. Speakers go who are named
    for nothing else.
    """
    sessions = tuple(
        _bare(session, programme.event.languages[0]) if session.code == code else session
        for session in programme.sessions
    )
    named = {person.speaker for session in sessions for person in session.people}
    return msgspec.structs.replace(
        programme,
        sessions=sessions,
        speakers=tuple(speaker for speaker in programme.speakers if speaker.code in named),
    )


def _bare(session: Session, language: str) -> Session:
    return Session(
        code=session.code,
        guid=session.guid,
        kind=Kind.OTHER,
        theme=None,
        starts_at=session.starts_at,
        minutes=session.minutes,
        room=None,
        across_rooms=False,
        spoken_languages=(),
        interpreted_languages=(),
        original_language=language,
        title={},
        abstract={},
        online_url=None,
        people=(),
        status=Status.CANCELLED,
        sequence=session.sequence,
        created_at=session.created_at,
        changed_at=session.changed_at,
    )


def touched(before: Programme, after: Programme) -> set[str]:
    """Return the codes of sessions of which calendars are told something else."""
    if before == after:
        return set()
    former = {session.code: session for session in before.sessions}
    return {
        session.code
        for session in after.sessions
        if rendering_of(before, former[session.code]) != rendering_of(after, session)
    }


def rewritten(value: Any, anew: Anew, name: str = "") -> Any:
    """Return a part of a document with all its texts anew; ``name`` is that of the field."""
    match value:
        case dict():  # every map in a document is one of texts
            return {lang: anew(text, lang) for lang, text in value.items()}
        case tuple():
            return tuple(rewritten(item, anew, name) for item in value)
        case Part():
            return _rewritten_part(value, anew)
        case str() if name in ADDRESSES:
            return value if anew(value, None) == value else None
    return value


def _rewritten_part(part: Part, anew: Anew) -> Part:
    kept = {"name"} if isinstance(part, Speaker) else set()
    changed = {}
    for field in part.__struct_fields__:
        former = getattr(part, field)
        if field not in kept and (found := rewritten(former, anew, field)) != former:
            changed[field] = found
    return msgspec.structs.replace(part, **changed) if changed else part
