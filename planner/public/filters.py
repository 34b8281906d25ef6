"""What a reader of the programme asked for: a day, a theme, a room, a language, words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from planner.programme.document import Session
from planner.programme.published import Published
from planner.public.search import found_by

#: Beyond so many sessions the programme begins with its first day alone.
MANY = 300
EVERY_DAY = "all"
_LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Filters:
    """The query of the programme page; what is empty was not asked for."""

    day: str = ""
    theme: str = ""
    room: str = ""
    language: str = ""
    q: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> "Filters":
        """Return what a query asks for; other parameters are ignored."""
        return cls(
            day=arguments.get("day", "").strip(),
            theme=arguments.get("theme", "").strip(),
            room=arguments.get("room", "").strip(),
            language=arguments.get("language", "").strip(),
            q=" ".join(arguments.get("q", "").split())[:_LONGEST_SEARCH],
        )

    @property
    def query(self) -> str:
        """The canonical query: in one order, without what was not asked for."""
        asked = (
            ("day", self.day),
            ("theme", self.theme),
            ("room", self.room),
            ("language", self.language),
            ("q", self.q),
        )
        return urlencode([(name, value) for name, value in asked if value])

    @property
    def narrow(self) -> bool:
        """Whether more than a day was asked for."""
        return bool(self.theme or self.room or self.language or self.q)

    @property
    def sparse(self) -> bool:
        """Whether what is found is better read as a list than drawn to scale."""
        return bool(self.theme or self.room or self.q)

    def but(self, **changes: str) -> "Filters":
        """Return these filters with some of them changed."""
        return replace(self, **changes)

    def known(self, published: Published) -> bool:
        """Tell whether the programme has the day, theme, room and language asked for."""
        days = {day.isoformat() for day in published.sessions_by_day}
        return (
            (not self.day or self.day == EVERY_DAY or self.day in days)
            and (not self.theme or self.theme in published.theme_by_slug)
            and (not self.room or self.room in published.room_by_slug)
            and (not self.language or self.language in published.languages_heard)
        )

    def settled(self, published: Published) -> "Filters":
        """Return these filters with the first day chosen, where everything would be too much."""
        if self.day or self.narrow or len(published.sessions) <= MANY:
            return self
        first = next((day for day, items in published.sessions_by_day.items() if items), None)
        return self.but(day=first.isoformat()) if first else self


def sessions_found(published: Published, filters: Filters) -> dict[date, list[Session]]:
    """Return the sessions that are asked for, by day; days without any are left out."""
    if not filters.known(published):
        return {}
    found: dict[date, list[Session]] = {}
    matching = found_by(published, filters.q) if filters.q else None
    for day, sessions in published.sessions_by_day.items():
        if filters.day in {"", EVERY_DAY, day.isoformat()}:
            kept = [
                session
                for session in sessions
                if _matches(session, filters) and (matching is None or session.code in matching)
            ]
            if kept:
                found[day] = kept
    return found


def _matches(session: Session, filters: Filters) -> bool:
    """Tell whether a session has this theme, room and language; what is in all rooms is in each."""
    return (
        (not filters.theme or session.theme == filters.theme)
        and (not filters.room or session.room == filters.room or session.across_rooms)
        and (
            not filters.language
            or filters.language in session.spoken_languages
            or filters.language in session.interpreted_languages
        )
    )
