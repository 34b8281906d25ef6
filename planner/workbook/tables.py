"""The plan as tables: what stands in every cell of a workbook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.events.models import Event, Room, Theme
from planner.i18n.content import localize
from planner.lib.text import clean_line, clean_text, fold
from planner.sessions.models import Session
from planner.speakers.models import Speaker
from planner.speakers.naming import is_known
from planner.workbook.columns import Heading, SheetKind, headings
from planner.workbook.fields import BETWEEN, FIELDS, LABELS, TEXTS, yes_no
from planner.workbook.grids import Value

_FAR = datetime.fromisoformat("9999-12-31")


@dataclass(frozen=True)
class Table:
    """One sheet: its columns, and the values of its rows."""

    kind: SheetKind
    headings: list[Heading]
    rows: list[list[Value]]


class Tables:
    """The tables of a plan, for who may know the names of all people or of public ones only.

    ``lang`` is the language in which rooms, themes and people are called where cells refer to
    them.
    """

    def __init__(self, plan: Event, lang: str, *, sees_names: bool) -> None:
        self.plan = plan
        self.lang = lang
        self.sees_names = sees_names
        self.languages = tuple(plan.languages)
        self._rooms = labels(plan.rooms, self._name)
        self._themes = labels(plan.themes, self._name)
        self._people = names(plan.speakers, lang, sees_names=sees_names)

    def __iter__(self) -> Iterator[Table]:
        return map(self.table, SheetKind)

    def table(self, kind: SheetKind) -> Table:
        """Return one table."""
        columns = list(headings(kind, self.languages))
        rows = [
            [self._value(kind, thing, head) for head in columns] for thing in self._things(kind)
        ]
        return Table(kind, columns, rows)

    @property
    def rooms(self) -> list[str]:
        """What the rooms are called in cells."""
        return list(self._rooms.values())

    @property
    def themes(self) -> list[str]:
        """What the themes are called in cells."""
        return list(self._themes.values())

    def _things(self, kind: SheetKind) -> list[Any]:
        match kind:
            case SheetKind.ROOMS:
                return list(self.plan.rooms)
            case SheetKind.THEMES:
                return list(self.plan.themes)
            case SheetKind.SPEAKERS:
                return sorted(self.plan.speakers, key=lambda speaker: speaker.number)
        return sorted(self.plan.sessions, key=_by_time)

    def _value(self, kind: SheetKind, thing: Any, heading: Heading) -> Value:
        column = heading.column
        if column.tells_who and not is_known(thing, sees_names=self.sees_names):
            return None
        if heading.lang:
            return text_of(kind, thing, column.name, heading.lang) or None
        field = _FIELDS.get((kind, column.name))
        if field is not None:
            return field.value(thing)
        return self._special(thing, column.name)

    def _special(self, thing: Any, column: str) -> Value:  # noqa: PLR0911 -- one a column
        match thing, column:
            case Room() | Theme(), "slug":
                return str(thing.slug)
            case Session() | Speaker(), "code":
                return str(thing.code)
            case Session(), "room":
                return self._rooms[thing.room] if thing.room else None
            case Session(), "theme":
                return self._themes[thing.theme] if thing.theme else None
            case Session(), "date":
                return thing.starts_at.date() if thing.starts_at else None
            case Session(), "start":
                return thing.starts_at.time() if thing.starts_at else None
            case Session(), "minutes":
                return thing.minutes
            case Session(), "speakers":
                return people_cell(thing, self._people) or None
            case Session(), "original":
                return thing.original_language
            case Session(), "all_rooms":
                return yes_no(thing.across_rooms)
        raise LookupError(column)

    def _name(self, thing: Room | Theme) -> str:
        return clean_line(localize(thing.name, self.lang, order=self.languages).value)


_FIELDS = {(kind, field.column): field for kind in SheetKind for field in FIELDS[kind]}


def text_of(kind: SheetKind, thing: Any, column: str, lang: str) -> str:
    """Return the text of a thing in one language as cells hold it, empty where there is none."""
    for name, attribute, lines in LABELS.get(kind, ()):
        if name == column:
            text = getattr(thing, attribute).get(lang, "")
            return clean_text(text) if lines else clean_line(text)
    for name, attribute, lines in TEXTS.get(kind, ()):
        if name == column:
            row = thing.texts.get(lang)
            text = getattr(row, attribute) or "" if row is not None else ""
            return clean_text(text) if lines else clean_line(text)
    raise LookupError(column)


def labels(things: list[Any], name_of: Callable[[Any], str]) -> dict[Any, str]:
    """Return what rooms or themes are called in cells: by name where only one has it, or slug."""
    found: dict[Any, str] = {}
    names: dict[str, set[Any]] = {}
    for thing in things:
        for name in {fold(name) for name in (*thing.name.values(), thing.slug)}:
            names.setdefault(name, set()).add(thing)
    for thing in things:
        name = name_of(thing)
        is_clear = fold(name) and names.get(fold(name), set()) == {thing}
        found[thing] = name if is_clear else thing.slug
    return found


def names(speakers: list[Speaker], lang: str, *, sees_names: bool) -> dict[Speaker, str]:
    """Return what speakers are called in cells.

    That is their name, where it is known, is that of one only, and can be told from the role
    behind it; else their code.
    """
    known = [speaker for speaker in speakers if is_known(speaker, sees_names=sees_names)]
    codes = {fold(speaker.code) for speaker in speakers}
    counted: dict[str, set[Speaker]] = {}
    for speaker in known:
        for text in speaker.texts.values():
            counted.setdefault(fold(text.display_name), set()).add(speaker)
    found = {speaker: speaker.code for speaker in speakers}
    for speaker in known:
        told = {code: text.display_name for code, text in speaker.texts.items()}
        name = clean_line(localize(told, lang, original=speaker.original_language).value)
        if counted.get(fold(name)) == {speaker} and _is_clear(name, codes):
            found[speaker] = name
    return found


def _is_clear(name: str, codes: set[str]) -> bool:
    """Tell whether a name can stand in a cell among others and with a role behind it."""
    is_plain = not any(sign in name for sign in ";؛\n")
    return bool(fold(name)) and is_plain and fold(name) not in codes and name not in {"-", "–", "—"}


def people_cell(session: Session, called: dict[Speaker, str]) -> str:
    """Return who takes part in a session as a cell holds it."""
    return BETWEEN.join(
        f"{called[person.speaker]} ({person.role.value})" for person in session.people
    )


def _by_time(session: Session) -> tuple[bool, datetime, int, str]:
    room = session.room.position if session.room else -1
    return session.starts_at is None, session.starts_at or _FAR, room, session.code
