"""Sessions as readers meet them in lists: one card each, ready to be printed into HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext
from markupsafe import Markup, escape

from planner.i18n.content import LocalText
from planner.i18n.formats import short_date, time_range
from planner.i18n.labels import change_label, kind_label, status_label
from planner.i18n.languages import language, name_of
from planner.programme.document import Appearance, Session, Texts
from planner.programme.published import Published, day_of
from planner.programme.vocabulary import Change, Kind, Role, Status
from planner.public.addresses import way_to
from planner.public.layout import COMMAS, reader, stars_of

#: What a list tells of changes; the others stand on the session's own page.
_TOLD = (Change.NEW, Change.RESTORED, Change.MOVED, Change.ROOM, Change.LENGTH)
_QUIET = frozenset({Kind.BREAK, Kind.MEAL})
#: Kinds that say nothing beside the title.
_SILENT = _QUIET | {Kind.OTHER}


class Mark(NamedTuple):
    """A word on what became of a session; ``kind`` is for the style sheet."""

    kind: str
    label: str


class ThemeChip(NamedTuple):
    """A theme by colour and word."""

    slug: str
    href: str
    name: Markup
    #: The name for what holds no markup.
    text: LocalText
    colour: str


@dataclass(frozen=True, slots=True)
class Card:
    """A session in a list. What is empty is not shown."""

    session: Session
    classes: str
    href: str
    hours: Markup
    title: Markup
    marks: tuple[Mark, ...]
    #: Where it stood in the release before: «was 11:00–12:00, Zagros Room».
    formerly: Markup
    room: Markup
    theme: ThemeChip | None
    kind: str
    languages: Markup
    people: Markup
    #: The title as the star's label tells it; empty where no star can be set.
    star: str


class Cards:
    """Makes the cards of one programme for readers of one language, each name looked up once."""

    def __init__(self, published: Published, lang: str) -> None:
        self._published = published
        self._lang = lang
        self._local = reader(lang, published)
        self._base = way_to("pages.event", lang=lang, event=published.event.slug)
        self._rooms = {slug: self.name(room.name) for slug, room in published.room_by_slug.items()}
        self._themes = {
            slug: ThemeChip(
                slug,
                f"{self._base}themes/{slug}",
                self.name(theme.name),
                self.local(theme.name),
                theme.colour.value,
            )
            for slug, theme in published.theme_by_slug.items()
        }
        #: Names that were looked up so far: a page tells few of many.
        self._people: dict[str, Markup] = {}
        self._withheld = self.name(published.event.withheld_name)
        self._kinds = {kind: kind_label(kind) for kind in Kind}
        self._changes = {change: Mark(change.value, change_label(change)) for change in _TOLD}
        self._cancelled = Mark("cancelled", status_label(Status.CANCELLED))
        self._languages: dict[tuple[tuple[str, ...], tuple[str, ...]], Markup] = {}
        self._has_stars = bool(stars_of(lang, published))

    @property
    def themes(self) -> tuple[ThemeChip, ...]:
        """All themes, in the event's order."""
        return tuple(self._themes.values())

    def of(self, sessions: Iterable[Session]) -> list[Card]:
        """Return the cards of sessions, in the order given."""
        return [self.card(session) for session in sessions]

    def card(self, session: Session) -> Card:
        """Return the card of a session."""
        theme = self._themes.get(session.theme or "")
        return Card(
            session=session,
            classes=_classes(session, theme),
            href=f"{self._base}sessions/{session.code}",
            hours=time_range(session.starts_at, session.minutes),
            title=self.title(session),
            marks=self.marks(session),
            formerly=self.formerly(session),
            room=self.room(session),
            theme=theme,
            kind="" if session.kind in _SILENT else self._kinds[session.kind],
            languages=self.languages(session),
            people=self.people(session.people),
            star=self.star(session),
        )

    def title(self, session: Session) -> Markup:
        """Return the title, or the code of a session without one."""
        title = self._local(session.title, session.original_language)
        return self.phrase(title) if title else escape(session.code)

    def star(self, session: Session) -> str:
        """Return the title without markup, for a star; empty where none can be set."""
        if not self._has_stars or session.kind in _QUIET:
            return ""
        return self._local(session.title, session.original_language).value or session.code

    def marks(self, session: Session) -> tuple[Mark, ...]:
        """Return the words on what became of a session since the release before."""
        if session.status is Status.CANCELLED:
            return (self._cancelled,)
        return tuple(self._changes[change] for change in session.changes if change in self._changes)

    def formerly(self, session: Session) -> Markup:
        """Return where a session stood in the release before, if it stands elsewhere now."""
        former = session.formerly
        if former is None or session.status is Status.CANCELLED:
            return Markup("")
        told: list[Markup] = []
        event = self._published.event
        if day_of(event, former.starts_at) != day_of(event, session.starts_at):
            told.append(escape(short_date(former.starts_at.date(), self._lang)))
        if (former.starts_at, former.minutes) != (session.starts_at, session.minutes):
            told.append(time_range(former.starts_at, former.minutes))
        if former.room != session.room and former.room in self._rooms:
            told.append(self._rooms[former.room])
        if not told:
            return Markup("")
        return escape(gettext("was %(placement)s")) % {"placement": self.joined(told)}

    def room(self, session: Session) -> Markup:
        """Return the name of the room, or the words for all of them."""
        if session.across_rooms:
            return escape(gettext("All rooms"))
        return self._rooms.get(session.room or "", Markup(""))

    def room_name(self, slug: str) -> Markup:
        """Return the name of a room."""
        return self._rooms[slug]

    def languages(self, session: Session) -> Markup:
        """Return which languages are spoken, and into which others they are interpreted."""
        key = (session.spoken_languages, session.interpreted_languages)
        if key not in self._languages:
            spoken, into = (
                self.joined([escape(name_of(code, self._lang)) for code in codes]) for codes in key
            )
            told = [spoken] if spoken else []
            if into:
                told.append(escape(gettext("interpreted into %(languages)s")) % {"languages": into})
            self._languages[key] = Markup(" · ").join(told)
        return self._languages[key]

    def people(self, people: Iterable[Appearance]) -> Markup:
        """Return who takes part, interpreters left out, each name once."""
        names = [self.person(person) for person in people if person.role is not Role.INTERPRETER]
        return self.joined(list(dict.fromkeys(names)))

    def person(self, person: Appearance) -> Markup:
        """Return what the public may call a person."""
        speaker = self._published.speaker_by_code.get(person.speaker or "")
        if speaker is not None:
            if speaker.code not in self._people:
                self._people[speaker.code] = self.name(speaker.name)
            return self._people[speaker.code]
        if person.pseudonym:
            return self.name(person.pseudonym)
        return self._withheld

    def name(self, texts: Texts) -> Markup:
        """Return a text of the programme for the reader."""
        return self.phrase(self._local(texts))

    def local(self, texts: Texts) -> LocalText:
        """Return a text of the programme for the reader, without markup."""
        return self._local(texts)

    def phrase(self, text: LocalText) -> Markup:
        """Return a text with its language, unless that is the page's own."""
        return text.__html__() if text.is_fallback else escape(text.value)

    def joined(self, parts: Iterable[Markup]) -> Markup:
        """Return parts as a list within a line, with the comma of the reader's script."""
        return COMMAS[language(self._lang).direction].join(parts)


def _classes(session: Session, theme: ThemeChip | None) -> str:
    classes = [f"t-{theme.colour}" if theme else "t-none"]
    if session.kind in _QUIET:
        classes.append("is-quiet")
    if session.status is Status.CANCELLED:
        classes.append("is-cancelled")
    return " ".join(classes)
