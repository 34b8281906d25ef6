"""The only writers of agendas. Each change is one short transaction."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.orm import Session as DatabaseSession

from planner.agenda.keys import digest, new_key, reading_token
from planner.agenda.models import Agenda, Star
from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now

#: More than anybody can go to.
MOST_STARS = 500
#: Agendas are kept for so long after the last day of their event, and after their last change.
KEPT_DAYS = 30
#: An agenda without stars is kept for so long: somebody may just have emptied it.
EMPTY_DAYS = 1


class FullError(ValueError):
    """An agenda would have more stars than it may."""


def change_stars(
    event: str,
    key: str | None,
    *,
    language: str,
    release: int,
    add: Collection[str] = (),
    drop: Collection[str] = (),
) -> str:
    """Put sessions into an agenda, or take them out; return the key of the agenda.

    A new agenda is made when there is none of this key. ``release`` is the number of the release
    in which its reader sees the sessions. What is there already, or not there, is no error.

    :raises FullError: when there would be too many; then nothing is changed.
    """
    with write_tx() as database:
        number = _number(database, event, key) if key else None
        if key is None or number is None:
            key = new_key()
            number = _new(database, event, key, language)
        known = set(database.scalars(select(Star.code).where(Star.agenda_id == number)))
        added, dropped = set(add) - known, (set(drop) - set(add)) & known
        if len(known) + len(added) - len(dropped) > MOST_STARS:
            raise FullError(event)
        if dropped:
            gone = delete(Star).where(Star.agenda_id == number, Star.code.in_(dropped))
            database.execute(gone)
        if added:
            rows = [{"agenda_id": number, "code": code, "seen": release} for code in sorted(added)]
            database.execute(insert(Star), rows)
        if added or dropped:
            _touch(database, number, language)
    return key


def mark_seen(event: str, key: str, release: int) -> None:
    """Note that the reader of an agenda saw all its sessions as a release has them."""
    with write_tx() as database:
        number = _number(database, event, key)
        database.execute(
            update(Star).where(Star.agenda_id == number, Star.seen < release).values(seen=release)
        )


def empty_agenda(event: str, key: str, language: str) -> None:
    """Take everything out of an agenda; who subscribed to it or shares it, still does."""
    with write_tx() as database:
        number = _number(database, event, key)
        if number is not None:
            database.execute(delete(Star).where(Star.agenda_id == number))
            _touch(database, number, language)


def delete_agenda(event: str, key: str) -> None:
    """Delete an agenda; its links open nothing from then on."""
    with write_tx() as database:
        database.execute(delete(Agenda).where(Agenda.digest == digest(key), Agenda.event == event))


def forget_old_agendas(last_days: Iterable[tuple[str, date]]) -> int:
    """Delete agendas that nobody needs any more; return how many.

    ``last_days`` are those of events, by slug. Gone are agendas that were not touched for
    a while after the last day of their event, and those that are empty.
    """
    today = now()
    old = today - timedelta(days=KEPT_DAYS)
    conditions = [
        (Agenda.touched_at < today - timedelta(days=EMPTY_DAYS))
        & ~exists().where(Star.agenda_id == Agenda.id)
    ]
    slugs = [slug for slug, last_day in last_days if last_day < old.date()]
    if slugs:
        conditions.append((Agenda.touched_at < old) & Agenda.event.in_(slugs))
    forgotten = 0
    for condition in conditions:
        # Read before, so that nobody waits for a transaction that has nothing to do.
        if db.session.scalar(select(func.count(Agenda.id)).where(condition)):
            with write_tx() as database:
                found = database.scalars(delete(Agenda).where(condition).returning(Agenda.id))
                forgotten += len(found.all())
    return forgotten


def _number(database: DatabaseSession, event: str, key: str) -> int | None:
    """Return the number of an agenda, which nobody else changes until the transaction ends."""
    return database.scalar(
        select(Agenda.id)
        .where(Agenda.digest == digest(key), Agenda.event == event)
        .with_for_update()
    )


def _new(database: DatabaseSession, event: str, key: str, language: str) -> int:
    agenda = Agenda(
        event=event,
        digest=digest(key),
        shared_digest=digest(reading_token(key)),
        language=language,
        touched_at=now(),
    )
    database.add(agenda)
    database.flush()
    return agenda.id


def _touch(database: DatabaseSession, number: int, language: str) -> None:
    database.execute(
        update(Agenda)
        .where(Agenda.id == number)
        .values(touched_at=now(), language=language)
        .execution_options(synchronize_session=False)
    )
