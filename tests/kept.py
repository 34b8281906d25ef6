"""Databases that hold the small plan already: a file is copied sooner than a plan is made.

Only where nobody could tell: the database is the very file that tests begin with, and nobody else
has it open. Every other database gets its plan the long way.
"""

from collections.abc import Callable
from pathlib import Path

from planner.extensions import db

#: What a file held, by what it became.
_KEPT: dict[tuple[bytes, Callable[[], None]], bytes] = {}
_BEGINNINGS: set[bytes] = set()


def begin_with(template: Path) -> None:
    """Let the database of an installation be one that tests begin with."""
    file = template / "planner.sqlite"
    if file.exists():
        _BEGINNINGS.add(file.read_bytes())


def once(fill: Callable[[], None]) -> None:
    """Fill the database of the application; at the second time put back how that ended."""
    before = _content()
    if before not in _BEGINNINGS:
        fill()
    elif (before, fill) in _KEPT:
        Path(str(db.engine.url.database)).write_bytes(_KEPT[before, fill])
    else:
        fill()
        if after := _content():
            _KEPT[before, fill] = after


def _content() -> bytes:
    """Return a file of SQLite that is all there is of a database, or nothing."""
    if db.engine.dialect.name != "sqlite" or db.session.info.get("writes"):
        return b""
    session = db.session()
    if session.new or session.dirty or session.deleted:
        return b""  # writing refuses that
    session.rollback()
    db.engine.dispose()
    file = Path(str(db.engine.url.database))
    # The log goes with whoever has the file open last.
    return b"" if file.with_name(f"{file.name}-wal").exists() else file.read_bytes()
