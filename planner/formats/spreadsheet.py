"""The programme as a table for spreadsheets: CSV, one row a session, in the reader's language."""

import csv
from collections.abc import Callable
from io import StringIO

from flask_babel import gettext

from planner.i18n.content import localize
from planner.i18n.interface import speaking
from planner.i18n.labels import kind_label, role_label, status_label
from planner.i18n.languages import name_of
from planner.lib.formulas import guarded
from planner.lib.markup import plain_of
from planner.lib.text import clean_line, clean_text
from planner.programme.document import Appearance, Session, Texts
from planner.programme.published import Published, ends_at

#: Without it Excel takes UTF-8 for the code page of its country.
_BYTE_ORDER_MARK = "\ufeff"
_BETWEEN = "; "


def csv_document(published: Published, lang: str, base_url: str) -> bytes:
    """Return the programme as CSV in UTF-8 (RFC 4180), cancelled sessions included.

    Dates and hours are the venue's. Nothing in a cell can be taken for a formula. Needs an
    application context.
    """
    with speaking(lang):
        columns = _columns(_Row(published, lang, base_url))
        table = StringIO()
        writer = csv.writer(table, quoting=csv.QUOTE_ALL)
        writer.writerow([guarded(heading) for heading, _ in columns])
        for session in published.sessions:
            writer.writerow([guarded(told(session)) for _, told in columns])
    return (_BYTE_ORDER_MARK + table.getvalue()).encode()


class _Row:
    """What the cells of a session say, in the language spoken now."""

    def __init__(self, published: Published, lang: str, base_url: str) -> None:
        self._published = published
        self._lang = lang
        self._sessions = f"{base_url}/{lang}/{published.event.slug}/sessions"

    def room(self, session: Session) -> str:
        room = self._published.room_by_slug.get(session.room or "")
        if room is not None:
            return self._line(room.name)
        return str(gettext("All rooms")) if session.across_rooms else ""

    def theme(self, session: Session) -> str:
        theme = self._published.theme_by_slug.get(session.theme or "")
        return self._line(theme.name) if theme else ""

    def title(self, session: Session) -> str:
        return self._line(session.title, session.original_language)

    def abstract(self, session: Session) -> str:
        return clean_text(plain_of(self._text(session.abstract, session.original_language)))

    def people(self, session: Session) -> str:
        told = (f"{self._name(person)} ({role_label(person.role)})" for person in session.people)
        return _BETWEEN.join(told)

    def spoken(self, session: Session) -> str:
        return self._languages(session.spoken_languages)

    def interpreted(self, session: Session) -> str:
        return self._languages(session.interpreted_languages)

    def address(self, session: Session) -> str:
        return f"{self._sessions}/{session.code}"

    def _name(self, person: Appearance) -> str:
        speaker = self._published.speaker_by_code.get(person.speaker or "")
        name = self._line(speaker.name if speaker else person.pseudonym)
        withheld = self._published.event.withheld_name
        return name or self._line(withheld) or str(gettext("Name withheld"))

    def _languages(self, codes: tuple[str, ...]) -> str:
        return _BETWEEN.join(name_of(code, self._lang) for code in codes)

    def _line(self, texts: Texts, original: str | None = None) -> str:
        return clean_line(self._text(texts, original))

    def _text(self, texts: Texts, original: str | None) -> str:
        order = self._published.event.languages
        return localize(texts, self._lang, original=original, order=order).value


def _columns(row: _Row) -> tuple[tuple[str, Callable[[Session], str]], ...]:
    """Return the columns in order, each with its heading and what a session says in it."""
    return (
        (gettext("Code"), lambda session: session.code),
        (gettext("Date"), lambda session: session.starts_at.date().isoformat()),
        (gettext("Starts at"), lambda session: f"{session.starts_at:%H:%M}"),
        (gettext("Ends at"), lambda session: f"{ends_at(session):%H:%M}"),
        (gettext("Minutes"), lambda session: str(session.minutes)),
        (gettext("Room"), row.room),
        (gettext("Theme"), row.theme),
        (gettext("Kind"), lambda session: kind_label(session.kind)),
        (gettext("Title"), row.title),
        (gettext("Abstract"), row.abstract),
        (gettext("People"), row.people),
        (gettext("Spoken languages"), row.spoken),
        (gettext("Interpreted into"), row.interpreted),
        (gettext("Status"), lambda session: status_label(session.status)),
        (gettext("Web address"), row.address),
    )
