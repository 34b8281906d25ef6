"""What speakers may know of their sessions: from the plan where they see it, or as published."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from planner.letters.facts import Myself, fellows_of
from planner.lib.palette import Colour
from planner.programme import document
from planner.programme.document import Appearance, Texts
from planner.programme.published import Published
from planner.programme.vocabulary import Kind, Role, Stage, Status
from planner.releases.builder import appearance_of, pseudonym_of, speaker_of, texts_of
from planner.sessions.answers import place_told
from planner.sessions.models import Answer, Session, SessionSpeaker, State
from planner.speakers.models import Speaker


class Standing(StrEnum):
    """How settled it is what a speaker sees of a session."""

    #: Organizers have not accepted it yet.
    PROPOSED = "proposed"
    #: In the plan, and not published as it is there.
    PLAN = "plan"
    DRAFT = "draft"
    FINAL = "final"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Fellow:
    """Somebody else in a session, as the public may know them: by name, pseudonym, or role only."""

    role: Role
    #: The code of who is named; empty for others.
    code: str
    name: Texts
    organisation: Texts


@dataclass(frozen=True, kw_only=True)
class Content:
    """A session as a speaker sees it."""

    code: str
    standing: Standing
    kind: Kind
    theme: str | None
    theme_name: Texts
    colour: Colour | None
    #: By the venue's wall clock; none where it has no hour yet.
    starts_at: datetime | None
    minutes: int
    room: str | None
    room_name: Texts
    floor: Texts
    across_rooms: bool
    spoken: tuple[str, ...]
    interpreted: tuple[str, ...]
    original_language: str
    title: Texts
    roles: tuple[Role, ...]
    fellows: tuple[Fellow, ...]
    audience: int | None
    equipment: str
    note: str
    online_url: str | None
    #: Whether participants find it in public.
    is_public: bool
    #: What the speaker does there, in the plan; nothing where they are not in it any more.
    people: tuple[SessionSpeaker, ...]

    @property
    def holds_for(self) -> str:
        """The hour and room for which an answer holds."""
        return place_told(self.starts_at, self.room, across=self.across_rooms)

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.standing is Standing.CANCELLED

    @property
    def can_be_answered(self) -> bool:
        """Whether there is anything to say yes or no to."""
        return bool(self.people) and not self.is_cancelled

    @property
    def answer(self) -> Answer:
        """What the speaker said to it as it stands here."""
        said = {person.answer for person in self.people}
        if Answer.CONFIRMED in said:
            former = {person.answered_for for person in self.people}
            return Answer.CONFIRMED if former & {"", self.holds_for} else Answer.ASKED
        return Answer.ASKED if Answer.ASKED in said or not said else Answer.DECLINED

    @property
    def waits(self) -> bool:
        """Whether the speaker is asked for an answer."""
        return self.can_be_answered and bool(self.holds_for) and self.answer is Answer.ASKED

    def kept(self) -> dict[str, Any]:
        """Return how it stands as JSON, to see later what differs: nobody's name, no text."""
        return {
            "standing": self.standing.value,
            "at": self.starts_at.isoformat(timespec="minutes") if self.starts_at else None,
            "minutes": self.minutes,
            "room": self.room,
            "across": self.across_rooms,
            "title": _digest(self.title),
            "languages": [list(self.spoken), list(self.interpreted)],
            "people": sorted([fellow.role.value, fellow.code] for fellow in self.fellows),
            "roles": sorted(role.value for role in self.roles),
            "kind": self.kind.value,
            "theme": self.theme,
            "audience": self.audience,
            "equipment": _digest(self.equipment),
            "note": _digest(self.note),
        }


def _digest(told: object) -> str:
    return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()[:16]


def digest_of(contents: Iterable[Content]) -> str:
    """Return what stands for all that a speaker sees: another one when any of it changes."""
    return _digest({content.code: content.kept() for content in contents})


