"""Columns that hold one value of a thing: how each is read from the plan, shown, and understood."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from planner.i18n.labels import N_
from planner.lib.palette import Colour
from planner.lib.text import clean_text, fold
from planner.programme.vocabulary import Kind
from planner.sessions.models import TRANSITIONS, Session, State
from planner.speakers.models import Visibility
from planner.workbook.columns import NO, YES, SheetKind
from planner.workbook.grids import Value
from planner.workbook.moments import hours_of
from planner.workbook.telling import CellError
from planner.workbook.values import (
    address_of,
    checked_text,
    count_of,
    email_of,
    language_of,
    languages_of,
    plain,
    truth_of,
)
from planner.workbook.words import kind_called, state_called, visibility_called

#: Between the languages of a cell, and between its people.
BETWEEN = "; "
_DAY = 24 * 60


class _Required:
    """Stands for the value of what must not be emptied."""


REQUIRED = _Required()
#: Understands a cell; the second argument are the event's languages, the third the thing.
Parse = Callable[[Value, tuple[str, ...], Any], Any]


@dataclass(frozen=True)
class Field:
    """A column with one value."""

    column: str
    attribute: str
    parse: Parse
    #: What a cell holds for a value that is there.
    cell: Callable[[Any], Value] = lambda value: value
    #: What the plan holds when the cell says that there is to be nothing.
    emptied: Any = REQUIRED

    def value(self, thing: Any) -> Value:
        """Return what the cell of a thing holds."""
        held = getattr(thing, self.attribute)
        if _is_nothing(held):
            return None
        value = self.cell(held)
        # Enumerations are texts as well, but clean ones.
        return clean_text(value) or None if type(value) is str else value

    def shown(self, held: Any) -> str:
        """Return a value as it is shown in an account."""
        return "" if _is_nothing(held) else shown(self.cell(held))


def _is_nothing(held: Any) -> bool:
    return held is None or (isinstance(held, str | list) and not held)


def shown(value: Value) -> str:
    """Return what a cell of ours says, as an account shows it."""
    return f"{value:%H:%M}" if isinstance(value, time) else "" if value is None else str(value)


def _one_of(words: Iterable[StrEnum], called: Callable[[str], StrEnum | None]) -> Parse:
    """Return what understands a word of a closed set.

    :raises CellError: when it is none of them.
    """
    known = tuple(words)

    def parse(value: Value, _languages: tuple[str, ...], _thing: Any) -> StrEnum:
        found = called(plain(value))
        if found is None:
            raise CellError(
                N_("“%(written)s” is none of the words for it: %(words)s."),
                written=plain(value)[:100],
                words=known,
            )
        return found

    return parse


def _state(value: Value, languages: tuple[str, ...], thing: Session | None) -> State:
    """Return a state into which a session may go."""
    state = State(_one_of(State, state_called)(value, languages, thing))
    if thing is not None and state != thing.state and state not in TRANSITIONS[thing.state]:
        raise CellError(
            N_("A session that is %(state)s cannot become %(wanted)s; it can become %(others)s."),
            state=thing.state.value,
            wanted=state.value,
            others=sorted(TRANSITIONS[thing.state]),
        )
    return state


def _colour_called(written: str) -> Colour | None:
    return next((colour for colour in Colour if fold(colour) == fold(written)), None)


def _hour(value: Value, _languages: tuple[str, ...], _thing: Any) -> time:
    minute = hours_of(value).start % _DAY
    return time(minute // 60, minute % 60)


def _line(value: Value, _languages: tuple[str, ...], _thing: Any) -> str:
    return checked_text(value, lines=False)


def _lines(value: Value, _languages: tuple[str, ...], _thing: Any) -> str:
    return checked_text(value, lines=True)


def _short_line(value: Value, _languages: tuple[str, ...], _thing: Any) -> str:
    return checked_text(value, lines=False)[:100]


def _count(least: int) -> Parse:
    return lambda value, _languages, _thing: count_of(value, least=least)


def _truth(value: Value, _languages: tuple[str, ...], _thing: Any) -> bool:
    return truth_of(value)


def _languages(value: Value, languages: tuple[str, ...], _thing: Any) -> list[str]:
    return languages_of(value, languages)


def _language(value: Value, languages: tuple[str, ...], _thing: Any) -> str:
    return language_of(value, languages)


def _address(value: Value, _languages: tuple[str, ...], _thing: Any) -> str:
    return address_of(value)


def _email(value: Value, _languages: tuple[str, ...], _thing: Any) -> str:
    return email_of(value)


def yes_no(truth: bool) -> str:
    """Return the word for yes or no that cells hold."""
    return YES if truth else NO


def _word(member: StrEnum) -> str:
    return member.value


def _listed(codes: list[str]) -> str:
    return BETWEEN.join(codes)


_REMARK = Field("remark", "remark", _lines, emptied="")
FIELDS = {
    SheetKind.SESSIONS: (
        Field("kind", "kind", _one_of(Kind, kind_called), _word),
        Field("spoken", "spoken_languages", _languages, _listed, emptied=[]),
        Field("interpreted", "interpreted_languages", _languages, _listed, emptied=[]),
        Field("audience", "audience", _count(0), emptied=None),
        Field("state", "state", _state, _word),
        Field("pinned", "pinned", _truth, yes_no, emptied=False),
        Field("step_free", "needs_step_free", _truth, yes_no, emptied=False),
        Field("online", "online_url", _address, emptied=None),
        _REMARK,
    ),
    SheetKind.SPEAKERS: (
        Field("visibility", "visibility", _one_of(Visibility, visibility_called), _word),
        Field("email", "email", _email, emptied=None),
        Field("spoken", "spoken_languages", _languages, _listed, emptied=[]),
        Field("original", "original_language", _language, emptied=None),
        _REMARK,
    ),
    SheetKind.ROOMS: (
        Field("site", "site", _short_line, emptied=""),
        Field("capacity", "capacity", _count(1), emptied=None),
        Field("booths", "booths", _count(0), emptied=0),
        Field("step_free", "step_free", _truth, yes_no, emptied=False),
        Field("opens", "opens", _hour, emptied=None),
        Field("closes", "closes", _hour, emptied=None),
    ),
    SheetKind.THEMES: (Field("colour", "colour", _one_of(Colour, _colour_called), _word),),
}
#: Texts that are kept as maps from language to text: column, attribute, and whether it has lines.
LABELS: dict[SheetKind, tuple[tuple[str, str, bool], ...]] = {
    SheetKind.ROOMS: (("name", "name", False), ("floor", "floor", False)),
    SheetKind.THEMES: (("name", "name", False), ("description", "description", True)),
}
#: Texts of which each language has a row: the same.
TEXTS: dict[SheetKind, tuple[tuple[str, str, bool], ...]] = {
    SheetKind.SESSIONS: (("title", "title", False), ("abstract", "abstract", True)),
    SheetKind.SPEAKERS: (
        ("name", "display_name", False),
        ("pseudonym", "pseudonym", False),
        ("organisation", "organisation", False),
        ("biography", "biography", True),
    ),
}
