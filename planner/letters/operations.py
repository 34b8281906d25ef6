"""What organizers do with letters: change, hold, send and discard them."""

import hashlib
from collections.abc import Collection

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import note_down
from planner.letters.composing import is_under_way
from planner.letters.models import Told
from planner.letters.sending import note_as_told
from planner.lib.clock import now
from planner.notices.models import Notice, NoticeKind
from planner.speakers.models import Speaker

RELEASED = words.action("letter.sent", N_("%(count)s letters given out to be sent"))
DISCARDED = words.action("letter.discarded", N_("Letter to %(speaker)s discarded"))


class GoneLetterError(LookupError):
    """The letter was sent, is being sent, or gave way to that of another release."""


class ChangedLetterError(Exception):
    """Somebody else changed the text meanwhile; nothing was written."""


def change(event_id: int, number: int, *, subject: str, text: str, read: str) -> None:
    """Give a letter that waits another text. ``read`` is what names the text that was read.

    :raises GoneLetterError: when it does not wait any more.
    :raises ChangedLetterError: when it says something else by now.
    """
    with write_tx() as database:
        letter = _waiting(database, event_id, number)
        if state_of_text(letter) != read:
            raise ChangedLetterError(number)
        letter.subject, letter.text = subject, text


def state_of_text(letter: Notice) -> str:
    """Return what names the text of a letter as it is now."""
    return words_digest(letter.subject or "", letter.text or "")


def words_digest(subject: str, text: str) -> str:
    """Return what names a subject and a text."""
    return hashlib.sha256(f"{subject}\n{text}".encode()).hexdigest()


def hold(event_id: int, number: int, *, held: bool) -> None:
    """Keep a letter back, so that it is not among those sent together, or let it go again.

    :raises GoneLetterError: when it does not wait any more.
    """
    with write_tx() as database:
        letter = _waiting(database, event_id, number)
        letter.is_held = held
        if held:
            letter.due_at = None


def send(event_id: int, user_id: int | None, number: int) -> None:
    """Let one letter be sent, also one that was held or given up.

    :raises GoneLetterError: when it does not wait any more.
    """
    with write_tx() as database:
        letter = _waiting(database, event_id, number)
        if letter.due_at is None or letter.attempts:
            _let_go(letter)
            note_down(database, event_id, user_id, RELEASED, {"count": 1})


def send_all(event_id: int, user_id: int, *, up_to: int) -> int:
    """Let every letter be sent that waits, is not held and was there when somebody looked.

    ``up_to`` is the highest number that they saw. Return how many there are.
    """
    with write_tx() as database:
        letters = [
            letter
            for letter in database.scalars(_unsent(event_id).where(Notice.id <= up_to))
            if letter.due_at is None and not letter.is_held and not letter.attempts
        ]
        for letter in letters:
            _let_go(letter)
        if letters:
            note_down(database, event_id, user_id, RELEASED, {"count": len(letters)})
        return len(letters)


def discard(event_id: int, user_id: int, number: int) -> None:
    """Delete a letter because its speaker knows already what it says.

    :raises GoneLetterError: when it does not wait any more.
    """
    with write_tx() as database:
        letter = _waiting(database, event_id, number)
        speaker = database.get_one(Speaker, letter.speaker_id)
        note_as_told(database, letter)
        database.delete(letter)
        facts = {"speaker": words.speaker(speaker.number)}
        note_down(database, event_id, user_id, DISCARDED, facts)


def forget(database: DatabaseSession, speaker_ids: Collection[int]) -> None:
    """Delete, within a transaction, all letters to speakers, and what they were told.

    Letters to others hold no name: who takes part with them is put in when they are sent. The
    next release tells those who are still in the plan, with an address, everything anew.
    """
    database.execute(delete(Notice).where(Notice.speaker_id.in_(speaker_ids)))
    database.execute(delete(Told).where(Told.speaker_id.in_(speaker_ids)))


def forget_session(database: DatabaseSession, event_id: int, code: str) -> None:
    """Take, within a transaction, what a session was called out of all letters of an event.

    That it is no more can still be told: letters of a later release do so without its title.
    Letters that name it and wait are deleted, and those that were sent keep no text.
    """
    for letter in database.scalars(_letters(event_id)):
        if any(entry["code"] == code for entry in letter.invitations or ()):
            if letter.sent_at is None:
                database.delete(letter)
            else:
                letter.subject, letter.text, letter.invitations = "", "", []
    for told in database.scalars(
        select(Told)
        .join(Speaker, Speaker.id == Told.speaker_id)
        .where(Speaker.event_id == event_id, Told.session_code == code)
    ):
        told.facts = {**told.facts, "title": {}}
    database.flush()


def _let_go(letter: Notice) -> None:
    letter.is_held, letter.due_at, letter.attempts, letter.last_error = False, now(), 0, None


def _waiting(database: DatabaseSession, event_id: int, number: int) -> Notice:
    """Return a letter that nobody is sending, and keep senders away from it.

    :raises GoneLetterError: when there is none.
    """
    letter = database.scalar(
        _unsent(event_id).where(Notice.id == number).with_for_update(of=Notice)
    )
    if letter is None or is_under_way(letter):
        raise GoneLetterError(number)
    return letter


def _unsent(event_id: int) -> Select[Notice]:
    return _letters(event_id).where(Notice.sent_at.is_(None))


def _letters(event_id: int) -> Select[Notice]:
    return (
        select(Notice)
        .join(Speaker, Speaker.id == Notice.speaker_id)
        .where(Speaker.event_id == event_id, Notice.kind == NoticeKind.SCHEDULE)
        .order_by(Notice.id)
    )
