"""What each speaker is still to be told: the programme, against what they were told last.

Nothing is written here. What speakers were told is read, who they are comes from the plan, and
what they are told from the document that is public, or would be.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import Event
from planner.i18n.content import localize
from planner.letters.facts import Facts, Myself, facts_from, facts_of
from planner.letters.models import Told
from planner.programme.document import Programme, Session
from planner.programme.published import Published
from planner.programme.vocabulary import Role, Status
from planner.sessions.models import Answer, SessionSpeaker
from planner.speakers.languages import language_of
from planner.speakers.models import Speaker


class Difference(StrEnum):
    """How a session differs from what a speaker was told of it last."""

    NEW = "new"
    CANCELLED = "cancelled"
    #: The session takes place, without this speaker.
    OFF = "off"
    RESTORED = "restored"
    MOVED = "moved"
    ROOM = "room"
    LENGTH = "length"
    TITLE = "title"
    LANGUAGES = "languages"
    PEOPLE = "people"


#: After these a calendar must take the invitation anew (RFC 5546, section 2.1.4).
_RESCHEDULING = {
    Difference.CANCELLED,
    Difference.OFF,
    Difference.RESTORED,
    Difference.MOVED,
    Difference.ROOM,
    Difference.LENGTH,
}
GONE = frozenset({Difference.CANCELLED, Difference.OFF})
#: After these whoever had confirmed is asked once more.
ASKING = frozenset({Difference.MOVED, Difference.ROOM})


@dataclass(frozen=True)
class LastTold:
    """What a speaker was told last of one session."""

    sequence: int
    is_cancelled: bool
    facts: Facts


@dataclass(frozen=True)
class Part:
    """One session, as a speaker is to be told of it now."""

    code: str
    differences: tuple[Difference, ...]
    #: The revision of the invitation, or of its end.
    sequence: int
    facts: Facts
    before: Facts | None
    #: The rows of the plan that say what they do there; none of what they are not in any more.
    people: tuple[SessionSpeaker, ...] = ()

    @property
    def is_gone(self) -> bool:
        """Whether the session, or their part in it, is no more."""
        return not GONE.isdisjoint(self.differences)

    @property
    def asks_anew(self) -> bool:
        """Whether what they may have confirmed is otherwise now."""
        return not ASKING.isdisjoint(self.differences)


@dataclass(frozen=True)
class Concerned:
    """A speaker who is to be told something, and what."""

    speaker: Speaker
    #: The language in which they are written to.
    language: str
    #: Their sessions that differ, in order of time.
    parts: tuple[Part, ...]
    #: Whether they were told nothing before.
    is_first: bool

    @property
    def can_be_written_to(self) -> bool:
        """Whether there is an address."""
        return bool(self.speaker.email)

    @property
    def differences(self) -> frozenset[Difference]:
        """Everything that differs for them."""
        return frozenset(found for part in self.parts for found in part.differences)


KnownBySpeaker = Mapping[int, Mapping[str, LastTold]]


def told_in(database: DatabaseSession, event_id: int) -> dict[int, dict[str, LastTold]]:
    """Return what the speakers of an event were told last, by speaker and code of session."""
    found: dict[int, dict[str, LastTold]] = defaultdict(dict)
    rows = database.execute(
        select(Told.speaker_id, Told.session_code, Told.sequence, Told.is_cancelled, Told.facts)
        .join(Speaker, Speaker.id == Told.speaker_id)
        .where(Speaker.event_id == event_id)
    )
    for speaker_id, code, sequence, is_cancelled, facts in rows:
        found[speaker_id][code] = LastTold(sequence, is_cancelled, facts_from(facts))
    return found


def concerned_by(plan: Event, programme: Programme, told: KnownBySpeaker) -> list[Concerned]:
    """Return who is to be told what of a programme, with or without an address."""
    return _Comparing(plan, programme, told).all()


class _Comparing:
    """Compares a programme with what speakers were told."""

    def __init__(self, plan: Event, programme: Programme, told: KnownBySpeaker) -> None:
        self._plan = plan
        self._published = Published(programme, "")
        self._told = told
        self._people: dict[int, dict[str, list[SessionSpeaker]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for session in plan.sessions:
            for person in session.people:
                self._people[person.speaker_id][session.code].append(person)

    def all(self) -> list[Concerned]:
        found = []
        for speaker in self._plan.speakers:
            told = self._told.get(speaker.id, {})
            language = language_of(speaker, self._plan.languages)
            parts = [*self._present(speaker, told, language), *self._gone(speaker, told)]
            if parts:
                parts.sort(key=lambda part: (part.facts.starts_at, part.code))
                found.append(Concerned(speaker, language, tuple(parts), is_first=not told))
        return sorted(found, key=lambda concerned: concerned.speaker.number)

    def _taking_place(self, code: str) -> Session | None:
        session = self._published.session_by_code.get(code)
        if session is None or session.status is Status.CANCELLED:
            return None
        return session

    def _present(
        self, speaker: Speaker, told: Mapping[str, LastTold], language: str
    ) -> Iterable[Part]:
        for code, people in self._people[speaker.id].items():
            session = self._taking_place(code)
            taking_part = [one for one in people if one.answer is not Answer.DECLINED]
            if session is None or not taking_part:
                continue
            roles = tuple(one.role for one in taking_part)
            facts = facts_of(self._published, session, roles, _myself(speaker, roles))
            last = told.get(code)
            differences = _differences(last, facts, language)
            if differences:
                yield Part(
                    code,
                    differences,
                    _sequence(last, differences, session.sequence),
                    facts,
                    last.facts if last else None,
                    tuple(taking_part),
                )

    def _gone(self, speaker: Speaker, told: Mapping[str, LastTold]) -> Iterable[Part]:
        """Yield what a speaker was told and is no more. Who declined need not be told."""
        people = self._people[speaker.id]
        for code, last in told.items():
            if last.is_cancelled:
                continue
            if code in people and all(one.answer is Answer.DECLINED for one in people[code]):
                continue
            session = self._published.session_by_code.get(code)
            if self._taking_place(code) is None:
                differences = (Difference.CANCELLED,)
            elif code not in people:
                differences = (Difference.OFF,)
            else:
                continue
            sequence = _sequence(last, differences, session.sequence if session else 0)
            yield Part(code, differences, sequence, last.facts, last.facts)


def _myself(speaker: Speaker, roles: tuple[Role, ...]) -> Myself:
    pseudonym = {
        lang: text.pseudonym for lang, text in speaker.texts.items() if text.pseudonym.strip()
    }
    return Myself(speaker.code, pseudonym, roles)


def _sequence(last: LastTold | None, differences: Collection[Difference], published: int) -> int:
    """Return the revision to tell: never less than before, nor than calendars elsewhere have."""
    if last is None:
        return published
    is_rescheduled = not _RESCHEDULING.isdisjoint(differences)
    return max(last.sequence + is_rescheduled, published)


def _differences(last: LastTold | None, facts: Facts, language: str) -> tuple[Difference, ...]:
    if last is None:
        return (Difference.NEW,)
    before = last.facts
    found: dict[Difference, Any] = {
        Difference.RESTORED: last.is_cancelled,
        Difference.MOVED: before.moment != facts.moment,
        Difference.ROOM: before.place != facts.place,
        Difference.LENGTH: before.minutes != facts.minutes,
        Difference.TITLE: title_in(before, language) != title_in(facts, language),
        Difference.LANGUAGES: _languages(before) != _languages(facts),
        Difference.PEOPLE: (before.fellows, before.roles) != (facts.fellows, facts.roles),
    }
    return tuple(difference for difference, differs in found.items() if differs)


def title_in(facts: Facts, language: str) -> str:
    """Return the title of a session for a speaker; empty where it has none."""
    return localize(facts.title, language, original=facts.original_language).value


def _languages(facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return facts.spoken_languages, facts.interpreted_languages
