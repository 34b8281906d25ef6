"""Reading agendas, and counting their stars."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from planner.agenda.keys import digest, is_token
from planner.agenda.models import Agenda, Star
from planner.extensions import db


@dataclass(frozen=True)
class Kept:
    """An agenda as it was read."""

    touched_at: datetime
    #: By the codes of its sessions the number of the release in which their reader saw them last.
    seen: Mapping[str, int]


_Stars = Select[datetime, str | None, int]


def _statement(known_by: InstrumentedAttribute[str]) -> _Stars:
    return (
        select(Agenda.touched_at, Star.code, Star.seen)
        .join(Star, Star.agenda_id == Agenda.id, isouter=True)
        .where(known_by == bindparam("digest"), Agenda.event == bindparam("event"))
    )


#: Made once: putting a statement together costs more than sending it.
_BY_KEY = _statement(Agenda.digest)
_BY_READING_TOKEN = _statement(Agenda.shared_digest)


def agenda_of(event: str, key: str) -> Kept | None:
    """Return the agenda that a key changes, in one statement; None when there is none."""
    return _read(_BY_KEY, event, key)


def shared_agenda(event: str, token: str) -> Kept | None:
    """Return the agenda that a token reads, in one statement; None when there is none."""
    return _read(_BY_READING_TOKEN, event, token)


def _read(statement: _Stars, event: str, token: str) -> Kept | None:
    if not is_token(token):
        return None
    # A session would cost more than the statement, of which it would keep nothing.
    with db.engine.connect() as connection:
        rows = connection.execute(statement, {"digest": digest(token), "event": event}).all()
    if not rows:
        return None
    return Kept(rows[0].touched_at, {row.code: row.seen for row in rows if row.code is not None})


def stars(event: str) -> dict[str, dict[str, int]]:
    """Return how often each session of an event is starred, in one statement.

    By the session's code, then by the language in which readers use their agendas. Codes of
    sessions that are gone are among them; sessions without a star are not.
    """
    rows = db.session.execute(
        select(Star.code, Agenda.language, func.count())
        .join(Agenda, Agenda.id == Star.agenda_id)
        .where(Agenda.event == event)
        .group_by(Star.code, Agenda.language)
        .order_by(Star.code, Agenda.language)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for code, language, count in rows:
        found[code][language] = count
    return dict(found)


def agendas(event: str) -> dict[str, int]:
    """Return how many agendas of an event hold a star, by language, in one statement."""
    rows = db.session.execute(
        select(Agenda.language, func.count())
        .where(Agenda.event == event, Agenda.stars.any())
        .group_by(Agenda.language)
        .order_by(Agenda.language)
    )
    return dict(rows.all())
