"""Narrowing the list of conflicts: by severity, rule, theme, day, session and person."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from planner.lib.text import fold
from planner.speakers.naming import is_known
from planner.timetable.parts import Speaker
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Severity, rules
from planner.timetable.wording import name_of_speaker

_LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Filters:
    """What was asked for; empty means everything. Sessions and speakers are told by code."""

    severity: str = ""
    rule: str = ""
    theme: str = ""
    day: str = ""
    session: str = ""
    speaker: str = ""
    #: Words that occur in the titles of sessions or in the names of people.
    q: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        """Return the filters of an address; what makes no sense is left out."""
        told = {name: asked.get(name, "").strip() for name in asdict(cls())}
        if told["rule"] not in rules():
            told["rule"] = ""
        if told["severity"] not in {severity.word for severity in Severity}:
            told["severity"] = ""
        if _day(told["day"]) is None:
            told["day"] = ""
        return cls(**{**told, "q": told["q"][:_LONGEST_SEARCH]})

    @property
    def is_narrow(self) -> bool:
        """Whether anything was asked for."""
        return self != Filters()

    def query(self, **but: Any) -> str:
        """Return these filters as a query, with other ones in their place."""
        told = {**asdict(self), **but}
        return urlencode([(name, str(value)) for name, value in told.items() if value])

    def but(self, **other: str) -> "Filters":
        """Return these filters with others in their place."""
        return replace(self, **other)


def matching(
    found: Iterable[Conflict], plan: Plan, filters: Filters, reader: str, *, sees_names: bool
) -> list[Conflict]:
    """Return the conflicts that were asked for. Only known names can be searched for."""
    search = _Search(plan, filters.q, reader, sees_names=sees_names)
    day = _day(filters.day)
    return [
        conflict
        for conflict in found
        if (not filters.severity or conflict.severity.word == filters.severity)
        and (not filters.rule or conflict.rule == filters.rule)
        and (not filters.theme or filters.theme in _themes(plan, conflict))
        and (day is None or day in _days(plan, conflict))
        and (not filters.session or filters.session in conflict.sessions)
        and (not filters.speaker or filters.speaker in _codes(plan, conflict))
        and search.finds(conflict)
    ]


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _themes(plan: Plan, conflict: Conflict) -> set[str | None]:
    return {conflict.theme, *(plan.by_code[code].theme for code in conflict.sessions)}


def _days(plan: Plan, conflict: Conflict) -> set[date | None]:
    starts = (plan.by_code[code].starts_at for code in conflict.sessions)
    return {conflict.day, *(plan.day_of(start) for start in starts if start)}


def _people(plan: Plan, conflict: Conflict) -> set[int]:
    """Return who is concerned: whom the rule speaks of, else all who take part."""
    if conflict.speakers:
        return set(conflict.speakers)
    return {who for code in conflict.sessions for who in plan.by_code[code].speaker_ids}


def _codes(plan: Plan, conflict: Conflict) -> set[str]:
    known = plan.speaker_by_id
    return {known[who].code for who in _people(plan, conflict) if who in known}


class _Search:
    """Words that are looked for in titles and names, however they are spelt."""

    def __init__(self, plan: Plan, asked: str, reader: str, *, sees_names: bool) -> None:
        self._plan = plan
        self._words = fold(asked).split()
        self._reader = reader
        self._sees_names = sees_names
        self._folded: dict[str | int, str] = {}

    def finds(self, conflict: Conflict) -> bool:
        """Tell whether all words occur in the titles and names of a conflict."""
        if not self._words:
            return True
        parts = [self._session(code) for code in conflict.sessions]
        parts += [self._speaker(who) for who in _people(self._plan, conflict)]
        told = " ".join(parts)
        return all(word in told for word in self._words)

    def _session(self, code: str) -> str:
        if code not in self._folded:
            titles = self._plan.by_code[code].titles.values()
            self._folded[code] = fold(" ".join((code, *titles)))
        return self._folded[code]

    def _speaker(self, who: int) -> str:
        if who not in self._folded:
            speaker = self._plan.speaker_by_id.get(who)
            self._folded[who] = fold(" ".join(self._names(speaker))) if speaker else ""
        return self._folded[who]

    def _names(self, speaker: Speaker) -> Iterable[str]:
        yield str(name_of_speaker(speaker, self._reader, sees_names=self._sees_names))
        if is_known(speaker, sees_names=self._sees_names):
            yield from (name.display_name for name in speaker.texts.values())