def from_plan(session: Session, speaker: Speaker, published: Published | None) -> Content:
    """Return a session as it is in the plan."""
    mine = tuple(person for person in session.people if person.speaker_id == speaker.id)
    room, theme = session.room, session.theme
    told = published.session_by_code.get(session.code) if published else None
    return Content(
        code=session.code,
        standing=_standing(session, told, published),
        kind=session.kind,
        theme=theme.slug if theme else None,
        theme_name=theme.name if theme else {},
        colour=theme.colour if theme else None,
        starts_at=session.starts_at,
        minutes=session.minutes,
        room=room.slug if room else None,
        room_name=room.name if room else {},
        floor=room.floor if room else {},
        across_rooms=session.across_rooms,
        spoken=tuple(session.spoken_languages),
        interpreted=tuple(session.interpreted_languages),
        original_language=session.original_language,
        title=texts_of({lang: text.title for lang, text in session.texts.items()}),
        roles=tuple(person.role for person in mine),
        fellows=tuple(
            _fellow_in_plan(person)
            for person in session.people
            if person.speaker_id != speaker.id and person.answer is not Answer.DECLINED
        ),
        audience=session.audience,
        equipment=session.equipment,
        note=session.speakers_note,
        online_url=session.online_url,
        is_public=told is not None,
        people=mine,
    )


def _standing(
    session: Session, told: document.Session | None, published: Published | None
) -> Standing:
    if session.state is State.WITHDRAWN:
        return Standing.CANCELLED
    if session.state is State.PROPOSED:
        return Standing.PROPOSED
    if told is None or published is None or told.status is Status.CANCELLED:
        return Standing.PLAN
    room = session.room.slug if session.room else None
    here = (session.starts_at, session.minutes, room, session.across_rooms)
    if here != (told.starts_at, told.minutes, told.room, told.across_rooms):
        return Standing.PLAN
    return _published_as(published)


def _published_as(published: Published) -> Standing:
    return Standing.FINAL if published.release.stage is Stage.FINAL else Standing.DRAFT


def _fellow_in_plan(person: SessionSpeaker) -> Fellow:
    told = appearance_of(person)
    if told.speaker:
        named = speaker_of(person.speaker)
        return Fellow(person.role, named.code, named.name, named.organisation)
    return Fellow(person.role, "", told.pseudonym, {})


def from_document(
    told: document.Session, published: Published, speaker: Speaker, session: Session | None
) -> Content:
    """Return a session as it is published; ``session`` is it in the plan, where it is there."""
    people = session.people if session else ()
    mine = tuple(person for person in people if person.speaker_id == speaker.id)
    roles = tuple(person.role for person in mine) or tuple(
        person.role for person in told.people if person.speaker == speaker.code
    )
    room = published.room_by_slug.get(told.room or "")
    theme = published.theme_by_slug.get(told.theme or "")
    me = Myself(speaker.code, pseudonym_of(speaker), roles)
    is_off = told.status is Status.CANCELLED
    return Content(
        code=told.code,
        standing=Standing.CANCELLED if is_off else _published_as(published),
        kind=told.kind,
        theme=told.theme,
        theme_name=theme.name if theme else {},
        colour=theme.colour if theme else None,
        starts_at=told.starts_at,
        minutes=told.minutes,
        room=told.room,
        room_name=room.name if room else {},
        floor=room.floor if room else {},
        across_rooms=told.across_rooms,
        spoken=told.spoken_languages,
        interpreted=told.interpreted_languages,
        original_language=told.original_language,
        title=told.title,
        roles=roles,
        fellows=tuple(_fellow_in(published, person) for person in fellows_of(told, me)),
        audience=session.audience if session else None,
        equipment=session.equipment if session else "",
        note=session.speakers_note if session else "",
        online_url=told.online_url,
        is_public=True,
        people=mine,
    )


def _fellow_in(published: Published, person: Appearance) -> Fellow:
    named = published.speaker_by_code.get(person.speaker or "")
    if named is not None:
        return Fellow(person.role, named.code, named.name, named.organisation)
    return Fellow(person.role, "", person.pseudonym, {})


def is_told_in(told: document.Session, speaker: Speaker, mine: Iterable[SessionSpeaker]) -> bool:
    """Tell whether a speaker is in a session as it is published.

    Who is not named there is taken for whoever has that role, and who declined knows of it. What is
    cancelled names nobody any more.
    """
    mine = tuple(mine)
    if told.status is Status.CANCELLED and mine:
        return True
    if any(person.speaker == speaker.code for person in told.people):
        return True
    roles = {person.role for person in told.people if not person.speaker}
    return any(person.answer is Answer.DECLINED or person.role in roles for person in mine)
