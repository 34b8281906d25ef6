"""Rules of what is still missing, for information."""

from collections.abc import Iterator

from planner.i18n.labels import N_
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import State
from planner.timetable.parts import Session
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Severity, rule

#: Kinds of sessions at which somebody is expected to speak.
_SPOKEN = {
    Kind.PLENARY,
    Kind.PANEL,
    Kind.WORKSHOP,
    Kind.TESTIMONY,
    Kind.PERFORMANCE,
    Kind.OTHER,
}


def _is_expected(session: Session) -> bool:
    """Tell whether a session is to be held: a proposal that nobody placed may lack anything."""
    return session.state is not State.PROPOSED or session.starts_at is not None


def _hosts(session: Session) -> set[Role]:
    return {person.role for person in session.taking_part} - {Role.INTERPRETER}


@rule(
    "unplaced",
    Severity.INFORMATION,
    N_("Not placed yet"),
    N_("“%(session)s” has no room and hour yet."),
)
def unplaced(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that are accepted and have no place yet."""
    if session.starts_at is None and _is_expected(session):
        yield unplaced.of_one(plan, session)


@rule(
    "no-speaker",
    Severity.INFORMATION,
    N_("Nobody speaks"),
    N_("Nobody takes part in “%(session)s” yet."),
)
def no_speaker(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions without anybody, or whose people all declined, that need somebody.

    Interpreters alone do not make a session.
    """
    if session.kind in _SPOKEN and _is_expected(session) and not _hosts(session):
        yield no_speaker.of_one(plan, session)


@rule(
    "no-moderator",
    Severity.INFORMATION,
    N_("A panel without a moderator"),
    N_("The panel “%(session)s” has no moderator."),
)
def no_moderator(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find panels that have people, but neither a moderator nor a facilitator."""
    if session.kind is not Kind.PANEL or not _is_expected(session):
        return
    hosts = _hosts(session)
    if hosts and not hosts & {Role.MODERATOR, Role.FACILITATOR}:
        yield no_moderator.of_one(plan, session)


@rule(
    "missing-title",
    Severity.INFORMATION,
    N_("Title missing in a language"),
    N_("“%(session)s” has no title in %(languages)s."),
)
def missing_title(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions without a title in some language of the event."""
    missing = [lang for lang in plan.languages if not session.titles.get(lang)]
    if missing and _is_expected(session):
        yield missing_title.of_one(plan, session, languages=("languages", *missing))
