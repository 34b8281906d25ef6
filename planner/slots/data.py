"""Everything that is stored about a speaker, as they may take it with them.

What organizers wrote is given with the names of other people taken out of it.
"""

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Table, inspect, or_, select
from sqlalchemy.orm import joinedload, selectinload

from planner.database import Model
from planner.extensions import db
from planner.interpreting.models import Turn
from planner.journal.models import Entry, Row
from planner.journal.rows import written
from planner.journal.words import described
from planner.letters.models import Told
from planner.lib.mentions import Mentions
from planner.links.models import SpeakerLink
from planner.notices.models import Notice
from planner.programme.document import Programme, decode
from planner.releases.models import Release
from planner.removal.targets import pseudonyms_of
from planner.sessions.models import Session, SessionSpeaker
from planner.slots.models import Proposal, Request, Seen
from planner.slots.proposals_queries import open_of
from planner.slots.texts_page import photo_of, picture_path
from planner.speakers.models import Speaker
from planner.speakers.naming import numbered

#: Columns that would open something, or say only how rows hang together.
_LEFT_OUT = frozenset({"id", "event_id", "speaker_id", "session_id", "nonce", "digest"})
#: Columns that say which organizer did something.
_OF_OTHERS = frozenset({"answered_by_id", "user_id", "invitation_id", "claimed_at"})


def everything_of(speaker: Speaker, reader: str) -> dict[str, Any]:
    """Return all that is stored about a speaker, as JSON can hold it.

    ``reader`` is the language in which entries of the history are put into words.
    """
    others = _Others(speaker)
    return {
        "event": {"slug": speaker.event.slug, "name": speaker.event.name},
        "speaker": others.hide(_columns(speaker)),
        "texts": [_columns(text) for text in speaker.texts.values()],
        "photo": _photo(speaker.photo),
        "free_hours": [_columns(span) for span in speaker.free],
        "sessions": _parts(speaker),
        "interpreting": [
            {"session": turn.session.code, **_columns(turn)}
            for turn in db.session.scalars(
                select(Turn).where(Turn.speaker_id == speaker.id).options(joinedload(Turn.session))
            )
        ],
        "links": _rows(SpeakerLink, speaker),
        "seen": _rows(Seen, speaker),
        "requests": others.hide([_of_session(row) for row in _all(Request, speaker)]),
        "proposals": others.hide([_of_session(row) for row in _all(Proposal, speaker)]),
        "proposed_photo": _photo(photo_of(open_of(speaker.id, None))),
        "letters": others.hide(_rows(Notice, speaker)),
        "told": _rows(Told, speaker),
        "history": others.hide(_history(speaker, reader)),
        "releases": _releases(speaker),
    }


class _Others:
    """Takes the names of all other speakers of the event out of what somebody wrote."""

    def __init__(self, speaker: Speaker) -> None:
        own = {text.display_name for text in speaker.texts.values()}
        people = db.session.scalars(
            select(Speaker)
            .where(Speaker.event_id == speaker.event_id, Speaker.id != speaker.id)
            .options(selectinload(Speaker.texts))
        )
        names = {
            told
            for other in people
            for text in other.texts.values()
            for told in (text.display_name, text.pseudonym, other.email or "")
        }
        self._mentions = Mentions(names - own - {""})

    def hide(self, value: Any) -> Any:
        """Return a value as JSON holds it without them."""
        match value:
            case str():
                return self._mentions.replaced(value, "…")
            case list():
                return [self.hide(item) for item in value]
            case dict():
                return {key: self.hide(item) for key, item in value.items()}
        return value


def _all(model: Any, speaker: Speaker) -> Iterable[Any]:
    return db.session.scalars(select(model).where(model.speaker_id == speaker.id)).all()


def _rows(model: Any, speaker: Speaker) -> list[dict[str, Any]]:
    return [_columns(row) for row in _all(model, speaker)]


def _columns(thing: Model) -> dict[str, Any]:
    """Return what a row holds, by column."""
    mapper = inspect(type(thing))
    table = mapper.local_table
    if not isinstance(table, Table):
        raise TypeError(table)
    return {
        column.name: written(getattr(thing, mapper.get_property_by_column(column).key))
        for column in table.columns
        if column.name not in _LEFT_OUT | _OF_OTHERS and not column.name.endswith("release_id")
    }


def _of_session(row: Request | Proposal) -> dict[str, Any]:
    return {"session": row.session.code if row.session else None, **_columns(row)}


def _photo(name: str | None) -> dict[str, Any] | None:
    path = picture_path(name)
    if path is None:
        return None
    content = base64.b64encode(path.read_bytes()).decode()
    return {"name": path.name, "type": "image/jpeg", "base64": content}


def _parts(speaker: Speaker) -> list[dict[str, Any]]:
    parts = db.session.scalars(
        select(SessionSpeaker)
        .where(SessionSpeaker.speaker_id == speaker.id)
        .options(joinedload(SessionSpeaker.session).selectinload(Session.texts))
    )
    return [
        {
            "code": part.session.code,
            "title": {lang: text.title for lang, text in part.session.texts.items()},
            **_columns(part),
        }
        for part in parts
    ]


def _history(speaker: Speaker, reader: str) -> list[dict[str, Any]]:
    """Return what was done to the plan that is about a speaker, the oldest first."""
    subject = f"speaker:{speaker.id}"
    rows = db.session.scalars(
        select(Row)
        .join(Row.entry)
        .where(Entry.event_id == speaker.event_id)
        .where(or_(Row.subject == subject, Row.also == subject))
        .options(joinedload(Row.entry))
        .order_by(Row.id)
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        entry = row.entry
        told = found.setdefault(
            entry.id,
            {
                "at": _instant(entry.at),
                "way": entry.way.value,
                "what": described(entry.action, entry.facts, reader, numbered).striptags(),
                "by": "an organizer" if entry.user_id else "you, or the program",
                "changed": [],
            },
        )
        told["changed"].append({"table": row.table, "before": row.before, "after": row.after})
    return list(found.values())


def _releases(speaker: Speaker) -> list[dict[str, Any]]:
    """Return in which releases a speaker stands, and how."""
    called = pseudonyms_of(speaker)
    published = db.session.execute(
        select(Release.number, Release.published_at, Release.document)
        .where(Release.event_id == speaker.event_id)
        .order_by(Release.number)
    )
    found = []
    for number, at, content in published:
        if told := _standing(decode(content), speaker, called):
            found.append({"number": number, "published_at": _instant(at), **told})
    return found


def _standing(programme: Programme, speaker: Speaker, called: set[str]) -> dict[str, Any]:
    named, pseudonymous = [], []
    for session in programme.sessions:
        for person in session.people:
            if person.speaker == speaker.code:
                named.append(session.code)
            elif not called.isdisjoint(person.pseudonym.values()):
                pseudonymous.append(session.code)
    entries = [entry for entry in programme.speakers if entry.code == speaker.code]
    if not (named or pseudonymous or entries):
        return {}
    return {
        "named_in": named,
        "under_pseudonym_in": pseudonymous,
        "entry": msgspec.to_builtins(entries[0]) if entries else None,
    }


def _instant(at: datetime) -> str:
    return at.isoformat()
