"""What is missing, in words, for who may know as much of it."""

from functools import cached_property

from flask_babel import gettext
from markupsafe import Markup

from planner.i18n.content import localize
from planner.i18n.languages import name_of
from planner.readiness.state import Missing, PlanState
from planner.speakers.naming import called, is_known
from planner.timetable.parts import Session, Speaker
from planner.timetable.registry import Conflict
from planner.timetable.wording import described, title_of
from planner.translating.labels import sort_label
from planner.translating.units import Unit, UnitKind


class Teller:
    """Tells what is missing in a plan to a reader, in the language spoken now."""

    def __init__(self, state: PlanState, reader: str, *, sees_names: bool) -> None:
        self._state = state
        self._reader = reader
        self._sees_names = sees_names

    @cached_property
    def conflicts(self) -> dict[str, Conflict]:
        """The conflicts of the plan by their keys, accepted ones as well."""
        stands = self._state.standing
        found = (*stands.open, *(conflict for conflict, _ in stands.accepted))
        return {conflict.key: conflict for conflict in found}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """What is to be translated by its ids."""
        return {unit.id: unit for unit in self._state.units}

    @cached_property
    def speakers(self) -> dict[str, Speaker]:
        """The speakers by their codes."""
        return {speaker.code: speaker for speaker in self._state.plan.speakers}

    def knows(self, speaker: Speaker) -> bool:
        """Tell whether the reader may know who a speaker is."""
        return is_known(speaker, sees_names=self._sees_names)

    def said(self, missing: Missing) -> Markup:
        """Return what is missing: its name, or a sentence."""
        said: Markup = getattr(self, f"_{missing.kind}")(missing)
        return said

    def conflict(self, conflict: Conflict) -> Markup:
        """Return what a conflict says."""
        return described(conflict, self._state.plan, self._reader, sees_names=self._sees_names)

    def _conflict(self, missing: Missing) -> Markup:
        return self.conflict(self.conflicts[missing.key])

    def _session(self, missing: Missing) -> Markup:
        session = self._state.plan.by_code.get(missing.key)
        return self._title(session) if session else _words(gettext("There is no session yet"))

    def _speaker(self, missing: Missing) -> Markup:
        return self._name(self.speakers[missing.key])

    def _room(self, _missing: Missing) -> Markup:
        return _words(gettext("There is no room yet"))

    def _theme(self, missing: Missing) -> Markup:
        theme = self._state.plan.theme_by_slug[missing.key]
        name = localize(theme.name, self._reader, order=self._state.plan.languages)
        return name.__html__() if name else _code(missing.key)

    def _text(self, missing: Missing) -> Markup:
        if missing.lang is None:
            return self._title(self._state.plan.by_code[missing.key.partition("-")[2]])
        return Markup("{} · {}").format(
            self._unit(self.units[missing.key]), name_of(missing.lang, self._reader)
        )

    def _unit(self, unit: Unit) -> Markup:
        if unit.kind is UnitKind.SPEAKER:
            return self._name(self.speakers[unit.key])
        if unit.kind is UnitKind.EVENT:
            return _words(sort_label(unit))
        order = self._state.plan.languages
        return localize(unit.title, self._reader, original=unit.original, order=order).__html__()

    def _title(self, session: Session) -> Markup:
        title = title_of(session, self._state.plan, self._reader)
        return title.__html__() if title else _code(session.code)

    def _name(self, speaker: Speaker) -> Markup:
        return called(speaker, self._reader, sees_names=self._sees_names).__html__()


def _words(words: str) -> Markup:
    return Markup.escape(words)


def _code(code: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(code)
