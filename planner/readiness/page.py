"""The page of what stands between the plan and each stage, in the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from planner.accounts.access import Access, Permission
from planner.desk.language import spoken
from planner.desk.layout import reader_of
from planner.i18n.content import LocalText
from planner.i18n.formats import short_date
from planner.i18n.labels import stage_label
from planner.programme.vocabulary import Stage
from planner.readiness.labels import requirement_label
from planner.readiness.progress import Way, progress_of
from planner.readiness.state import Missing, PlanState
from planner.readiness.telling import Teller
from planner.readiness.weighing import Finding, Readiness, weigh
from planner.timetable.parts import Theme
from planner.timetable.registry import Conflict, Severity
from planner.timetable.rules.interpreting import not_interpreted
from planner.translating.units import UnitKind

#: So many missing things stand in sight, and so many at most where one asks for more of them.
_IN_SIGHT, _MOST = 5, 100


@dataclass(frozen=True)
class Item:
    """A missing thing, and the page that mends it."""

    words: Markup
    href: str


@dataclass(frozen=True)
class Told:
    """A requirement: what it asks, and what is missing for it."""

    key: str
    label: str
    is_binding: bool
    count: int
    first: tuple[Item, ...]
    rest: tuple[Item, ...]
    #: The page where all of them are.
    everything: str

    @property
    def untold(self) -> int:
        """How many more there are than the page tells."""
        return self.count - len(self.first) - len(self.rest)


@dataclass(frozen=True)
class StageTold:
    """A stage, and what it asks by itself; a final programme asks for all of a draft besides."""

    stage: Stage
    label: str
    is_ready: bool
    #: How many of the requirements of this stage alone are not met.
    unmet: int
    requirements: tuple[Told, ...]


@dataclass(frozen=True)
class Row:
    """A row of the chart: what it is about, its theme's colour, and how far that has come."""

    name: LocalText | str
    colour: str | None
    way: Way


def readiness_page(access: Access) -> dict[str, Any]:
    """Return what the page shows besides the form."""
    state = PlanState(access.event)
    weighed = weigh(access.event, Stage.FINAL, state)
    page = _Page(access, state)
    progress = progress_of(state)
    return {
        "stages": [page.stage(stage, weighed) for stage in Stage],
        "chart": [
            (gettext("In all"), [Row(gettext("All sessions"), None, progress.whole)]),
            (gettext("By theme"), [page.of_theme(*told) for told in progress.themes]),
            (gettext("By day"), [page.of_day(*told) for told in progress.days]),
        ],
        "measures": [
            ("placed", gettext("Placed")),
            ("confirmed", gettext("Confirmed")),
            ("translated", gettext("Translated")),
        ],
        "is_empty": not state.plan.active,
        "requirement_label": requirement_label,
    }


class _Page:
    """Puts what is missing into words with ways to mend it."""

    def __init__(self, access: Access, state: PlanState) -> None:
        self._access = access
        self._state = state
        self._teller = Teller(state, spoken().code, sees_names=access.sees_names)
        self._may_plan = access.may(Permission.PLAN)

    def stage(self, stage: Stage, weighed: Readiness) -> StageTold:
        own = [found for found in weighed.findings if found.requirement.stage is stage]
        unmet = sum(not found.is_met for found in own)
        # Final asks for all: nothing of the draft may be missing either.
        is_ready = weighed.is_ready if stage is Stage.FINAL else not unmet
        told = tuple(self._told(found) for found in own)
        return StageTold(stage, stage_label(stage), is_ready, unmet, told)

    def of_theme(self, theme: Theme | None, way: Way) -> Row:
        if theme is None:
            return Row(gettext("Without a theme"), None, way)
        return Row(self._named(theme.name) or theme.slug, theme.colour, way)

    def of_day(self, day: date | None, name: Any, way: Way) -> Row:
        if day is None:
            return Row(gettext("Not placed"), None, way)
        return Row(short_date(day, spoken().code), None, way)

    def _named(self, texts: Any) -> LocalText:
        return reader_of(self._access)(texts)

    def _told(self, found: Finding) -> Told:
        key = found.requirement.key
        items = tuple(self._items(key, found.missing[: _IN_SIGHT + _MOST]))
        return Told(
            key,
            requirement_label(key),
            found.is_binding,
            len(found.missing),
            items[:_IN_SIGHT],
            items[_IN_SIGHT:],
            self._everything(key),
        )

    def _items(self, key: str, missing: Iterable[Missing]) -> Iterable[Item]:
        for found in missing:
            href: str = getattr(self, f"_mend_{found.kind}")(key, found)
            yield Item(self._teller.said(found), href)

    def _mend_conflict(self, _key: str, missing: Missing) -> str:
        return self._conflict(self._teller.conflicts[missing.key])

    def _conflict(self, conflict: Conflict) -> str:
        """Return the page of conflicts, narrowed to one as far as that goes."""
        asked = {
            "session": conflict.sessions[0] if conflict.sessions else None,
            "theme": conflict.theme if not conflict.sessions else None,
            "day": conflict.day.isoformat() if conflict.day else None,
        }
        return self._address("timetable.conflicts", rule=conflict.rule, **asked)

    def _mend_session(self, key: str, missing: Missing) -> str:
        if not missing.key:
            return self._address("sessions.create" if self._may_plan else "sessions.index")
        is_moved = key in {"placed", "dates"} and self._may_plan
        return self._address("timetable.move" if is_moved else "sessions.show", code=missing.key)

    def _mend_speaker(self, _key: str, missing: Missing) -> str:
        return self._address("speakers.show", code=missing.key)

    def _mend_text(self, _key: str, missing: Missing) -> str:
        kind, _, code = missing.key.partition("-")
        if missing.lang is None:
            return self._address("sessions.show", code=code)
        if kind == UnitKind.SPEAKER and not self._teller.knows(self._teller.speakers[code]):
            # The texts of somebody whom the reader may not know are not shown to be translated.
            return self._address("speakers.show", code=code)
        return self._address("translating.unit", lang=missing.lang, unit=missing.key)

    def _mend_room(self, _key: str, _missing: Missing) -> str:
        return self._address("events.add_room" if self._may_plan else "events.rooms")

    def _mend_theme(self, _key: str, missing: Missing) -> str:
        return self._address("sessions.index", theme=missing.key)

    def _everything(self, key: str) -> str:
        endpoint, query = _EVERYTHING[key]
        return self._address(endpoint, **query)

    def _address(self, endpoint: str, **query: Any) -> str:
        return url_for(endpoint, event=self._access.event.slug, **query)


#: Where all that may be missing for a requirement is listed.
_EVERYTHING: dict[str, tuple[str, dict[str, str]]] = {
    "errors": ("timetable.conflicts", {"severity": Severity.ERROR.word}),
    "dates": ("timetable.overview", {}),
    "rooms": ("events.rooms", {}),
    "placed": ("sessions.index", {"day": "unplaced"}),
    "confirmed": ("sessions.index", {"sort": "state"}),
    "answered": ("speakers.index", {"without": "answer"}),
    "texts": ("translating.index", {}),
    "interpretation": ("timetable.conflicts", {"rule": not_interpreted.name}),
    "warnings": ("timetable.conflicts", {"severity": Severity.WARNING.word}),
    "themes": ("events.themes", {}),
}
