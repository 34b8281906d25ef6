"""Reading the journal."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from planner.extensions import db
from planner.journal.models import Entry, Row, Way

#: How many entries a page of the journal shows.
PAGE = 50


@dataclass(frozen=True)
class Steps:
    """What somebody would take back next, and what they would do once more."""

    undo: Entry | None
    redo: Entry | None


def steps(event_id: int, user_id: int) -> Steps:
    """Return the next steps back and forth of one organizer in an event, in two statements."""
    own = select(Entry).where(
        Entry.event_id == event_id,
        Entry.user_id == user_id,
        Entry.undone_by_id.is_(None),
        Entry.is_lasting.is_(False),
    )
    undo = db.session.scalar(
        own.where(Entry.way == Way.DO, Entry.rows.any())
        .options(selectinload(Entry.user))
        .order_by(Entry.id.desc())
        .limit(1)
    )
    last_done = (
        select(func.max(Entry.id))
        .where(Entry.event_id == event_id, Entry.user_id == user_id, Entry.way == Way.DO)
        .scalar_subquery()
    )
    redo = db.session.scalar(
        own.where(Entry.way == Way.UNDO, Entry.id > func.coalesce(last_done, 0))
        .order_by(Entry.id.desc())
        .limit(1)
    )
    return Steps(undo, redo)


def newest(event_id: int) -> int:
    """Return the number of the newest entry of an event, 0 when there is none."""
    return db.session.scalar(select(func.max(Entry.id)).where(Entry.event_id == event_id)) or 0


def since(event_id: int, number: int, *, most: int = 20) -> list[Entry]:
    """Return what was done after an entry, the newest first, with who did it."""
    return list(
        db.session.scalars(
            select(Entry)
            .where(Entry.event_id == event_id, Entry.id > number)
            .options(selectinload(Entry.user), selectinload(Entry.rows))
            .order_by(Entry.id.desc())
            .limit(most)
        )
    )


def entries(
    event_id: int,
    *,
    subject: str | None = None,
    user_id: int | None = None,
    kind: str | None = None,
    before: int | None = None,
) -> list[Entry]:
    """Return a page of the journal, the newest first, and one entry more if there is another.

    ``subject`` is what rows belong to (``session:12``), ``kind`` the first part of actions
    (``session``), ``before`` the number from which to go on.
    """
    wanted = select(Entry).where(Entry.event_id == event_id)
    if subject:
        wanted = wanted.where(Entry.rows.any((Row.subject == subject) | (Row.also == subject)))
    if user_id is not None:
        wanted = wanted.where(Entry.user_id == user_id)
    if kind:
        wanted = wanted.where(Entry.action.startswith(f"{kind}.", autoescape=True))
    if before is not None:
        wanted = wanted.where(Entry.id < before)
    return list(
        db.session.scalars(
            wanted.options(selectinload(Entry.user), selectinload(Entry.rows))
            .order_by(Entry.id.desc())
            .limit(PAGE + 1)
        )
    )


def last_change(event_id: int, table: str, column: str, value: str) -> Row | None:
    """Return what last became of a row that had a value in a column: it went, or has another.

    None when no row had that value, or nothing changed it.
    """
    return db.session.scalar(
        select(Row)
        .join(Row.entry)
        .where(
            Entry.event_id == event_id,
            Row.table == table,
            Row.before[column].as_string() == value,
        )
        .options(joinedload(Row.entry).joinedload(Entry.user))
        .order_by(Row.id.desc())
        .limit(1)
    )


def last_about_day(event_id: int, action: str, day: str) -> Entry | None:
    """Return the newest entry of an action whose facts tell of a day."""
    return db.session.scalar(
        select(Entry)
        .where(
            Entry.event_id == event_id,
            Entry.action == action,
            Entry.facts["day"]["day"].as_string() == day,
        )
        .options(joinedload(Entry.user))
        .order_by(Entry.id.desc())
        .limit(1)
    )


def entry_of(event_id: int, number: int) -> Entry | None:
    """Return an entry of an event, or None when it has none of that number."""
    return db.session.scalar(
        select(Entry)
        .where(Entry.event_id == event_id, Entry.id == number)
        .options(selectinload(Entry.user), selectinload(Entry.rows))
    )
