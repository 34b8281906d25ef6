"""Reading what a speaker's calendar needs besides their slots: turns, stamps, what they knew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, null, select, union

from planner.extensions import db
from planner.interpreting.models import Turn
from planner.journal.models import Entry, Row
from planner.letters.models import Told
from planner.links.models import Opens, SpeakerLink
from planner.programme.vocabulary import Role
from planner.removal.operations import NAME_REMOVED, SESSION_REMOVED
from planner.sessions.models import Answer, Session, SessionSpeaker
from planner.slots.models import Seen
from planner.slots.slots_content import Content
from planner.speakers.models import Speaker

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


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


@dataclass(frozen=True)
class Parting:
    """A session that a speaker was taken out of, or that was deleted, and when that was last."""

    number: int
    at: datetime


def partings_of(speaker: Speaker) -> dict[str, Parting]:
    """Return by their codes the sessions that a speaker was ever taken out of, or that are gone."""
    subjects = dict(
        db.session.execute(
            select(Row.subject, Entry.at)
            .join(Entry, Entry.id == Row.entry_id)
            .where(
                Row.table == "session_speaker",
                Row.also == f"speaker:{speaker.id}",
                Row.after.is_(null()),
            )
            .order_by(Row.id)
        ).all()
    )
    numbers = {int(subject.partition(":")[2]): at for subject, at in subjects.items()}
    here = db.session.execute(select(Session.id, Session.code).where(Session.id.in_(numbers)))
    codes: dict[int, str] = dict(here.all())
    deleted = db.session.execute(
        select(Row.key, Row.before).where(
            Row.table == "session", Row.subject.in_(subjects), Row.after.is_(null())
        )
    )
    for key, before in deleted:
        codes.setdefault(key[0], before["code"])
    return {code: Parting(number, numbers[number]) for number, code in codes.items()}


class Stamps:
    """When anything last happened to sessions in the plan, or to what is told of them."""

    def __init__(
        self,
        speaker: Speaker,
        contents: Iterable[Content],
        partings: Mapping[str, Parting],
        made_at: datetime,
    ) -> None:
        self.made_at = made_at
        self._event = f"event:{speaker.event_id}"
        # Who was taken out of a session has the stamp of that, and nothing comes before it.
        self._of = {code: {f"session:{each.number}"} for code, each in partings.items()}
        for content in contents:
            if content.people:
                self._of[content.code] = _subjects_of(content)
        mine = {self._event, f"speaker:{speaker.id}"}
        self._at = self._read(mine.union(*self._of.values()))
        self._whole = max(self._at.get(self._event, made_at), _removed_at(speaker), made_at)
        self.latest = max([self._whole, _touched_at(speaker), *self._at.values()])

    def of(self, code: str) -> datetime:
        """Return the last moment, or when the calendar was made if there was none since."""
        subjects = self._of.get(code, ())
        return max([self._whole, *(self._at[each] for each in subjects if each in self._at)])

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


def _subjects_of(content: Content) -> set[str]:
    """Return what a session is told from: it, its room and theme, and who takes part."""
    session = content.people[0].session
    return {
        f"session:{session.id}",
        f"room:{session.room_id}",
        f"theme:{session.theme_id}",
        *(f"speaker:{each.speaker_id}" for each in session.people),
    }


def _removed_at(speaker: Speaker) -> datetime:
    """Return when a name or a session was last taken out of everything.

    The plan is then rewritten as well, and no row of the journal tells of that.
    """
    removals = (NAME_REMOVED, SESSION_REMOVED)
    at = db.session.scalar(
        select(func.max(Entry.at)).where(
            Entry.event_id == speaker.event_id, Entry.action.in_(removals)
        )
    )
    return at or _LONG_AGO


def _touched_at(speaker: Speaker) -> datetime:
    """Return when a speaker's part in any session last changed, or was ended."""
    at = db.session.scalar(
        select(Entry.at)
        .join(Row, Row.entry_id == Entry.id)
        .where(Row.also == f"speaker:{speaker.id}")
        .order_by(Row.id.desc())
        .limit(1)
    )
    return at or _LONG_AGO
