"""For which hour and room speakers said yes, and asking them anew when those change.

Where speakers see the plan, what they confirmed may change long before a release. So whoever moves
a session, in whatever way, asks those anew who confirmed it where it was, as part of the same
change: taking that back lets them have confirmed again, and so does moving it back.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session as DatabaseSession

from planner.journal.rows import Key
from planner.journal.undoing import FOLLOWING
from planner.sessions.models import Answer, Session

#: What of a session a yes holds for.
_PLACE = ("starts_at", "room", "room_id", "across_rooms")


def place_told(starts_at: datetime | None, room: str | None, *, across: bool) -> str:
    """Return an hour and a room, known by its slug, as what a yes holds for; empty without."""
    if starts_at is None:
        return ""
    return f"{starts_at.isoformat(timespec='minutes')} {room or ''}{' *' if across else ''}".strip()


def place_of(session: Session) -> str:
    """Return where a session stands in the plan, as what a yes holds for."""
    room = session.room.slug if session.room else None
    return place_told(session.starts_at, room, across=session.across_rooms)


def watch() -> None:
    """Begin to watch sessions that are moved; called once, and before any change is made."""
    if not event.contains(DatabaseSession, "before_flush", _before_flush):
        # Before the journal looks, so that it sees what is changed here.
        event.listen(DatabaseSession, "before_flush", _before_flush, insert=True)
        FOLLOWING.append(_follow)


def _before_flush(database: DatabaseSession, *_: object) -> None:
    for thing in list(database.dirty):
        if isinstance(thing, Session) and _is_moved(thing) and thing.event.shows_plan:
            _ask_anew(thing)


def _follow(database: DatabaseSession, keys: Iterable[Key]) -> None:
    """Ask anew where a session was put back, which no session of the database sees."""
    for table, key in keys:
        thing = database.get(Session, key[0]) if table == Session.__tablename__ else None
        if thing is not None and thing.event.shows_plan:
            _ask_anew(thing)


def _is_moved(session: Session) -> bool:
    state = inspect(session)
    return any(state.attrs[name].history.has_changes() for name in _PLACE)


def _ask_anew(session: Session) -> None:
    place = place_of(session)
    for person in session.people:
        is_as_confirmed = bool(place) and person.answered_for == place
        if person.answer is Answer.CONFIRMED and not is_as_confirmed:
            person.answer = Answer.ASKED
        elif person.answer is Answer.ASKED and is_as_confirmed:
            person.answer = Answer.CONFIRMED
