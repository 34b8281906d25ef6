"""What the list of sessions was asked for, and the sessions that answer to it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from planner.entering.lists import LONGEST_SEARCH, holds, number_of, query_of
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
class Filters:
    """The query of the list of sessions; what is empty was not asked for."""

    q: str = ""
    state: str = ""
    kind: str = ""
    theme: str = ""
    room: str = ""
    day: str = ""
    #: A language in which the title is missing.
    missing: str = ""
    conflicts: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> "Filters":
        """Return what a query asks for; other parameters are ignored."""
        told = {
            name: arguments.get(name, "").strip()
            for name in ("state", "kind", "theme", "room", "day", "missing", "conflicts", "sort")
        }
        return cls(
            q=" ".join(arguments.get("q", "").split())[:LONGEST_SEARCH],
            page=number_of(arguments.get("page", "")),
            **told,
        )

    def query(self, **changes: object) -> str:
        """Return the canonical query, with some things asked for otherwise."""
        asked = {**vars(self), "page": 1, **changes}
        return query_of(
            (name, value) for name, value in asked.items() if name != "page" or value != 1
        )

    @property
    def narrow(self) -> bool:
        """Whether some sessions may be left out."""
        return replace(self, sort="", page=1) != Filters()


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
