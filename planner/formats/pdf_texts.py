"""What the printed programme says, in the reader's language, ready to be put into HTML."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext
from markupsafe import Markup, escape

from planner.formats.ical_lines import web_address
from planner.formats.pdf_overview import Columns
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import plain_date, short_date, time_range
from planner.i18n.labels import change_label, kind_label, role_label, status_label
from planner.i18n.languages import language, name_of
from planner.i18n.sorting import sort_key
from planner.lib.markup import html_of
from planner.lib.text import clean_line, clean_text
from planner.programme.document import Appearance, Session, Texts
from planner.programme.published import Published, day_of
from planner.programme.vocabulary import Kind, Role, Stage, Status

#: Kinds that say nothing beside the title.
_SILENT = frozenset({Kind.BREAK, Kind.MEAL, Kind.OTHER})

#: Characters of an abstract beneath which a break would leave too little on either page.
_SHORT = 1000


@dataclass(frozen=True)
class Person:
    """Somebody on a session, as the public may call them."""

    role: str
    name: Markup
    organisation: Markup


@dataclass(frozen=True)
class Entry:
    """A session, in words. What is empty is not printed."""

    anchor: str
    address: str
    hours: Markup
    title: LocalText
    title_language: str
    room: Markup
    theme: Markup
    colour: str
    kind: str
    is_cancelled: bool
    #: Whether it is kept on one page.
    is_short: bool
    marks: tuple[str, ...]
    formerly: Markup
    spoken: str
    interpreted: str
    people: tuple[Person, ...]
    interpreters: Markup
    online: str | None
    abstract: Markup
    abstract_language: LocalText

    @property
    def has_own_abstract(self) -> bool:
        """Whether there is an abstract in the reader's language."""
        return bool(self.abstract) and not self.abstract_language.is_fallback

    def without_abstract(self) -> "Entry":
        """Return the same session without its abstract, which stands beside in its language."""
        return replace(self, abstract=Markup(""))


@dataclass(frozen=True)
class Named:
    """A speaker in the index, with the sessions in order of time."""

    name: LocalText
    organisation: LocalText
    entries: tuple[Entry, ...]


