"""Recording a change of the plan: every row that it touches, as it was and as it became.

Operations of the desk write within :func:`recorded`. It opens the transaction, watches what the
ORM sends, and writes one entry of the journal at the end. Statements that change rows of the plan
behind the ORM's back (``update()``, ``delete()``) would not be seen: use objects.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, insert, inspect, select, update
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm import object_session

from planner.database import Model, write_tx
from planner.extensions import metadata
from planner.journal.models import Entry, Row, Way
from planner.journal.rows import TABLES, VERSION, Key, Values, rows_now, subjects, table_of
from planner.lib.clock import now

#: Rows whose change is one of what they belong to as well.
_PARTS = {"session_text", "session_speaker", "interpreting_turn", "speaker_text", "availability"}


class StaleError(Exception):
    """Somebody changed the thing after it was read: nothing was written."""


class GoneError(LookupError):
    """The thing was deleted after it was read."""


def check_version(thing: Any, version: int | None) -> None:
    """Compare the version that somebody read with the present one.

    :raises StaleError: when they differ.
    """
    if version is not None and thing.version != version:
        raise StaleError(type(thing).__name__)


@dataclass
class Record:
    """A change while it is made. ``facts`` are what its words need; see planner.journal.words."""

    database: DatabaseSession
    event_id: int
    facts: dict[str, Any]
    action: str
    #: The entry of the journal, once the change is done; none when nothing changed.
    entry: Entry | None = None
    before: dict[Key, Values | None] = field(default_factory=dict)


@contextmanager
def recorded(
    event_id: int, user_id: int | None, action: str, facts: dict[str, Any] | None = None
) -> Iterator[Record]:
    """Open a transaction that changes the plan of an event, and journal what it changed.

    ``user_id`` is None for commands of the machine. ``action`` is what
    :func:`planner.journal.words.action` returned; facts may be added to the record until the end.
    When no row changed, no entry is written.
    """
    with write_tx() as database:
        lock_plan(database, event_id)
        with recorded_within(database, event_id, user_id, action, facts) as record:
            yield record


@contextmanager
def recorded_within(
    database: DatabaseSession,
    event_id: int,
    user_id: int | None,
    action: str,
    facts: dict[str, Any] | None = None,
) -> Iterator[Record]:
    """Journal a change as an entry of its own, within a transaction that is open.

    It may stand within another change that is being recorded, whose entry then does not have it.
    """
    database.flush()  # what was changed before belongs to whoever records it already
    around: Record | None = database.info.get("record")
    record = Record(database, event_id, dict(facts or {}), action)
    database.info["record"] = record
    try:
        yield record
        database.flush()
    finally:
        if around is None:
            del database.info["record"]
        else:
            database.info["record"] = around
    rows = _rows(record)
    if rows:
        touch(database, rows)
        _expect_new_versions(database, rows)
        record.entry = Entry(
            event_id=event_id,
            user_id=user_id,
            at=now(),
            way=Way.DO,
            action=record.action,
            facts=record.facts,
        )
        database.add(record.entry)
        database.flush()
        _keep(database, record.entry, rows)


def rows_changed(database: DatabaseSession, event_id: int, change: Callable[[], None]) -> list[Row]:
    """Make a change of the plan, within a transaction; return its rows, for whoever journals it."""
    record = database.info["record"] = Record(database, event_id, {}, "")
    try:
        change()
        database.flush()
    finally:
        del database.info["record"]
    return _rows(record)


def _keep(database: DatabaseSession, entry: Entry, rows: Iterable[Row]) -> None:
    """Keep what an entry changed, in one statement however much that is."""
    columns = ("table", "key", "subject", "also", "before", "after")
    database.execute(
        insert(Row),
        [{"entry_id": entry.id, **{name: getattr(row, name) for name in columns}} for row in rows],
    )


def _expect_new_versions(database: DatabaseSession, rows: Iterable[Row]) -> None:
    """Let what was counted one change more be read anew by whoever changes it once more."""
    touched = {row.subject for row in rows}
    for thing in list(database.identity_map.values()):
        state = inspect(thing)
        if state.identity and VERSION in state.mapper.attrs:
            name = state.mapper.local_table.name
            if f"{name}:{state.identity[0]}" in touched:
                database.expire(thing, [VERSION])


def note_down(
    database: DatabaseSession,
    event_id: int,
    user_id: int | None,
    action: str,
    facts: dict[str, Any],
) -> None:
    """Journal what changes no row of the plan, within a transaction that is open.

    Such an entry cannot be taken back.
    """
    database.add(
        Entry(event_id=event_id, user_id=user_id, at=now(), way=Way.DO, action=action, facts=facts)
    )


def lock_plan(database: DatabaseSession, event_id: int) -> None:
    """Let one change of an event's plan happen after the other (on PostgreSQL; SQLite does)."""
    events = metadata.tables["event"]
    database.execute(select(events.c.id).where(events.c.id == event_id).with_for_update())


