"""What organizers do with registrations. The history says what was done, and never to whom."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.events.operations import locked_event
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import check_version, note_down, recorded
from planner.notices.models import NoticeKind
from planner.participants.models import Participant, Standing
from planner.registration import operations
from planner.registration.mailing import post
from planner.registration.operations import UnknownError, call_off, fill, forget, settle, taken
from planner.removal.sweeping import sweep

CONFIRMED = words.action("participants.confirmed", N_("A registration confirmed"))
CANCELLED = words.action("participants.cancelled", N_("A registration cancelled"))
ERASED = words.action("participants.erased", N_("A registration erased"))
MOVED_UP = words.action("participants.moved_up", N_("Somebody put first on the waiting list"))
SETTINGS = words.action("event.participants", N_("Settings of participants changed"))


class TooFewPlacesError(ValueError):
    """More people are registered than there would be places; ``registered`` is how many."""

    def __init__(self, registered: int) -> None:
        super().__init__(registered)
        self.registered = registered


def confirm(event_id: int, user_id: int, number: int) -> None:
    """Confirm a registration in its owner's place, who reads so by mail.

    :raises UnknownError: when there is no such registration.
    """
    with write_tx() as database:
        participant = _locked(database, event_id, number)
        if participant.standing is Standing.UNCONFIRMED:
            settle(database, participant)
            post(database, NoticeKind.REGISTRATION, participant)
            note_down(database, event_id, user_id, CONFIRMED, {})


def cancel(event_id: int, user_id: int, number: int) -> None:
    """Cancel a registration, and tell its owner by mail.

    :raises UnknownError: when there is no such registration.
    """
    with write_tx() as database:
        participant = _locked(database, event_id, number)
        if participant.standing is not Standing.CANCELLED:
            call_off(database, participant)
            post(database, NoticeKind.CALLED_OFF, participant)
            note_down(database, event_id, user_id, CANCELLED, {})


def erase(event_id: int, user_id: int, number: int, *, instance: Path) -> None:
    """Delete everything that is stored about somebody; nobody is told.

    :raises UnknownError: when there is no such registration.
    """
    with write_tx() as database:
        forget(database, _locked(database, event_id, number), instance=instance)
        note_down(database, event_id, user_id, ERASED, {})
    sweep(instance)  # where the database is busy, the timer finishes it


def put_first(event_id: int, user_id: int, number: int) -> None:
    """Let somebody who waits be the next who gets a place.

    :raises UnknownError: when there is no such registration.
    """
    with write_tx() as database:
        participant = _locked(database, event_id, number)
        if participant.standing is not Standing.WAITING:
            return
        first = database.scalars(
            select(func.min(Participant.position)).where(
                Participant.event_id == event_id, Participant.standing == Standing.WAITING
            )
        ).one()
        if first is not None and participant.position != first:
            participant.position = first - 1
            note_down(database, event_id, user_id, MOVED_UP, {})
            fill(database, event_id)


def change_settings(
    event_id: int, user_id: int, *, version: int | None, values: Mapping[str, Any]
) -> Entry | None:
    """Change how many places there are, and until when is kept what people told.

    More places are given to those who wait. Nobody loses a place.

    :raises TooFewPlacesError: when more people are registered.
    :raises StaleError: when somebody else changed the event after ``version``.
    :raises GoneError: when there is no such event any more.
    """
    with recorded(event_id, user_id, SETTINGS) as record:
        event = locked_event(record)
        check_version(event, version)
        places, registered = values["registration_places"], taken(record.database, event_id)
        if places is not None and places < registered and places != event.registration_places:
            raise TooFewPlacesError(registered)
        for name, value in values.items():
            setattr(event, name, value)
        fill(record.database, event_id)
    return record.entry


def _locked(database: DatabaseSession, event_id: int, number: int) -> Participant:
    participant = operations.locked(database, number)
    if participant.event_id != event_id:
        raise UnknownError(number)
    return participant
