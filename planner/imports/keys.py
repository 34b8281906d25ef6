"""What the events of a schedule are called in the plan, so that a later file finds them again."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from planner.imports.persons import usable_id
from planner.imports.report import Report
from planner.imports.source import SourceEvent
from planner.imports.texts import line_of
from planner.lib.text import clean_line, fold

_LONGEST = 150


@dataclass(frozen=True)
class Key:
    """What one event is called."""

    #: By its guid, else its id, else its title; the second of that name has ``#2`` at its end.
    key: str
    #: By its id alone, for files that have no guids; empty when it has none.
    id_key: str
    #: Its UUID: the file's, or one that follows from the key.
    guid: str

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called in the plan."""
        return (self.key, self.id_key) if self.id_key else (self.key,)


class Keys:
    """The keys of a schedule's events, each given once."""

    def __init__(self, conference: str, report: Report) -> None:
        self._conference = conference
        self._report = report
        self._counts: Counter[str] = Counter()

    def of(self, event: SourceEvent) -> Key:
        """Return what an event is called; of several that are called the same, each otherwise."""
        identity = usable_id(event.id)
        id_key = _short(f"id:{identity}") if identity else ""
        told = clean_line(event.guid).lower()
        title = line_of(event.title)
        key = _short(f"guid:{told}") if told else id_key or _short(f"title:{fold(title) or title}")
        try:
            guid = UUID(told)
        except ValueError:
            guid = uuid5(NAMESPACE_URL, f"{self._conference}:{key}")
        self._counts[key] += 1
        count = self._counts[key]
        if count == 1:
            return Key(key, id_key, str(guid))
        times = "twice" if count == 2 else f"{count} times"
        self._report.change(
            event.number,
            where_of(event),
            f"{key} stands in the file {times}; this one is {key}#{count} in the plan",
        )
        return Key(f"{key}#{count}", "", str(uuid5(guid, str(count))))


def where_of(event: SourceEvent) -> str:
    """Return where an event stands in the file, for the report."""
    identity = clean_line(event.id) or clean_line(event.guid)
    label = f"event {identity[:60]}" if identity else f"event number {event.number}"
    title = line_of(event.title)
    return f"{label} “{title[:80]}”" if title else label


def _short(key: str) -> str:
    """Return a key that the database has room for."""
    if len(key) <= _LONGEST:
        return key
    return key[:60] + "~" + hashlib.sha256(key.encode()).hexdigest()
