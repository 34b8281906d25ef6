"""The outbox of the small event, as tests look at it."""

from sqlalchemy import select

from planner.database import write_tx
from planner.extensions import db
from planner.letters.operations import send
from planner.letters.sending import note_as_told
from planner.lib.clock import now
from planner.notices.models import Notice, NoticeKind
from planner.sessions.models import Answer, Session, SessionSpeaker
from planner.speakers.models import Speaker
from tests.plans import released


def letters() -> list[Notice]:
    """Return the letters that were not sent, as they are now."""
    db.session.rollback()
    wanted = select(Notice).where(Notice.kind == NoticeKind.SCHEDULE, Notice.sent_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Notice.id)))


def letter_to(code: str) -> Notice:
    """Return the letter to a speaker that waits."""
    (found,) = (one for one in letters() if one.speaker and one.speaker.code == code)
    return found


def told_everybody(*, hours: int = 0) -> None:
    """Publish, and let every letter have been sent."""
    released(hours=hours)
    with write_tx() as database:
        for letter in database.scalars(select(Notice).where(Notice.sent_at.is_(None))):
            note_as_told(database, letter)
            letter.sent_at = now()


def let_go(number: int) -> None:
    """Let a letter be sent with the next mail."""
    db.session.rollback()
    event_id = db.session.scalars(
        select(Speaker.event_id).join(Notice, Notice.speaker_id == Speaker.id)
    ).first()
    assert event_id is not None
    send(event_id, None, number)


def answer_of(session: str, speaker: str) -> Answer:
    """Return what a speaker answered for a session."""
    db.session.rollback()
    return db.session.scalars(
        select(SessionSpeaker.answer)
        .join(Session, Session.id == SessionSpeaker.session_id)
        .join(Speaker, Speaker.id == SessionSpeaker.speaker_id)
        .where(Session.code == session, Speaker.code == speaker)
    ).one()
