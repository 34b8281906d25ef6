"""What people do about their registration: register, confirm, change, cancel, be forgotten.

Whatever gives or frees a place takes the event's lock first, so that no two requests give away the
same place. Nothing of it is in the history, which would name people.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.accounts.queries import email_key
from planner.accounts.throttling import Limits, admit_within
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.journal.recording import lock_plan
from planner.lib.clock import now
from planner.notices.models import NoticeKind
from planner.participants.models import Participant, Standing
from planner.registration.keys import new_key
from planner.registration.mailing import post, post_on_request
from planner.registration.principles import Wording, kept
from planner.removal.sweeping import Unfinished, begin

#: Who does not confirm within this time is forgotten.
TO_CONFIRM = timedelta(hours=48)
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
#: Many people at a conference share one network.
LIMITS = Limits(
    account=((5, _MINUTE), (20, _HOUR)), network=((120, _MINUTE),), everybody=((600, _MINUTE),)
)
_REGISTERING, _ASKING = "registration", "registration link"


class UnknownError(LookupError):
    """The registration is gone."""


@dataclass(frozen=True)
class Answers:
    """What somebody told of themselves."""

    name: str
    organisation: str
    languages: tuple[str, ...]
    interpretation: tuple[str, ...]
    access_needs: str


def register(slug: str, email: str, answers: Answers, *, agreed_to: Wording, language: str) -> None:
    """Keep a registration until its address is confirmed, and ask for that by mail.

    Of an address that has a place, or waits for one, nothing is changed: it is sent its link.

    :raises planner.accounts.throttling.TooManyAttemptsError: when there were too many attempts.
    """
    address = email_key(email)
    with write_tx() as database:
        admit_within(database, _REGISTERING, address, LIMITS)
        event_id = database.scalars(select(Event.id).where(Event.slug == slug)).one()
        lock_plan(database, event_id)
        participant = database.scalar(
            select(Participant).where(
                Participant.event_id == event_id, Participant.email == address
            )
        )
        if participant is not None and _is_settled(participant):
            post_on_request(database, NoticeKind.REGISTRATION, participant)
            return
        principles = kept(database, event_id, agreed_to)
        if participant is None:
            nonce, known_by = new_key(event_id)
            participant = Participant(
                event_id=event_id, email=address, nonce=nonce, digest=known_by
            )
            database.add(participant)
        _take(participant, answers)
        participant.standing, participant.language = Standing.UNCONFIRMED, language
        participant.confirmed_at = participant.position = None
        participant.created_at = participant.consented_at = now()
        participant.principles = principles
        database.flush()
        post_on_request(database, NoticeKind.CONFIRMING, participant)


def ask_for_link(email: str) -> None:
    """Send whoever registered with an address the links to their pages, one for each event.

    :raises planner.accounts.throttling.TooManyAttemptsError: when it was asked too often.
    """
    address = email_key(email)
    with write_tx() as database:
        admit_within(database, _ASKING, address, LIMITS)
        for participant in database.scalars(
            select(Participant).where(
                Participant.email == address, Participant.standing != Standing.CANCELLED
            )
        ).all():
            kind = NoticeKind.REGISTRATION if _is_settled(participant) else NoticeKind.CONFIRMING
            post_on_request(database, kind, participant)


def confirm(participant_id: int) -> None:
    """Give somebody whose address is confirmed a place, or the last one on the waiting list.

    :raises UnknownError: when the registration is gone.
    """
    with write_tx() as database:
        participant = locked(database, participant_id)
        if participant.standing is Standing.UNCONFIRMED:
            settle(database, participant)


def change(participant_id: int, answers: Answers, *, language: str) -> None:
    """Change what somebody told of themselves.

    :raises UnknownError: when the registration is gone.
    """
    with write_tx() as database:
        participant = locked(database, participant_id)
        if participant.standing is not Standing.CANCELLED:
            _take(participant, answers)
            participant.language = language


def cancel(participant_id: int) -> None:
    """Give up somebody's place; the first who waits gets it.

    :raises UnknownError: when the registration is gone.
    """
    with write_tx() as database:
        call_off(database, locked(database, participant_id))


def erase(participant_id: int, *, instance: Path) -> None:
    """Delete everything that is stored about somebody.

    What the files of the database still hold between their pages goes with the next minute's work:
    that reads and writes all of it, which nobody outside should be able to ask for.

    :raises UnknownError: when it is gone already.
    """
    with write_tx() as database:
        forget(database, locked(database, participant_id), instance=instance)


def fill_all() -> int:
    """Give places that are free to those who wait, in all events; return how many."""
    waiting = select(Participant.event_id).where(Participant.standing == Standing.WAITING)
    events = db.session.scalars(waiting.distinct()).all()
    db.session.rollback()
    given = 0
    for event_id in events:
        with write_tx() as database:
            lock_plan(database, event_id)
            given += fill(database, event_id)
    return given


def locked(database: DatabaseSession, participant_id: int) -> Participant:
    """Return a registration as it is now, within a transaction; no other place is given meanwhile.

    :raises UnknownError: when it is gone.
    """
    event_id = database.scalar(select(Participant.event_id).where(Participant.id == participant_id))
    if event_id is None:
        raise UnknownError(participant_id)
    lock_plan(database, event_id)
    found = database.get(Participant, participant_id, populate_existing=True)
    if found is None:
        raise UnknownError(participant_id)
    return found


def settle(database: DatabaseSession, participant: Participant) -> None:
    """Put somebody last on the waiting list, and give them a place if one is free."""
    last = database.scalar(
        select(func.max(Participant.position)).where(Participant.event_id == participant.event_id)
    )
    participant.position = (last or 0) + 1
    participant.standing, participant.confirmed_at = Standing.WAITING, now()
    fill(database, participant.event_id, untold=participant)


def call_off(database: DatabaseSession, participant: Participant) -> None:
    """Cancel a registration; of what was told stays only whose it was."""
    participant.standing, participant.position = Standing.CANCELLED, None
    participant.organisation = participant.access_needs = ""
    participant.languages, participant.interpretation = [], []
    fill(database, participant.event_id)


def forget(database: DatabaseSession, participant: Participant, *, instance: Path) -> None:
    """Delete a registration with the messages to its address, and give its place on."""
    event_id = participant.event_id
    database.delete(participant)
    database.flush()
    begin(instance, Unfinished(events=set(), photos=set()))
    fill(database, event_id)


def fill(database: DatabaseSession, event_id: int, *, untold: Participant | None = None) -> int:
    """Give free places to the first who wait, and tell them by mail; return how many.

    The event must be locked. ``untold`` is who reads it at once and needs no mail.
    """
    database.flush()
    places = database.scalar(select(Event.registration_places).where(Event.id == event_id))
    wanted = (
        select(Participant)
        .where(Participant.event_id == event_id, Participant.standing == Standing.WAITING)
        .order_by(Participant.position, Participant.id)
    )
    if places is not None:
        wanted = wanted.limit(max(0, places - taken(database, event_id)))
    chosen = database.scalars(wanted).all()
    for participant in chosen:
        participant.standing = Standing.REGISTERED
        if participant is not untold:
            post(database, NoticeKind.MOVED_UP, participant)
    database.flush()
    return len(chosen)


def taken(database: DatabaseSession, event_id: int) -> int:
    """Return how many places of an event are taken."""
    return database.scalars(
        select(func.count(Participant.id)).where(
            Participant.event_id == event_id, Participant.standing == Standing.REGISTERED
        )
    ).one()


def _is_settled(participant: Participant) -> bool:
    return participant.standing in {Standing.REGISTERED, Standing.WAITING}


def _take(participant: Participant, answers: Answers) -> None:
    participant.name = answers.name
    participant.organisation = answers.organisation
    participant.languages = list(answers.languages)
    participant.interpretation = list(answers.interpretation)
    participant.access_needs = answers.access_needs
