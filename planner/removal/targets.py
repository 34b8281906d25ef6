"""Whom or what a removal is about: all that is known of them, in the plan, releases and journal."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry, Row
from planner.lib.text import fold
from planner.programme.document import Programme
from planner.sessions.models import Session
from planner.speakers.models import Speaker, Visibility


class Way(StrEnum):
    """How far a removal goes."""

    #: Out of everything published; organizers keep what they have in the plan.
    WITHHOLD = "withhold"
    #: Out of the plan and its history as well.
    ERASE = "erase"


class NotThereError(LookupError):
    """Neither the plan nor any release nor the journal knows this code."""


@dataclass
class Person:
    """A speaker, who may be gone from the plan, with every name that they were ever given."""

    code: str
    #: Of who was joined with others, or is gone, there may be several.
    ids: set[int] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    number: int | None = None
    names: set[str] = field(default_factory=set)
    pseudonyms: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    photos: set[str] = field(default_factory=set)
    #: How the public may know them; none where the plan has them no more.
    visibility: Visibility | None = None
    #: Other people of the plan who have one of these names: theirs stay.
    namesakes: set[str] = field(default_factory=set)


@dataclass
class Item:
    """A session, which may be gone from the plan, with every title that it ever had."""

    code: str
    ids: set[int] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    is_planned: bool = False


def person_of(plan: Event, code: str, programmes: Iterable[Programme]) -> Person:
    """Return a speaker by their code.

    :raises NotThereError: when nothing knows them.
    """
    programmes = list(programmes)
    person = Person(code, codes={code})
    for speaker in plan.speakers:
        if speaker.code == code:
            _add_planned(person, speaker)
    _add_gone(person, plan)
    for programme in programmes:
        _add_told(person, programme)
    if not person.ids and not person.names:
        raise NotThereError(code)
    _add_doubles(person, plan, programmes)
    _add_past(person, plan)
    return person


def pseudonyms_of(speaker: Speaker) -> set[str]:
    """Return every pseudonym that a speaker has or had, as far as the journal knows."""
    person = Person(speaker.code)
    _add_planned(person, speaker)
    for values in _rows(speaker.event_id, "speaker", person.ids):
        person.pseudonyms.add(str(values.get("pseudonym") or "").strip())
    return person.pseudonyms - {""}


def item_of(plan: Event, code: str, programmes: Iterable[Programme]) -> Item:
    """Return a session by its code.

    :raises NotThereError: when nothing knows it.
    """
    item = Item(code)
    told = [s for programme in programmes for s in programme.sessions if s.code == code]
    for session in plan.sessions:
        if session.code == code:
            item.is_planned = True
            item.ids.add(session.id)
            item.titles.update(text.title for text in session.texts.values())
    item.ids.update(_gone_ids(plan.id, Session.__tablename__, {code}))
    if not item.ids and not told:
        raise NotThereError(code)
    item.titles.update(title for session in told for title in session.title.values())
    for values in _rows(plan.id, "session", item.ids):
        item.titles.add(str(values.get("title") or ""))
    item.titles.discard("")
    return item


def _add_planned(person: Person, speaker: Speaker) -> None:
    person.ids.add(speaker.id)
    person.number = speaker.number
    person.visibility = speaker.visibility
    person.emails.update(filter(None, [speaker.email]))
    person.photos.update(filter(None, [speaker.photo]))
    for text in speaker.texts.values():
        person.names.update(filter(None, [text.display_name.strip()]))
        person.pseudonyms.update(filter(None, [text.pseudonym.strip()]))


def _add_gone(person: Person, plan: Event) -> None:
    """Add what the journal knows of who was deleted, or joined with somebody."""
    person.ids.update(_gone_ids(plan.id, Speaker.__tablename__, person.codes))


def _gone_ids(event_id: int, table: str, codes: Collection[str]) -> set[int]:
    found = db.session.execute(
        select(Row.subject, Row.before, Row.after)
        .join(Row.entry)
        .where(Entry.event_id == event_id, Row.table == table)
        .where(Row.before.is_(None) | Row.after.is_(None))
    )
    return {
        int(subject.split(":")[1])
        for subject, before, after in found
        if (before or after or {}).get("code") in codes
    }


def _add_told(person: Person, programme: Programme) -> None:
    for speaker in programme.speakers:
        if speaker.code in person.codes:
            person.names.update(name.strip() for name in speaker.name.values())
            person.photos.update(filter(None, [speaker.photo]))


def _add_doubles(person: Person, plan: Event, programmes: Iterable[Programme]) -> None:
    """Add entries of the same person that were joined since, and tell others of the same name."""
    names = {fold(name) for name in person.names}
    planned = {speaker.code for speaker in plan.speakers}
    for programme in programmes:
        for speaker in programme.speakers:
            if speaker.code in person.codes or not _is_one_of(names, speaker.name.values()):
                continue
            (person.namesakes if speaker.code in planned else person.codes).add(speaker.code)
        _add_told(person, programme)
    _add_gone(person, plan)


def _is_one_of(names: set[str], told: Iterable[str]) -> bool:
    return any(fold(name) in names for name in told)


def _add_past(person: Person, plan: Event) -> None:
    """Add names, addresses and photos that they had before, as the journal tells."""
    for values in _rows(plan.id, "speaker", person.ids):
        for column, known in (
            ("display_name", person.names),
            ("pseudonym", person.pseudonyms),
            ("email", person.emails),
            ("photo", person.photos),
        ):
            known.update(filter(None, [str(values.get(column) or "").strip()]))
        if person.number is None:
            person.number = values.get("number")


def _rows(event_id: int, kind: str, ids: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Yield what rows of certain things held, before and after each change."""
    found = db.session.execute(
        select(Row.before, Row.after)
        .join(Row.entry)
        .where(Entry.event_id == event_id, Row.subject.in_([f"{kind}:{id_}" for id_ in ids]))
    )
    for before, after in found:
        yield before or {}
        yield after or {}
