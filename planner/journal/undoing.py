"""Taking changes back, and doing them once more.

An entry can be taken back while everything that it changed still is as it left it. Otherwise
somebody has built on it, and taking it back would break what they did.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.journal.models import Entry, Row, Way
from planner.journal.recording import lock_plan, rows_changed, touch
from planner.journal.rows import TABLES, VERSION, Key, Values, in_order, rows_now, table_of, values
from planner.lib.clock import now

#: What becomes otherwise in the plan when these rows do; packages that know it add to this.
FOLLOWING: list[Callable[[DatabaseSession, Iterable[Key]], None]] = []


class BuiltOnError(Exception):
    """Others have changed since what would be taken back; ``entries`` are theirs, newest first."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__("others built on this change")
        self.entries = entries


class UnknownEntryError(LookupError):
    """The event has no such entry, or it is taken back already, or it changed no row."""


class LastingError(Exception):
    """The entry can be taken back no more: a name or a session that had to go was in it."""


def undo(event_id: int, user_id: int, entry_id: int) -> Entry:
    """Take an entry of the journal back, and return the entry that says so.

    :raises UnknownEntryError: when there is no such entry to take back.
    :raises LastingError: when a removal has made it last.
    :raises BuiltOnError: when something that it changed was changed again.
    """
    return _take_back(event_id, user_id, entry_id, Way.UNDO)


def redo(event_id: int, user_id: int, entry_id: int) -> Entry:
    """Do once more what the undo ``entry_id`` took back, and return the entry that says so.

    :raises UnknownEntryError: when there is no such undo.
    :raises LastingError: when a removal has made it last.
    :raises BuiltOnError: when something that it changed was changed again.
    """
    return _take_back(event_id, user_id, entry_id, Way.REDO)


def _take_back(event_id: int, user_id: int, entry_id: int, way: Way) -> Entry:
    try:
        with write_tx() as database:
            lock_plan(database, event_id)
            entry = _entry(database, event_id, entry_id, way)
            changes = [_Change(row) for row in entry.rows]
            _check(database, entry, changes)
            _apply(database, changes)
            rows = [change.inverse for change in changes]
            rows += rows_changed(database, event_id, partial(_follow, database, changes))
            touch(database, rows)
            done = Entry(
                event_id=event_id,
                user_id=user_id,
                at=now(),
                way=way,
                action=entry.action,
                facts=entry.facts,
                of_id=entry.id,
                rows=rows,
            )
            database.add(done)
            database.flush()
            entry.undone_by_id = done.id
            if way is Way.REDO and entry.of_id is not None:
                original = database.get(Entry, entry.of_id)
                if original is not None:
                    original.undone_by_id = None
    except IntegrityError:
        # A slug was taken meanwhile, or something now depends on what would go.
        raise BuiltOnError([]) from None
    return done


def _follow(database: DatabaseSession, changes: list["_Change"]) -> None:
    for follow in FOLLOWING:
        follow(database, [change.key for change in changes])


def _entry(database: DatabaseSession, event_id: int, entry_id: int, way: Way) -> Entry:
    entry = database.get(Entry, entry_id)
    wanted = {Way.UNDO} if way is Way.REDO else {Way.DO}
    if (
        entry is None
        or entry.event_id != event_id
        or entry.way not in wanted
        or entry.undone_by_id is not None
        or not entry.rows
    ):
        raise UnknownEntryError(str(entry_id))
    if entry.is_lasting:
        raise LastingError(str(entry_id))
    return entry


class _Change:
    """One row of an entry, and what takes it back."""

    def __init__(self, row: Row) -> None:
        self.key: Key = (row.table, tuple(row.key))
        self.table = row.table
        self.before: Values | None = row.before
        self.after: Values | None = row.after
        self.inverse = Row(
            table=row.table,
            key=row.key,
            subject=row.subject,
            also=row.also,
            before=row.after,
            after=row.before,
        )


def _check(database: DatabaseSession, entry: Entry, changes: list[_Change]) -> None:
    touched: set[str] = set()
    for name in {change.table for change in changes}:
        of_table = [change for change in changes if change.table == name]
        current = rows_now(database, name, [change.key for change in of_table])
        for change in of_table:
            if not _is_as_left(change, current.get(change.key)):
                touched.add(change.inverse.subject)
    touched.update(_dependants(database, changes))
    if touched:
        raise BuiltOnError(_later(database, entry, touched))


def _is_as_left(change: _Change, current: Values | None) -> bool:
    if change.after is None or current is None:
        return change.after is None and current is None
    return all(current[name] == told for name, told in change.after.items() if name != VERSION)


def _dependants(database: DatabaseSession, changes: list[_Change]) -> Iterable[str]:
    """Yield what would lose its rows, or the thing it refers to, with rows that would go."""
    going = [change for change in changes if change.before is None]
    known = {change.key for change in changes}
    for change in going:
        for name in TABLES:
            table = table_of(name)
            for column in table.columns:
                for reference in column.foreign_keys:
                    if reference.column.table.name != change.table:
                        continue
                    keys = database.execute(
                        select(*table.primary_key).where(column == change.key[1][0])
                    )
                    for key in keys:
                        plain = tuple(getattr(part, "value", part) for part in key)
                        if (name, plain) not in known:
                            yield change.inverse.subject


def _later(database: DatabaseSession, entry: Entry, subjects: set[str]) -> list[Entry]:
    found = database.scalars(
        select(Entry)
        .where(
            Entry.event_id == entry.event_id,
            Entry.id > entry.id,
            Entry.undone_by_id.is_(None),
            Entry.rows.any(Row.subject.in_(subjects) | Row.also.in_(subjects)),
        )
        .order_by(Entry.id.desc())
        .limit(5)
    )
    return list(found)


def _apply(database: DatabaseSession, changes: list[_Change]) -> None:
    order = {name: place for place, name in enumerate(in_order(TABLES))}
    by_place = sorted(changes, key=lambda change: order[change.table])
    for change in by_place:
        if change.after is None and change.before is not None:
            row = values(change.table, change.before)
            if VERSION in row:
                row[VERSION] += 1
            database.execute(insert(table_of(change.table)).values(row))
    for change in by_place:
        if change.after is not None and change.before is not None:
            row = values(change.table, change.before)
            table = table_of(change.table)
            if VERSION in table.columns:
                row[VERSION] = table.columns[VERSION] + 1
            database.execute(update(table).where(*_is(change.key)).values(row))
    for change in reversed(by_place):
        if change.before is None:
            database.execute(delete(table_of(change.table)).where(*_is(change.key)))
    database.expire_all()


def _is(key: Key) -> list[Any]:
    table = table_of(key[0])
    columns = [column.name for column in table.primary_key]
    told = values(key[0], dict(zip(columns, key[1], strict=True)))
    return [table.columns[name] == told[name] for name in columns]
