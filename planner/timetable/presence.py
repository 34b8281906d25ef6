"""Who looks at which day of the board just now."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from planner.accounts.models import User
from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now
from planner.timetable.models import Presence

#: Who was not seen for so long has left.
GONE_AFTER = timedelta(minutes=1)
#: Who was seen a shorter time ago is not written down once more.
SEEN_FOR = timedelta(seconds=10)


def see(event_id: int, user_id: int, day: date) -> None:
    """Note that somebody looks at a day; writes only when that says something new."""
    known = db.session.get(Presence, (event_id, user_id))
    if known is not None and known.day == day and now() - known.seen_at < SEEN_FOR:
        return
    try:
        with write_tx() as database:
            known = database.get(Presence, (event_id, user_id))
            if known is None:
                known = Presence(event_id=event_id, user_id=user_id, day=day, seen_at=now())
                database.add(known)
            known.day, known.seen_at = day, now()
    except IntegrityError:
        # Another page of the same organizer was quicker by a moment, which is as good.
        return


def present(event_id: int, day: date, *, but: int) -> Sequence[str]:
    """Return the names of the others who look at a day, in one statement."""
    return db.session.scalars(
        select(User.name)
        .join(Presence, Presence.user_id == User.id)
        .where(
            Presence.event_id == event_id,
            Presence.day == day,
            Presence.seen_at > now() - GONE_AFTER,
            Presence.user_id != but,
        )
        .order_by(User.name)
    ).all()