class Wording:
    """The texts of one programme for readers of one language.

    Made and used while that language is spoken.
    """

    def __init__(self, published: Published, lang: str, base_url: str) -> None:
        self.published = self._published = published
        self.lang = self._lang = lang
        self._order = published.event.languages
        self._address = f"{base_url}/{lang}/{published.event.slug}"
        #: The comma of the reader's script, with its blank.
        self.comma = "، " if language(lang).direction == "rtl" else ", "
        self._entries: dict[str, Entry] = {}

    def text(self, texts: Texts, original: str | None = None) -> LocalText:
        """Return a text of one line in the reader's language or in the next best."""
        found = localize(texts, self._lang, original=original, order=self._order)
        return replace(found, value=clean_line(found.value))

    def address(self, page: str = "programme") -> str:
        """Return the address of a page of the event: of the programme that is kept up to date."""
        return f"{self._address}/{page}"

    def stage(self) -> str:
        """Return what stands on every page of a draft; empty for a final programme."""
        release = self._published.release
        if release.stage is Stage.FINAL:
            return ""
        return str(gettext("Draft %(number)s", number=release.number))

    def state(self) -> str:
        """Return how settled the programme is, in a sentence or two."""
        release = self._published.release
        day = self.published_on()
        if release.stage is Stage.FINAL:
            return str(gettext("Final programme, published on %(date)s.", date=day))
        return str(
            gettext(
                "Draft %(number)s, published on %(date)s. It will still change.",
                number=release.number,
                date=day,
            )
        )

    def published_on(self) -> str:
        """Return the day of the release, where the venue is."""
        return plain_date(self._published_there().date(), self._lang)

    def zone(self) -> Markup:
        """Return the venue's time zone."""
        name = self._published.event.time_zone.replace("_", " ")
        return Markup('<span dir="ltr">{}</span>').format(name)

    def _published_there(self) -> datetime:
        zone = ZoneInfo(self._published.event.time_zone)
        return self._published.release.published_at.astimezone(zone)

    def headings(self, columns: Columns) -> list[Markup]:
        """Return what stands above the columns of an overview."""
        if columns == (None,):
            return [escape(gettext("Programme"))]
        return [self._room_name(slug) if slug else escape(gettext("Elsewhere")) for slug in columns]

    def colour(self, session: Session) -> str:
        """Return the colour of a session's theme."""
        theme = self._published.theme_by_slug.get(session.theme or "")
        return theme.colour.value if theme else "none"

    def entry(self, session: Session) -> Entry:
        """Return a session in words."""
        if session.code not in self._entries:
            self._entries[session.code] = self._entry(session)
        return self._entries[session.code]

    def _entry(self, session: Session) -> Entry:
        theme = self._published.theme_by_slug.get(session.theme or "")
        title = self.text(session.title, session.original_language)
        abstract = localize(
            session.abstract, self._lang, original=session.original_language, order=self._order
        )
        is_cancelled = session.status is Status.CANCELLED
        return Entry(
            anchor=f"session-{session.code}",
            address=f"{self._address}/sessions/{session.code}",
            hours=time_range(session.starts_at, session.minutes),
            title=title or LocalText(kind_label(session.kind), self._lang, False),
            title_language=name_of(title.lang, self._lang) if title.is_fallback else "",
            room=self._place(session),
            theme=self._phrase(self.text(theme.name)) if theme else Markup(""),
            colour=self.colour(session),
            kind="" if session.kind in _SILENT else kind_label(session.kind),
            is_cancelled=is_cancelled,
            is_short=len(abstract.value) < _SHORT,
            marks=(status_label(Status.CANCELLED),)
            if is_cancelled
            else tuple(map(change_label, session.changes)),
            formerly=self._formerly(session),
            spoken=self._names_of(session.spoken_languages),
            interpreted=self._names_of(session.interpreted_languages),
            people=tuple(
                self._person(person)
                for person in session.people
                if person.role is not Role.INTERPRETER
            ),
            interpreters=self._listed(
                self._person(person).name
                for person in session.people
                if person.role is Role.INTERPRETER
            ),
            online=web_address(session.online_url or ""),
            abstract=html_of(clean_text(abstract.value)),
            abstract_language=abstract,
        )

    def index(self) -> list[Named]:
        """Return the speakers who are named, in the order of their names."""
        found = [
            Named(
                name=self.text(speaker.name),
                organisation=self.text(speaker.organisation),
                entries=tuple(map(self.entry, self._published.sessions_with(speaker.code))),
            )
            for speaker in self._published.programme.speakers
        ]
        return sorted(found, key=lambda named: sort_key(named.name.value))

    def _place(self, session: Session) -> Markup:
        room = self._room_name(session.room)
        if not session.across_rooms:
            return room
        return room or escape(gettext("All rooms"))

    def _room_name(self, slug: str | None) -> Markup:
        room = self._published.room_by_slug.get(slug or "")
        return self._phrase(self.text(room.name)) if room else Markup("")

    def _formerly(self, session: Session) -> Markup:
        """Return where the session stood in the release before, if it stands elsewhere now."""
        former = session.formerly
        if former is None or session.status is Status.CANCELLED:
            return Markup("")
        told: list[Markup] = []
        event = self._published.event
        day = day_of(event, former.starts_at)
        if day != day_of(event, session.starts_at):
            told.append(escape(short_date(day, self._lang)))
        if (former.starts_at, former.minutes) != (session.starts_at, session.minutes):
            told.append(time_range(former.starts_at, former.minutes))
        if former.room != session.room and former.room is not None:
            told.append(self._room_name(former.room))
        if not told:
            return Markup("")
        return escape(gettext("was %(placement)s")) % {"placement": self._listed(told)}

    def _person(self, person: Appearance) -> Person:
        speaker = self._published.speaker_by_code.get(person.speaker or "")
        role = "" if person.role is Role.SPEAKER else role_label(person.role)
        if speaker:
            name, organisation = self.text(speaker.name), self.text(speaker.organisation)
            return Person(role, self._phrase(name), self._phrase(organisation))
        called = self.text(person.pseudonym) or self.text(self._published.event.withheld_name)
        told = self._phrase(called) if called else escape(gettext("Name withheld"))
        return Person(role, told, Markup(""))

    def _phrase(self, text: LocalText) -> Markup:
        """Return a text, marked with its language where that is not the reader's."""
        return text.__html__() if text.is_fallback else escape(text.value)

    def _names_of(self, languages: tuple[str, ...]) -> str:
        return self._listed(escape(name_of(code, self._lang)) for code in languages)

    def _listed(self, parts: Iterable[Markup]) -> Markup:
        """Return parts one after the other, with the comma of the reader's script."""
        return escape(self.comma).join(parts)
