"""What an entry changed, field by field: before and after, as one reads it.

Whoever may not know a speaker reads nothing of their rows but that they changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.events.models import Room, TextState, Theme
from planner.extensions import db
from planner.history.fields import FIELDS, HIDDEN, TABLES_WORDS, TOLD_ELSEWHERE, VALUES
from planner.i18n.content import localize
from planner.i18n.formats import clock, short_date
from planner.i18n.labels import kind_label, role_label
from planner.i18n.languages import language, name_of
from planner.journal.models import Entry, Row
from planner.programme.vocabulary import Kind, Role
from planner.sessions.labels import answer_label, state_label, text_state_label
from planner.sessions.models import Answer, Session, State
from planner.speakers.labels import visibility_label
from planner.speakers.models import Speaker, Visibility
from planner.speakers.naming import called, is_known, numbered
from planner.timetable.labels import relation_label
from planner.timetable.models import Relation

_OF_SPEAKERS = {"speaker", "speaker_text"}
#: Columns that hold the number of something, with its kind.
_COLUMNS = (("room", "room_id"), ("theme", "theme_id"), ("session", "other_id"))
_ENUMS: Mapping[str, Callable[[str], str]] = {
    "kind": lambda told: kind_label(Kind(told)),
    "role": lambda told: role_label(Role(told)),
    "answer": lambda told: answer_label(Answer(told)),
    "visibility": lambda told: visibility_label(Visibility(told)),
    "chosen_visibility": lambda told: visibility_label(Visibility(told)),
    "relation": lambda told: relation_label(Relation(told)),
}


@dataclass(frozen=True)
class Difference:
    """One field of one thing: before and after; None where there was nothing."""

    thing: Markup
    field: str
    before: Markup | None
    after: Markup | None


class Details:
    """Tells what entries changed; looks up all names in four statements."""

    def __init__(self, access: Access, entries: Iterable[Entry]) -> None:
        self._access = access
        self._reader = spoken().code
        rows = [row for entry in entries for row in entry.rows]
        wanted = _wanted(rows)
        self._sessions = _by_id(Session, wanted["session"], Session.texts)
        self._speakers = _by_id(Speaker, wanted["speaker"], Speaker.texts)
        self._rooms = _by_id(Room, wanted["room"])
        self._themes = _by_id(Theme, wanted["theme"])

    def of(self, entry: Entry) -> list[Difference]:
        """Return everything that an entry changed and its reader may know."""
        return [
            difference
            for row in entry.rows
            if row.table not in TOLD_ELSEWHERE
            for difference in self._row(row)
        ]

    def _row(self, row: Row) -> Iterator[Difference]:
        thing = self._thing(row)
        if row.table in _OF_SPEAKERS and not self._may_know(row):
            yield Difference(thing, gettext("details withheld"), None, None)
            return
        names = [*(row.before or {}), *(row.after or {})]
        for name in dict.fromkeys(names):
            if name in HIDDEN:
                continue
            before = self._value(row.table, name, (row.before or {}).get(name))
            after = self._value(row.table, name, (row.after or {}).get(name))
            if before != after:
                yield Difference(thing, gettext(FIELDS.get(name, name)), before, after)

    def _may_know(self, row: Row) -> bool:
        if self._access.sees_names:
            return True
        told = self._speakers.get(int(row.subject.split(":")[1]))
        if told is None:
            return False
        past = (row.before or {}).get("visibility", told.visibility)
        return is_known(told, sees_names=False) and past == Visibility.PUBLIC

    def _thing(self, row: Row) -> Markup:
        words = gettext(TABLES_WORDS.get(row.table, row.table))
        whole = {**(row.before or {}), **(row.after or {})}
        name = self._name_of_subject(row)
        lang = row.key[1] if row.table in {"session_text", "speaker_text"} else None
        if row.table == "session_speaker":
            name = self._speaker(row.key[1])
        if lang:
            return Markup("{} {} ({})").format(words, name, name_of(lang, self._reader))
        if not name and "name" in whole:
            name = self._texts(whole["name"])
        return Markup("{} {}").format(words, name)

    def _name_of_subject(self, row: Row) -> Markup:
        kind, _, number = row.subject.partition(":")
        found = int(number)
        if kind == "session":
            return self._session(found)
        if kind == "speaker":
            return self._speaker(found)
        if kind == "room" and found in self._rooms:
            return self._texts(self._rooms[found].name)
        if kind == "theme" and found in self._themes:
            return self._texts(self._themes[found].name)
        return Markup("")

    def _value(self, table: str, name: str, told: Any) -> Markup | None:
        if told is None or told in ("", [], {}):
            return None
        if isinstance(told, bool):
            return Markup.escape(gettext("yes") if told else gettext("no"))
        if name == "state":
            return Markup.escape(_state(table, told))
        if name in _ENUMS:
            return Markup.escape(_ENUMS[name](told))
        if name in self._references:
            return self._references[name](self, told)
        return self._plain(name, told)

    def _plain(self, name: str, told: Any) -> Markup:
        if isinstance(told, dict):
            return Markup(" · ").join(_text(text, lang) for lang, text in told.items() if text)
        if isinstance(told, list):
            return self._list(name, told)
        return self._single(name, told)

    def _single(self, name: str, told: Any) -> Markup:
        if name in {"starts_at", "ends_at", "registration_opens", "registration_closes"}:
            moment = datetime.fromisoformat(told)
            return Markup('{} <bdi dir="ltr">{}</bdi>').format(
                short_date(moment.date(), self._reader), clock(moment)
            )
        if name in {"date", "first_day", "last_day"}:
            return Markup.escape(short_date(date.fromisoformat(told), self._reader))
        if name in {"day_from", "day_to"}:
            return Markup('<bdi dir="ltr">{:02d}:{:02d}</bdi>').format(*divmod(told, 60))
        if name in {"original_language", "lang", "spoken", "into"}:
            return Markup.escape(name_of(told, self._reader))
        return Markup("<bdi>{}</bdi>").format(told)

    def _list(self, name: str, told: list[Any]) -> Markup:
        if name.endswith("languages"):
            return Markup(", ").join(name_of(code, self._reader) for code in told)
        if name in VALUES:
            return Markup(" · ").join(VALUES[name](value) for value in told)
        texts = (entry.get("name", entry) if isinstance(entry, dict) else entry for entry in told)
        return Markup(" · ").join(
            self._texts(entry) if isinstance(entry, dict) else Markup.escape(entry)
            for entry in texts
        )

    def _texts(self, texts: Mapping[str, str]) -> Markup:
        return localize(texts, self._reader).__html__()

    def _session(self, number: int) -> Markup:
        session = self._sessions.get(number)
        if session is None:
            return Markup.escape(gettext("(deleted)"))
        titles = {lang: text.title for lang, text in session.texts.items()}
        return localize(titles, self._reader, original=session.original_language).__html__()

    def _speaker(self, number: int) -> Markup:
        speaker = self._speakers.get(number)
        if speaker is None:
            return Markup.escape(gettext("(deleted)"))
        return called(speaker, self._reader, sees_names=self._access.sees_names).__html__()

    def _room(self, number: int) -> Markup:
        room = self._rooms.get(number)
        return self._texts(room.name) if room else Markup.escape(gettext("(deleted)"))

    def _theme(self, number: int) -> Markup:
        theme = self._themes.get(number)
        return self._texts(theme.name) if theme else Markup.escape(gettext("(deleted)"))

    _references: Mapping[str, Callable[["Details", int], Markup]] = {
        "room_id": _room,
        "theme_id": _theme,
        "session_id": _session,
        "other_id": _session,
        "speaker_id": _speaker,
        "number": lambda _details, number: Markup.escape(numbered(number)),
    }


def _state(table: str, told: str) -> str:
    of_text = table in {"session_text", "speaker_text", "label_state"}
    return text_state_label(TextState(told)) if of_text else state_label(State(told))


def _text(text: Any, lang: str) -> Markup:
    return Markup('<span lang="{}" dir="{}">{}</span>').format(lang, language(lang).direction, text)


def _wanted(rows: Iterable[Row]) -> dict[str, set[int]]:
    """Return the numbers of everything that rows speak of."""
    wanted: dict[str, set[int]] = {kind: set() for kind in ("session", "speaker", "room", "theme")}
    for row in rows:
        for subject in (row.subject, row.also):
            kind, _, number = (subject or "").partition(":")
            if kind in wanted:
                wanted[kind].add(int(number))
        for values in (row.before or {}, row.after or {}):
            for kind, column in _COLUMNS:
                if values.get(column) is not None:
                    wanted[kind].add(values[column])
    return wanted


def _by_id(model: Any, numbers: set[int], texts: Any = None) -> dict[int, Any]:
    if not numbers:
        return {}
    wanted = select(model).where(model.id.in_(numbers))
    if texts is not None:
        wanted = wanted.options(selectinload(texts))
    return {found.id: found for found in db.session.scalars(wanted)}
