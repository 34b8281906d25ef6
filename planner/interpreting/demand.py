"""What participants need of interpretation: counted from agendas and registrations, nobody named.

A star says in which language its reader reads the programme, a registration into which languages
somebody needs interpretation. Neither says who goes where, so both are hints and change nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext

from planner.agenda.queries import stars
from planner.i18n.content import LocalText
from planner.i18n.formats import comma
from planner.i18n.languages import name_of
from planner.interpreting.voice import Voice
from planner.participants.queries import needs
from planner.timetable.parts import Session


@dataclass(frozen=True)
class Unheard:
    """A session that readers of some languages want to go to who will not hear theirs there."""

    code: str
    title: LocalText
    #: How many, by language, in words.
    told: str


@dataclass(frozen=True)
class Demand:
    """What participants need on a day; empty where nobody registered and nothing is starred."""

    registered: str
    unheard: tuple[Unheard, ...]
    #: By the session's code: in how many agendas it is, by language, in words.
    by_session: Mapping[str, str]


def demand_on(voice: Voice, day: date) -> Demand:
    """Return what participants need on a day, in two statements."""
    counted = stars(voice.plan.slug)
    there = [
        session
        for session in voice.plan.placed
        if voice.plan.day_of(session.start) == day and session.code in counted
    ]
    return Demand(
        registered=_registered(voice),
        unheard=tuple(_unheard(voice, there, counted)),
        by_session={session.code: _agendas(voice, counted[session.code]) for session in there},
    )


def _registered(voice: Voice) -> str:
    needed = needs(voice.plan.event_id)
    if not needed.people:
        return ""
    told = ngettext("%(num)d person registered.", "%(num)d people registered.", needed.people)
    if not needed.interpretation:
        return str(told)
    listed = gettext(
        "They need interpretation into: %(languages)s.",
        languages=_by_language(voice, needed.interpretation),
    )
    return f"{told} {listed}"


def _unheard(
    voice: Voice, sessions: Iterable[Session], counted: Mapping[str, Mapping[str, int]]
) -> Iterable[Unheard]:
    """Yield the sessions in which somebody will hear nothing of theirs, most wanted first."""
    found = []
    for session in sessions:
        heard = {*session.spoken_languages, *session.interpreted_languages}
        missed = {lang: num for lang, num in counted[session.code].items() if lang not in heard}
        if heard and missed and not session.is_pause:
            found.append((sum(missed.values()), session, missed))
    for _, session, missed in sorted(found, key=lambda each: (-each[0], each[1].code)):
        yield Unheard(session.code, voice.title(session), _by_language(voice, missed))


def _agendas(voice: Voice, counted: Mapping[str, int]) -> str:
    num = sum(counted.values())
    return str(
        ngettext(
            "In %(num)d agenda, read in: %(languages)s",
            "In %(num)d agendas, read in: %(languages)s",
            num,
            languages=_by_language(voice, counted),
        )
    )


def _by_language(voice: Voice, counted: Mapping[str, int]) -> str:
    """Return numbers by language, in the event's order: «Arabic 12, Kurdish 8»."""
    return comma().join(
        gettext("%(language)s %(count)s", language=name_of(code, voice.reader), count=counted[code])
        for code in voice.in_order(counted)
    )
