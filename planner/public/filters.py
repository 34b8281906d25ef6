"""What a reader of the programme asked for: a day, a theme, a room, a language, a kind, words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from planner.lib.spelling import words_in
from planner.programme.document import Session
from planner.programme.published import Published, day_of
from planner.public.search import found_by

#: Beyond so many sessions the programme begins with its first day alone.
MANY = 300
EVERY_DAY = "all"
#: The order of what is found by words, where it is not that of relevance.
BY_TIME = "time"
_LONGEST_SEARCH = 200
#: What can be asked for, each alone or with others, in the order of the query.
ASPECTS = ("day", "theme", "room", "language", "kind", "q")


@dataclass(frozen=True)
class Filters:
    """The query of the programme page; what is empty was not asked for."""

    day: str = ""
    theme: str = ""
    room: str = ""
    language: str = ""
    kind: str = ""
    q: str = ""
    order: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> "Filters":
        """Return what a query asks for; other parameters are ignored."""
        q = " ".join(arguments.get("q", "").split())[:_LONGEST_SEARCH]
        return cls(
            **{name: arguments.get(name, "").strip() for name in ASPECTS if name != "q"},
            q=q,
            order=BY_TIME if q and arguments.get("order", "") == BY_TIME else "",
        )

    @property
    def query(self) -> str:
        """The canonical query: in one order, without what was not asked for."""
        asked = ((name, getattr(self, name)) for name in (*ASPECTS, "order"))
        return urlencode([(name, value) for name, value in asked if value])

    @property
    def narrow(self) -> bool:
        """Whether more than a day was asked for."""
        return bool(self.sparse or self.language)

    @property
    def sparse(self) -> bool:
        """Whether what is found is better read as a list than drawn to scale."""
        return bool(self.theme or self.room or self.kind or self.q)

    @property
    def in_use(self) -> tuple[str, ...]:
        """The aspects that leave something out."""
        return tuple(
            name
            for name in ASPECTS
            if getattr(self, name) and not (name == "day" and self.day == EVERY_DAY)
        )

    @property
    def by_relevance(self) -> bool:
        """Whether what is found stands in the order of relevance and not of time."""
        return bool(words_in(self.q)) and self.order != BY_TIME

    def but(self, **changes: str) -> "Filters":
        """Return these filters with some of them changed."""
        changed = replace(self, **changes)
        return changed if changed.q else replace(changed, order="")

    def known(self, published: Published) -> bool:
        """Tell whether the programme has the day, theme, room, language and kind asked for."""
        days = {day.isoformat() for day in published.sessions_by_day}
        return (
            (not self.day or self.day == EVERY_DAY or self.day in days)
            and (not self.theme or self.theme in published.theme_by_slug)
            and (not self.room or self.room in published.room_by_slug)
            and (not self.language or self.language in published.languages_heard)
            and (not self.kind or any(item.kind == self.kind for item in published.sessions))
        )

    def settled(self, published: Published) -> "Filters":
        """Return these filters with the first day chosen, where everything would be too much."""
        if self.day or self.narrow or len(published.sessions) <= MANY:
            return self
        first = next((day for day, items in published.sessions_by_day.items() if items), None)
        return self.but(day=first.isoformat()) if first else self


@dataclass(frozen=True)
class Tally:
    """How many sessions there would be with other filters."""

    #: By aspect, how many there are of each of its values, the other filters as they are.
    of: Mapping[str, Counter[str]]
    #: By aspect, how many there are without it.
    without: Counter[str]


def sessions_found(published: Published, filters: Filters) -> dict[date, list[Session]]:
    """Return the sessions that are asked for, by day; days without any are left out."""
    found: dict[date, list[Session]] = {}
    tests = _tests(published, filters)
    for session in published.sessions:
        if all(test(session) for test in tests.values()):
            found.setdefault(day_of(published.event, session.starts_at), []).append(session)
    return dict(sorted(found.items()))


def sessions_ranked(published: Published, filters: Filters) -> list[Session]:
    """Return the sessions that are asked for, the most relevant to the words first."""
    tests = _tests(published, filters)
    found = map(published.session_by_code.__getitem__, found_by(published, filters.q).codes)
    return [session for session in found if all(test(session) for test in tests.values())]


def tally(published: Published, filters: Filters) -> Tally:
    """Return how many sessions there would be with one filter changed or left out."""
    tests = _tests(published, filters)
    of: dict[str, Counter[str]] = {name: Counter() for name in _VALUES}
    without: Counter[str] = Counter()
    for session in published.sessions:
        failed = [name for name, test in tests.items() if not test(session)]
        if len(failed) > 1:
            continue
        for name in failed or ASPECTS:
            without[name] += 1
            if name in of:
                of[name].update(_VALUES[name](published, session))
    return Tally(of, without)


def _tests(published: Published, filters: Filters) -> dict[str, Callable[[Session], bool]]:
    """Return what tells of a session whether it is asked for, by each aspect in use."""

    def test_of(name: str) -> Callable[[Session], bool]:
        asked, values = getattr(filters, name), _VALUES[name]
        return lambda session: asked in values(published, session)

    tests = {name: test_of(name) for name in filters.in_use if name != "q"}
    if words_in(filters.q):
        codes = frozenset(found_by(published, filters.q).codes)
        tests["q"] = lambda session: session.code in codes
    return tests


def _rooms_of(published: Published, session: Session) -> Iterable[str]:
    """Return the rooms of a session; what is in all of them is in each."""
    if session.across_rooms:
        return published.room_by_slug.keys()
    return (session.room,) if session.room else ()


#: By aspect, its values by which a session is found; a language finds what is interpreted into it
#: as well.
_VALUES: dict[str, Callable[[Published, Session], Iterable[str]]] = {
    "day": lambda found, item: (day_of(found.event, item.starts_at).isoformat(),),
    "theme": lambda _, item: (item.theme,) if item.theme else (),
    "room": _rooms_of,
    "language": lambda _, item: {*item.spoken_languages, *item.interpreted_languages},
    "kind": lambda _, item: (item.kind.value,),
}
