"""What becomes of the journal: entries keep their place, without what had to go."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session as DatabaseSession

from planner.journal.models import Entry, Row
from planner.removal.redaction import Redaction, Told

#: As many numbers as one statement takes on any database.
_AT_ONCE = 500


def rewrite(database: DatabaseSession, event_id: int, redaction: Redaction) -> None:
    """Rewrite the journal of an event, and mark what can no longer be undone."""
    lasting: set[int] = set()
    for row in _rows(database, event_id):
        told = Told(row.table, row.key, row.subject, row.before, row.after)
        became = redaction.row(told)
        if became.is_lasting:
            lasting.add(row.entry_id)
        if (became.before, became.after) != (told.before, told.after):
            database.execute(
                update(Row).where(Row.id == row.id).values(before=became.before, after=became.after)
            )
    for number, facts in database.execute(
        select(Entry.id, Entry.facts).where(Entry.event_id == event_id)
    ).all():
        found = redaction.facts(facts)
        if found != facts:
            database.execute(update(Entry).where(Entry.id == number).values(facts=found))
    _mark(database, sorted(lasting))


def keep_naming(database: DatabaseSession, event_id: int, speaker_id: int) -> None:
    """Let every entry last that tells how the public may know a speaker: none is taken back."""
    subject = f"speaker:{speaker_id}"
    lasting = {
        row.entry_id
        for row in _rows(database, event_id)
        if row.subject == subject
        and row.table == "speaker"
        and (row.before is None or row.after is None or "visibility" in row.after)
    }
    _mark(database, sorted(lasting))


def _rows(database: DatabaseSession, event_id: int) -> Any:
    return database.execute(
        select(Row.id, Row.entry_id, Row.table, Row.key, Row.subject, Row.before, Row.after)
        .join(Row.entry)
        .where(Entry.event_id == event_id)
    ).all()


def _mark(database: DatabaseSession, numbers: list[int]) -> None:
    for start in range(0, len(numbers), _AT_ONCE):
        database.execute(
            update(Entry)
            .where(Entry.id.in_(numbers[start : start + _AT_ONCE]))
            .values(is_lasting=True)
        )