def watch() -> None:
    """Begin to watch sessions of the database; called once."""
    if not event.contains(DatabaseSession, "before_flush", _before_flush):
        event.listen(DatabaseSession, "before_flush", _before_flush)
        event.listen(DatabaseSession, "after_flush", _after_flush)
        event.listen(Model, "before_delete", _before_delete, propagate=True)


def _before_flush(database: DatabaseSession, *_: object) -> None:
    """Remember rows as they are before they are changed or deleted for the first time."""
    record: Record | None = database.info.get("record")
    if record is None:
        return
    wanted: dict[str, list[Key]] = defaultdict(list)
    for thing in [*database.dirty, *database.deleted]:
        key = _key(thing)
        if key[0] in TABLES and key not in record.before:
            wanted[key[0]].append(key)
    with database.no_autoflush:
        for name, keys in wanted.items():
            record.before.update(rows_now(database, name, keys))


def _before_delete(_mapper: object, _connection: object, thing: Any) -> None:
    """Remember rows that go with what they belong to; only the flush itself finds them."""
    database = object_session(thing)
    record: Record | None = database.info.get("record") if database else None
    if database is None or record is None:
        return
    key = _key(thing)
    if key[0] in TABLES and key not in record.before:
        record.before.update(rows_now(database, key[0], [key]))


def _after_flush(database: DatabaseSession, *_: object) -> None:
    """Remember the keys of rows that are new."""
    record: Record | None = database.info.get("record")
    if record is None:
        return
    for thing in database.new:
        key = _key(thing)
        if key[0] in TABLES:
            record.before.setdefault(key, None)


def _key(thing: Any) -> Key:
    mapper = inspect(thing).mapper
    values = mapper.primary_key_from_instance(thing)
    return mapper.local_table.name, tuple(getattr(part, "value", part) for part in values)


def _rows(record: Record) -> list[Row]:
    """Return what really changed."""
    by_table: dict[str, list[Key]] = defaultdict(list)
    for key in record.before:
        by_table[key[0]].append(key)
    found = []
    for name, keys in by_table.items():
        current = rows_now(record.database, name, keys)
        for key in keys:
            row = row_of(key, record.before[key], current.get(key))
            if row is not None:
                found.append(row)
    return found


def row_of(key: Key, before: Values | None, after: Values | None) -> Row | None:
    """Return the row of the journal for a row of the plan, or None when it did not change."""
    whole = after or before
    if whole is None:
        return None
    if before is not None and after is not None:
        changed = {name for name in after if name != VERSION and after[name] != before.get(name)}
        if not changed:
            return None
        before = {name: before[name] for name in changed}
        after = {name: after[name] for name in changed}
    subject, also = subjects(key[0], whole)
    return Row(
        table=key[0], key=list(key[1]), subject=subject, also=also, before=before, after=after
    )


def touch(database: DatabaseSession, rows: Iterable[Row]) -> None:
    """Count one change more of what rows belong to, where that did not change itself."""
    own = {row.subject for row in rows if row.table not in _PARTS}
    parts = {row.subject for row in rows if row.table in _PARTS} - own
    for name in ("session", "speaker"):
        numbers = [int(subject.split(":")[1]) for subject in parts if subject.startswith(name)]
        if numbers:
            table = table_of(name)
            database.execute(
                update(table).where(table.c.id.in_(numbers)).values(version=table.c.version + 1)
            )
