"""What becomes of what speakers asked for, proposed and saw through their links.

Their tables belong to a package that stands above this one, so they are taken from the metadata.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session as DatabaseSession

from planner.extensions import metadata
from planner.removal.redaction import Redaction
from planner.removal.targets import Item, Way

_LINKS, _SEEN = "speaker_link", "speaker_seen"
#: With the columns that people write into.
_WRITTEN = {
    "speaker_request": ("text", "answer"),
    "speaker_proposal": ("base", "content", "answer"),
}


def forget(database: DatabaseSession, speaker_ids: Collection[int]) -> None:
    """End the links of people who are erased; delete what they asked for, proposed and saw.

    Turns of interpreters stay, as their parts in sessions do.
    """
    for name in (_LINKS, _SEEN, *_WRITTEN):
        table = _table(name)
        database.execute(delete(table).where(table.c.speaker_id.in_(speaker_ids)))


def photos_of(database: DatabaseSession, speaker_ids: Collection[int]) -> set[str]:
    """Return the photos that people proposed, by their names among the uploads."""
    table = _table("speaker_proposal")
    contents = select(table.c.base, table.c.content).where(table.c.speaker_id.in_(speaker_ids))
    proposed = [told for row in database.execute(contents) for told in row]
    return {told["photo"] for told in proposed if told.get("photo")}


def forget_session(database: DatabaseSession, event_id: int, item: Item, way: Way) -> None:
    """Delete what speakers saw of a session, and with ``Way.ERASE`` what they wrote about it."""
    seen, people = _table(_SEEN), _table("speaker")
    of_event = select(people.c.id).where(people.c.event_id == event_id)
    database.execute(
        delete(seen).where(seen.c.session_code == item.code, seen.c.speaker_id.in_(of_event))
    )
    for name in _WRITTEN if way is Way.ERASE else ():
        table = _table(name)
        database.execute(delete(table).where(table.c.session_id.in_(item.ids)))


def rewrite(database: DatabaseSession, event_id: int, redaction: Redaction) -> None:
    """Rewrite what anybody asked for or proposed, and what they saw.

    What somebody who is withheld proposed for their own texts stays, as those texts do.
    """
    for name, columns in _WRITTEN.items():
        table = _table(name)
        for row in database.execute(select(table).where(table.c.event_id == event_id)).mappings():
            is_own = redaction.is_own("speaker", f"speaker:{row['speaker_id']}")
            if not (is_own and row["session_id"] is None and name == "speaker_proposal"):
                _change(database, table, row, columns, redaction.plain)
    seen, people = _table(_SEEN), _table("speaker")
    of_event = select(people.c.id).where(people.c.event_id == event_id)
    for row in database.execute(select(seen).where(seen.c.speaker_id.in_(of_event))).mappings():
        _change(database, seen, row, ("facts",), redaction.told)


def _change(
    database: DatabaseSession, table: Table, row: Any, columns: Collection[str], anew: Any
) -> None:
    found = {column: anew(row[column]) for column in columns}
    if any(found[column] != row[column] for column in columns):
        own = [column == row[column.name] for column in table.primary_key]
        database.execute(update(table).where(*own).values(found))


def _table(name: str) -> Table:
    return metadata.tables[name]
