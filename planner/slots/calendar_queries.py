"""Reading what a speaker's calendar needs besides their slots: turns, stamps, what they knew."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, union

from planner.extensions import db
from planner.interpreting.models import Turn
from planner.journal.models import Entry, Row
from planner.letters.models import Told
from planner.links.models import Opens, SpeakerLink
from planner.programme.vocabulary import Role
from planner.sessions.models import Answer, Session, SessionSpeaker
from planner.slots.models import Seen
from planner.slots.slots_content import Content
from planner.speakers.models import Speaker


def turns_of(speaker: Speaker) -> dict[str, list[Turn]]:
    """Return the turns of a speaker by the codes of their sessions, in order, in one statement.

    Those of sessions that they do not interpret any more are none of theirs.
    """
    found: dict[str, list[Turn]] = defaultdict(list)
    rows = db.session.execute(
        select(Session.code, Turn)
        .join(Session, Session.id == Turn.session_id)
        .join(
            SessionSpeaker,
            (SessionSpeaker.session_id == Turn.session_id)
            & (SessionSpeaker.speaker_id == Turn.speaker_id)
            & (SessionSpeaker.role == Role.INTERPRETER)
            & (SessionSpeaker.answer != Answer.DECLINED),
        )
        .where(Turn.speaker_id == speaker.id)
        .order_by(Turn.begins, Turn.id)
    )
    for code, turn in rows:
        found[code].append(turn)
    return found


def interprets(speaker: Speaker) -> bool:
    """Tell whether a speaker interprets anything, in one statement."""
    return bool(
        db.session.scalar(
            select(
                select(SessionSpeaker.session_id)
                .where(
                    SessionSpeaker.speaker_id == speaker.id,
                    SessionSpeaker.role == Role.INTERPRETER,
                )
                .exists()
            )
        )
    )


def told_before(speaker: Speaker) -> set[str]:
    """Return the codes of sessions that a speaker was told of, or said that they had seen."""
    told = select(Told.session_code).where(Told.speaker_id == speaker.id)
    seen = select(Seen.session_code).where(Seen.speaker_id == speaker.id)
    return set(db.session.scalars(union(told, seen)))


def made_at(speaker: Speaker) -> datetime:
    """Return when the address of a speaker's calendar was made, in one statement."""
    return db.session.scalars(
        select(SpeakerLink.created_at).where(
            SpeakerLink.speaker_id == speaker.id, SpeakerLink.opens == Opens.CALENDAR
        )
    ).one()


class Stamps:
    """When anything last happened to sessions in the plan, or to what is told of them."""

    def __init__(
        self, speaker: Speaker, contents: Iterable[Content], gone: set[str], made_at: datetime
    ) -> None:
        self.made_at = made_at
        self._of: dict[str, set[str]] = {}
        self._event = f"event:{speaker.event_id}"
        subjects = {self._event, f"speaker:{speaker.id}"}
        for content in contents:
            own = {f"speaker:{person.speaker_id}" for person in content.people}
            for person in content.people[:1]:
                session = person.session
                own |= {f"speaker:{each.speaker_id}" for each in session.people}
                own |= {f"session:{session.id}"}
                own |= {f"room:{session.room_id}", f"theme:{session.theme_id}"}
            self._of[content.code] = own
            subjects |= own
        if gone:
            rows = select(Session.code, Session.id).where(Session.code.in_(gone))
            for code, number in db.session.execute(rows):
                self._of[code] = {f"session:{number}"}
                subjects.add(f"session:{number}")
        self._at = self._read(subjects)

    def of(self, code: str) -> datetime:
        """Return the last moment, or when the calendar was made if there was none since."""
        subjects = {self._event, *self._of.get(code, ())}
        return max([self.made_at, *(self._at[each] for each in subjects if each in self._at)])

    @staticmethod
    def _read(subjects: set[str]) -> dict[str, datetime]:
        rows = db.session.execute(
            select(Row.subject, func.max(Row.entry_id))
            .where(Row.subject.in_(subjects))
            .group_by(Row.subject)
        ).all()
        numbers = {entry for _, entry in rows}
        moments = dict(
            db.session.execute(select(Entry.id, Entry.at).where(Entry.id.in_(numbers))).all()
        )
        return {subject: moments[entry] for subject, entry in rows if entry in moments}
