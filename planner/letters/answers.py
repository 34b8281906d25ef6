"""What becomes of speakers' answers when the hour or the room that they confirmed changes."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import Event
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import recorded_within
from planner.letters.differences import Concerned, Part
from planner.letters.facts import facts_from
from planner.notices.models import Notice
from planner.programme.document import Programme
from planner.programme.vocabulary import Role, Status
from planner.sessions.answers import place_told
from planner.sessions.models import Answer

ASKED_ANEW = words.action(
    "speaker.asked_anew",
    N_("Release %(number)s: speakers asked anew where hour or room changed"),
)

#: Roles, by speaker and code of session, in which somebody had confirmed and is asked once more.
Asked = dict[tuple[int, str], list[str]]


def ask_anew(  # noqa: PLR0917 -- all that a release knows of
    database: DatabaseSession,
    plan: Event,
    user_id: int | None,
    concerned: Iterable[Concerned],
    waiting: Mapping[int | None, Notice],
    programme: Programme,
) -> Asked:
    """Ask those anew who confirmed another hour or room, as an entry of the journal of its own.

    Nobody is asked anew twice for one change, and who was asked anew by a letter that is not sent
    has confirmed again when the change was taken back. ``waiting`` are those letters. Return in
    which roles somebody is asked anew by letter. Who confirmed on their page is asked there,
    whether they can be written to or not.
    """
    asked: Asked = {}
    otherwise: set[tuple[int, str]] = set()
    with recorded_within(
        database, plan.id, user_id, ASKED_ANEW, {"number": programme.release.number}
    ):
        for found in concerned:
            former = _entries(waiting.get(found.speaker.id))
            for part in found.parts:
                if part.asks_anew or part.is_gone:
                    otherwise.add((found.speaker.id, part.code))
                if part.asks_anew and found.can_be_written_to:
                    roles = _ask(part, former.get(part.code))
                    asked[found.speaker.id, part.code] = roles
        _confirm_again(plan, waiting, otherwise)
        if not plan.shows_plan:
            _ask_on_pages(plan, programme)
    return asked


def _entries(letter: Notice | None) -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in (letter.invitations or ())} if letter else {}


def _ask(part: Part, former: Mapping[str, Any] | None) -> list[str]:
    """Ask once more; ``former`` is what a letter that waits says of the session."""
    roles = list(former["asked_anew"]) if former else []
    told = facts_from(former["facts"]) if former else None
    if told and (told.moment, told.place) == (part.facts.moment, part.facts.place):
        return roles  # whoever has confirmed since, has confirmed just this
    facts = part.facts
    place = place_told(facts.starts_at, facts.room, across=facts.across_rooms)
    for person in part.people:
        if person.answer is Answer.CONFIRMED and person.answered_for != place:
            person.answer = Answer.ASKED
            roles.append(person.role.value)
    return sorted(set(roles))


def _ask_on_pages(plan: Event, programme: Programme) -> None:
    """Ask those anew who confirmed on their page where a session stood before this programme."""
    stands = {
        session.code: place_told(session.starts_at, session.room, across=session.across_rooms)
        for session in programme.sessions
        if session.status is not Status.CANCELLED
    }
    for session in plan.sessions:
        place = stands.get(session.code)
        for person in session.people if place else ():
            if person.answer is Answer.CONFIRMED and person.answered_for not in {"", place}:
                person.answer = Answer.ASKED


def _confirm_again(
    plan: Event, waiting: Mapping[int | None, Notice], otherwise: Container[tuple[int, str]]
) -> None:
    """Let those have confirmed who were asked anew for what is now as they confirmed it.

    ``otherwise`` is what is not.
    """
    due = {
        (speaker_id, code, Role(role))
        for speaker_id, letter in waiting.items()
        for code, entry in _entries(letter).items()
        if speaker_id is not None and (speaker_id, code) not in otherwise
        for role in entry["asked_anew"]
    }
    for session in plan.sessions if due else ():
        for person in session.people:
            is_due = (person.speaker_id, session.code, person.role) in due
            if is_due and person.answer is Answer.ASKED:
                person.answer = Answer.CONFIRMED
