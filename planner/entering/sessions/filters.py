"""What the list of sessions was asked for, and the sessions that answer to it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from planner.entering.lists import Asked, holds
from planner.i18n.content import localize
from planner.i18n.sorting import sort_key
from planner.lib.text import fold
from planner.sessions.models import State
from planner.speakers.queries import Directory
from planner.timetable.parts import Session
from planner.timetable.plan import Plan

#: In place of a day, a theme or a room: those that have none.
UNPLACED, NONE = "unplaced", "none"
#: What one can sort by; the first is how the list comes.
SORTS = ("hours", "title", "theme", "state", "code")
_STATES = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True)
class Filters(Asked):
    """The query of the list of sessions; what is empty was not asked for."""

    state: str = ""
    kind: str = ""
    theme: str = ""
    room: str = ""
    day: str = ""
    #: A language in which the title is missing.
    missing: str = ""
    conflicts: str = ""


def chosen(
    plan: Plan, filters: Filters, people: Directory, *, reader: str, troubled: Collection[str]
) -> list[Session]:
    """Return the sessions that were asked for, in the order asked for.

    ``troubled`` are the codes of those with conflicts, for whom asks for these.
    """
    words = fold(filters.q).split()

    def is_asked_for(session: Session) -> bool:
        return (
            filters.state in ("", session.state)
            and filters.kind in ("", session.kind)
            and filters.theme in ("", session.theme or NONE)
            and filters.room in ("", session.room or NONE)
            and filters.day in ("", _day(plan, session))
            and (not filters.missing or filters.missing not in session.titles)
            and (not filters.conflicts or session.code in troubled)
            and (not words or holds(words, _texts(session, people)))
        )

    found = [session for session in plan.sessions if is_asked_for(session)]
    return sorted(found, key=_key(plan, filters.sort, reader))


def _day(plan: Plan, session: Session) -> str:
    return plan.day_of(session.starts_at).isoformat() if session.starts_at else UNPLACED


def _texts(session: Session, people: Directory) -> list[str]:
    names = [name for person in session.people for name in people.by_id[person.speaker_id].words]
    return [session.code, *session.titles.values(), *names]


def _key(plan: Plan, sort: str, reader: str) -> Callable[[Session], tuple[object, ...]]:
    rooms = {room.slug: place for place, room in enumerate(plan.rooms)}
    themes = {theme.slug: place for place, theme in enumerate(plan.themes)}

    def hours(session: Session) -> tuple[object, ...]:
        when = session.starts_at.isoformat() if session.starts_at else "~"
        return when, rooms.get(session.room or "", -1), session.code

    def title(session: Session) -> tuple[object, ...]:
        told = localize(
            session.titles, reader, original=session.original_language, order=plan.languages
        )
        return not told, sort_key(str(told)), session.code

    match sort:
        case "title":
            return title
        case "theme":
            return lambda session: (themes.get(session.theme or "", len(themes)), *hours(session))
        case "state":
            return lambda session: (_STATES[session.state], *hours(session))
        case "code":
            return lambda session: (session.code,)
    return hours
