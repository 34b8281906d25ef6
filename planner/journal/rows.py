"""Rows of the plan as plain values: which tables are journaled, and how their rows are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import Column, Date, DateTime, Table, Time, select, tuple_
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import Session as DatabaseSession

from planner.extensions import metadata

#: A row of some table: the table's name, and the primary key as plain values.
Key = tuple[str, tuple[Any, ...]]
Values = dict[str, Any]
#: Counts the changes of a row; it says nothing of its own.
VERSION = "version"


@dataclass(frozen=True)
class Belonging:
    """To what the rows of a table belong: a kind of thing, and the column that says which."""

    kind: str
    column: str = "id"
    also: tuple[str, str] | None = None


#: The tables of the plan that can be changed in the desk.
TABLES: Mapping[str, Belonging] = {
    "event": Belonging("event"),
    "day": Belonging("day"),
    "theme": Belonging("theme"),
    "room": Belonging("room"),
    "label_state": Belonging("label"),
    "speaker": Belonging("speaker"),
    "speaker_text": Belonging("speaker", "speaker_id"),
    "availability": Belonging("speaker", "speaker_id"),
    "session": Belonging("session"),
    "session_text": Belonging("session", "session_id"),
    "session_speaker": Belonging("session", "session_id", also=("speaker", "speaker_id")),
    "session_constraint": Belonging("session", "session_id", also=("session", "other_id")),
    "interpreting_turn": Belonging("session", "session_id", also=("speaker", "speaker_id")),
    "acknowledgement": Belonging("acknowledgement"),
    "speaker_proposal": Belonging("speaker", "speaker_id"),
}


def table_of(name: str) -> Table:
    """Return a table of the plan."""
    return metadata.tables[name]


def in_order(names: Iterable[str]) -> list[str]:
    """Return tables so that each comes after those that it refers to."""
    wanted = set(names)
    return [table.name for table in metadata.sorted_tables if table.name in wanted]


def rows_now(database: DatabaseSession, name: str, keys: Iterable[Key]) -> dict[Key, Values]:
    """Return the rows with these keys as they are in the database, in one statement."""
    wanted = [key for _, key in keys]
    if not wanted:
        return {}
    table = table_of(name)
    columns = list(table.primary_key)
    values = [
        [value(column, part) for column, part in zip(columns, key, strict=True)] for key in wanted
    ]
    chosen = (
        columns[0].in_([single for (single,) in values])
        if len(columns) == 1
        else tuple_(*columns).in_([tuple(several) for several in values])
    )
    found: dict[Key, Values] = {}
    for row in database.execute(select(table).where(chosen)).mappings():
        plain = {column.name: written(row[column]) for column in table.columns}
        found[name, tuple(plain[column.name] for column in columns)] = plain
    return found


def subjects(name: str, row: Values) -> tuple[str, str | None]:
    """Return what a row belongs to, as one filters for it."""
    belonging = TABLES[name]
    also = belonging.also
    return (
        f"{belonging.kind}:{row[belonging.column]}",
        f"{also[0]}:{row[also[1]]}" if also else None,
    )


def written(thing: Any) -> Any:
    """Return the value of a column as JSON can hold it."""
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, datetime | date | time):
        return thing.isoformat()
    return thing


def value(column: Column[Any], plain: Any) -> Any:
    """Return what a column holds for a value as it was written."""
    kind = getattr(column.type, "impl_instance", column.type)
    if plain is None:
        return None
    if isinstance(kind, EnumType):
        return kind.enum_class(plain) if kind.enum_class else plain
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(plain)
    if isinstance(kind, Date):
        return date.fromisoformat(plain)
    if isinstance(kind, Time):
        return time.fromisoformat(plain)
    return plain


def values(name: str, plain: Values) -> Values:
    """Return the columns of a row as the database takes them."""
    table = table_of(name)
    return {column: value(table.columns[column], part) for column, part in plain.items()}
