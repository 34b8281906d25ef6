"""What becomes of letters, and of what is kept of them."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.letters.models import Told
from planner.notices.models import Notice
from planner.removal.redaction import Redaction
from planner.removal.targets import Item, Person, Way
from planner.speakers.models import Speaker


def rewrite(database: DatabaseSession, event_id: int, redaction: Redaction) -> None:
    """Rewrite what is said to others: letters that wait or were sent, and what was told last."""
    people = select(Speaker.id).where(Speaker.event_id == event_id)
    for letter in database.scalars(select(Notice).where(Notice.speaker_id.in_(people))):
        if redaction.is_own(Speaker.__tablename__, f"speaker:{letter.speaker_id}"):
            continue
        letter.subject = redaction.letter(letter.subject, letter.language)
        letter.text = redaction.letter(letter.text, letter.language)
        letter.invitations = redaction.letter(letter.invitations, letter.language)
        letter.last_error = redaction.letter(letter.last_error)
    for told in database.scalars(select(Told).where(Told.speaker_id.in_(people))):
        told.facts = redaction.told(told.facts)
    database.flush()


def forget_person(database: DatabaseSession, person: Person, way: Way) -> None:
    """Forget, where somebody is erased, what was written to them."""
    if way is Way.ERASE and person.ids:
        database.execute(delete(Notice).where(Notice.speaker_id.in_(person.ids)))
        database.execute(delete(Told).where(Told.speaker_id.in_(person.ids)))


def forget_session(database: DatabaseSession, event_id: int, item: Item, way: Way) -> None:
    """Forget, where a session is erased, what its speakers were told of it."""
    if way is Way.ERASE:
        people = select(Speaker.id).where(Speaker.event_id == event_id)
        database.execute(
            delete(Told).where(Told.session_code == item.code, Told.speaker_id.in_(people))
        )
