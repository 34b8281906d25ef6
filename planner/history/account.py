"""Entries of the journal in words, for one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext, ngettext
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.events.day_operations import REMOVED
from planner.extensions import db
from planner.i18n.formats import clock, short_date
from planner.journal import words
from planner.journal.models import Entry, Way
from planner.journal.queries import last_about_day, last_change, steps
from planner.lib.clock import now
from planner.speakers.models import Speaker
from planner.speakers.naming import called, numbered

#: By which column things are called in addresses.
_CALLED = {"session": "code", "speaker": "code", "theme": "slug", "room": "slug"}


@dataclass(frozen=True)
class Step:
    """What can be taken back, or done once more, next."""

    entry: Entry
    words: Markup
    by: str
    ago: str


def steps_of(access: Access) -> tuple[Step | None, Step | None]:
    """Return what an organizer can undo and redo next."""
    found = steps(access.event_id, access.user_id)
    told = Words(access, [entry for entry in (found.undo, found.redo) if entry])
    return (
        told.step(found.undo) if found.undo else None,
        told.step(found.redo) if found.redo else None,
    )


def deletion_of(access: Access, kind: str, key: str) -> Step | None:
    """Return who deleted a thing, which is called ``key`` in addresses; None when nobody did.

    ``kind`` is its table.
    """
    if kind == "day":
        entry = last_about_day(access.event_id, REMOVED, key)
    else:
        column = _CALLED.get(kind)
        row = last_change(access.event_id, kind, column, key) if column else None
        entry = row.entry if row and row.after is None else None
    return Words(access, [entry]).step(entry) if entry else None


class Words:
    """Says what entries did, and names speakers only before those who may know them."""

    def __init__(self, access: Access, entries: Iterable[Entry]) -> None:
        self._reader = spoken().code
        self._at = now()
        numbers = {
            fact["speaker"]
            for entry in entries
            for fact in entry.facts.values()
            if isinstance(fact, dict) and "speaker" in fact
        }
        self._names = _names(access, numbers, self._reader) if numbers else {}

    def of(self, entry: Entry) -> Markup:
        """Return what an entry did."""
        told = words.described(entry.action, entry.facts, self._reader, self._name)
        if entry.way is Way.UNDO:
            return Markup("{} {}").format(gettext("Undone:"), told)
        if entry.way is Way.REDO:
            return Markup("{} {}").format(gettext("Done once more:"), told)
        return told

    def step(self, entry: Entry) -> Step:
        """Return an entry as something to take back or to do once more."""
        told = words.described(entry.action, entry.facts, self._reader, self._name)
        return Step(entry, told, words.who_did(entry), ago(entry.at, self._at))

    def _name(self, number: int) -> str:
        return self._names.get(number) or numbered(number)


def ago(at: datetime, present: datetime) -> str:
    """Return how long ago something was, in words; after a day, its date."""
    passed = present - at
    if passed < timedelta(minutes=1):
        return str(gettext("just now"))
    minutes = passed // timedelta(minutes=1)
    if minutes < 60:
        return ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes)
    if passed < timedelta(days=1):
        return ngettext("%(num)d hour ago", "%(num)d hours ago", minutes // 60)
    return f"{short_date(at.date(), spoken().code)} {clock(at)} UTC"


def _names(access: Access, numbers: set[int], reader: str) -> dict[int, str]:
    speakers = db.session.scalars(
        select(Speaker)
        .where(Speaker.event_id == access.event_id, Speaker.number.in_(numbers))
        .options(selectinload(Speaker.texts))
    )
    return {
        speaker.number: str(called(speaker, reader, sees_names=access.sees_names))
        for speaker in speakers
    }
