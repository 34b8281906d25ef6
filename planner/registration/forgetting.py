"""What is deleted when its hour has come: unconfirmed registrations, and at last all of them."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import delete, exists, func, select

from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import lock_plan, note_down
from planner.lib.clock import now
from planner.participants.models import Participant, Principles, Standing
from planner.registration.moments import kept_until
from planner.registration.operations import TO_CONFIRM
from planner.removal.sweeping import Unfinished, begin

#: What is deleted within this time is deleted together.
_TOGETHER = timedelta(hours=1)
FORGOTTEN = words.action(
    "participants.forgotten", N_("Registrations deleted on the day that was set (%(count)s)")
)


def forget_unconfirmed(instance: Path) -> int:
    """Delete registrations that nobody confirmed in time; return how many.

    Links end at once when the time is over. What is stored goes within an hour, many together,
    because sweeping up after it goes through the whole database. Where no mail is sent nobody could
    confirm, and organizers do that instead: nothing is deleted before its day.
    """
    if not current_app.config["SMTP_URL"]:
        return 0
    unconfirmed = Participant.standing == Standing.UNCONFIRMED
    oldest = db.session.scalar(select(func.min(Participant.created_at)).where(unconfirmed))
    db.session.rollback()
    moment = now()
    if oldest is None or oldest > moment - TO_CONFIRM - _TOGETHER:
        return 0
    with write_tx() as database:
        gone = database.execute(
            delete(Participant)
            .where(unconfirmed, Participant.created_at <= moment - TO_CONFIRM)
            .returning(Participant.id)
        ).all()
        begin(instance, Unfinished(events=set(), photos=set()))
    return len(gone)


def forget_due(instance: Path) -> list[tuple[str, int]]:
    """Delete all registrations of events whose day for it has come; return how many, by event."""
    moment = now()
    wanted = select(Event).where(exists().where(Participant.event_id == Event.id))
    due = [
        (event.id, event.slug)
        for event in db.session.scalars(wanted)
        if kept_until(event.participants_kept_until, event.last_day)
        <= moment.astimezone(ZoneInfo(event.time_zone)).date()
    ]
    db.session.rollback()
    return [(slug, _forget_all(event_id, instance)) for event_id, slug in due]


def _forget_all(event_id: int, instance: Path) -> int:
    with write_tx() as database:
        lock_plan(database, event_id)
        gone = database.execute(
            delete(Participant).where(Participant.event_id == event_id).returning(Participant.id)
        ).all()
        database.execute(delete(Principles).where(Principles.event_id == event_id))
        note_down(database, event_id, None, FORGOTTEN, {"count": len(gone)})
        begin(instance, Unfinished(events=set(), photos=set()))
    return len(gone)
