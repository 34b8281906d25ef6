"""What becomes of letters, and of what is kept of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.letters.models import Told
from planner.notices.models import Notice
from planner.removal.redaction import Redaction
from planner.speakers.models import Speaker


def rewrite(database: DatabaseSession, event_id: int, redaction: Redaction) -> None:
    """Rewrite letters that wait or were sent, to whomever, and what was told last.

    Organizers who may not know names read letters as well.
    """
    people = select(Speaker.id).where(Speaker.event_id == event_id)
    for letter in database.scalars(select(Notice).where(Notice.speaker_id.in_(people))):
        letter.subject = redaction.letter(letter.subject, letter.language)
        letter.text = redaction.letter(letter.text, letter.language)
        letter.invitations = redaction.letter(letter.invitations, letter.language)
        letter.last_error = redaction.letter(letter.last_error)
    for told in database.scalars(select(Told).where(Told.speaker_id.in_(people))):
        told.facts = redaction.told(told.facts)
    database.flush()
