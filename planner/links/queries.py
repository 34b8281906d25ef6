"""Reading who has a link, who has used it, and who has answered, for the desk."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from planner.events.models import Event, Room
from planner.extensions import db, metadata
from planner.links.models import Opens, SpeakerLink
from planner.notices.models import Notice, NoticeKind
from planner.programme.document import decode
from planner.programme.vocabulary import Status
from planner.sessions.answers import place_told
from planner.sessions.models import PUBLIC_STATES, Answer, Session, SessionSpeaker
from planner.speakers.models import Speaker, SpeakerText, Visibility


@dataclass(frozen=True)
class Name:
    """What a speaker is called in one language."""

    display_name: str


@dataclass
class Line:
    """A speaker, their link and their answers; shown only as far as who asks may know."""

    id: int
    number: int
    code: str
    visibility: Visibility
    original_language: str | None
    email: str | None
    #: When the link was made, and when something was done on the page last.
    made_at: datetime | None
    used_at: datetime | None
    texts: dict[str, Name] = field(default_factory=dict)
    #: Sessions in which they take part, and have not declined.
    sessions: set[int] = field(default_factory=set)
    #: What they answered to what they can see and say yes to: to what has an hour.
    answers: list[Answer] = field(default_factory=list)
    #: What is on its way to them.
    waiting: set[NoticeKind] = field(default_factory=set)

    @property
    def takes_part(self) -> bool:
        """Whether there is a session for which they have a link."""
        return bool(self.sessions)

    @property
    def has_to_answer(self) -> bool:
        """Whether they have not answered something that they can see."""
        return Answer.ASKED in self.answers

    @property
    def has_answered(self) -> bool:
        """Whether they have answered everything that they can see."""
        return bool(self.answers) and not self.has_to_answer


def lines(event: Event) -> list[Line]:
    """Return all speakers of an event with their links, in five statements or six."""
    found = {row.id: Line(*row) for row in db.session.execute(_speakers(event.id))}
    texts = select(SpeakerText.speaker_id, SpeakerText.lang, SpeakerText.display_name)
    for speaker_id, lang, name in db.session.execute(
        texts.join(Speaker, Speaker.id == SpeakerText.speaker_id).where(
            Speaker.event_id == event.id
        )
    ):
        found[speaker_id].texts[lang] = Name(name)
    public = None if event.shows_plan else _public_places(event.id)
    for row in db.session.execute(_parts(event.id)):
        line = found[row.speaker_id]
        if row.answer is not Answer.DECLINED:
            line.sessions.add(row.session_id)
        place = _place_in_plan(row) if public is None else public.get(row.code)
        if place is not None and (answer := _answer_to(place, row)):
            line.answers.append(answer)
    for speaker_id, kind in db.session.execute(_waiting(event.id)):
        found[speaker_id].waiting.add(kind)
    return sorted(found.values(), key=lambda line: line.number)


def _speakers(event_id: int) -> Any:
    is_page = (SpeakerLink.speaker_id == Speaker.id) & (SpeakerLink.opens == Opens.PAGE)
    return (
        select(
            Speaker.id,
            Speaker.number,
            Speaker.code,
            Speaker.visibility,
            Speaker.original_language,
            Speaker.email,
            SpeakerLink.created_at,
            SpeakerLink.used_at,
        )
        .outerjoin(SpeakerLink, is_page)
        .where(Speaker.event_id == event_id)
    )


def _parts(event_id: int) -> Any:
    return (
        select(
            SessionSpeaker.speaker_id,
            SessionSpeaker.session_id,
            SessionSpeaker.answer,
            SessionSpeaker.answered_for,
            Session.code,
            Session.starts_at,
            Session.across_rooms,
            Room.slug,
        )
        .join(Session, Session.id == SessionSpeaker.session_id)
        .outerjoin(Room, Room.id == Session.room_id)
        .where(Session.event_id == event_id, Session.state.in_(PUBLIC_STATES))
    )


def _waiting(event_id: int) -> Any:
    return (
        select(Notice.speaker_id, Notice.kind)
        .join(Speaker, Speaker.id == Notice.speaker_id)
        .where(
            Speaker.event_id == event_id,
            Notice.kind.in_([NoticeKind.LINK, NoticeKind.REMINDER]),
            Notice.due_at.is_not(None),
        )
    )


def _answer_to(place: str, part: Any) -> Answer | None:
    """Return what somebody said to a session where it stands; None where nobody can say yes yet.

    The page asks anew who confirmed another hour or room, and asks nobody before there is one.
    """
    answer: Answer = part.answer
    if answer is Answer.CONFIRMED and part.answered_for not in {"", place}:
        answer = Answer.ASKED
    return answer if place or answer is not Answer.ASKED else None


def _place_in_plan(part: Any) -> str:
    return place_told(part.starts_at, part.slug, across=part.across_rooms)


def _public_places(event_id: int) -> dict[str, str]:
    """Return where sessions stand as everybody may read, by code, but for those cancelled."""
    releases = metadata.tables["release"]
    content = db.session.scalar(
        select(releases.c.document)
        .where(releases.c.event_id == event_id)
        .order_by(releases.c.number.desc())
        .limit(1)
    )
    if content is None:
        return {}
    return {
        told.code: place_told(told.starts_at, told.room, across=told.across_rooms)
        for told in decode(content).sessions
        if told.status is not Status.CANCELLED
    }
