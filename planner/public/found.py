"""What is found by words, as readers see it: what matched is marked, the most relevant first."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from planner.i18n.content import LocalText
from planner.i18n.formats import quoted, short_date
from planner.i18n.labels import N_, kind_label
from planner.i18n.languages import name_of
from planner.lib.spelling import WORD, words_of
from planner.programme.document import Appearance, Session, Texts
from planner.programme.published import Published, day_of
from planner.programme.vocabulary import Kind, Role
from planner.public.addresses import way_to
from planner.public.cards import Card, Cards
from planner.public.filters import BY_TIME, Filters, Tally
from planner.public.layout import Link, reader
from planner.public.search import Found, Part, found_by

#: So many sessions are shown by relevance; who wants more of them had better ask otherwise.
_MOST = 40
#: So many speakers, themes and rooms are shown beside the sessions.
_ALSO = 6
#: Characters of a text that are shown before and after what matched.
_BEFORE, _AFTER = 60, 120
#: What writes emphasis, headings, links and quotations.
_MARKS = re.compile(r"\]\([^)\s]*\)|[*_`#>\[\]]+")
_PAGES = {Part.SPEAKER: "pages.speaker", Part.THEME: "pages.theme", Part.ROOM: "pages.room"}
_HEADINGS = {Part.SPEAKER: N_("Speakers"), Part.THEME: N_("Themes"), Part.ROOM: N_("Rooms")}


@dataclass(frozen=True)
class Result:
    """A session that was found, with what matched marked."""

    card: Card
    day: str
    title: Markup
    people: Markup
    #: Other texts of it in which something matched.
    excerpts: tuple[Markup, ...]


@dataclass(frozen=True)
class Also:
    """Speakers, themes or rooms that were found as well."""

    heading: str
    links: tuple[tuple[Markup, str], ...]


@dataclass(frozen=True)
class Results:
    """What was found by words."""

    results: tuple[Result, ...]
    also: tuple[Also, ...]
    is_partial: bool
    #: How many sessions more there are, and where all are in order of time.
    more: int
    by_time: str


class Marker:
    """Marks the words of texts that a search found."""

    def __init__(self, found: Found) -> None:
        self._asked = [words for words in found.words if words]
        self._all = frozenset().union(*found.words)

    def lacking(self, texts: Iterable[str]) -> "list[frozenset[str]]":
        """Return which of the words that were asked for stand in none of these texts."""
        words = {word for text in texts for _, own in _words(text) for word in own}
        return [asked for asked in self._asked if asked.isdisjoint(words)]

    def marked(self, text: str) -> Markup:
        """Return a text with what matched in marks."""
        pieces, last = [Markup("")], 0
        for found, own in _words(text):
            if not self._all.isdisjoint(own):
                pieces.append(escape(text[last : found.start()]))
                pieces.append(Markup("<mark>{}</mark>").format(found[0]))
                last = found.end()
        return Markup("").join([*pieces, escape(text[last:])])

    def excerpt(self, text: str, of: Iterable[frozenset[str]]) -> Markup | None:
        """Return the part of a text around the first of certain words, or None without any."""
        wanted = frozenset().union(*of)
        place = next((each for each, own in _words(text) if not wanted.isdisjoint(own)), None)
        if place is None:
            return None
        start, end = max(0, place.start() - _BEFORE), place.end() + _AFTER
        start = text.find(" ", start, place.start()) + 1 if start else 0
        space = text.rfind(" ", place.end(), end) if end < len(text) else -1
        end = space if space > 0 else end
        before, after = "…" if start else "", "…" if end < len(text) else ""
        return Markup("{}{}{}").format(before, self.marked(text[start:end].strip()), after)


def _words(text: str) -> Iterator[tuple[re.Match[str], tuple[str, ...]]]:
    for found in WORD.finditer(text):
        yield found, words_of(found[0])


def results_of(
    published: Published, lang: str, cards: Cards, filters: Filters, sessions: Sequence[Session]
) -> Results:
    """Return the sessions that were found, in their order, as readers see them."""
    found = found_by(published, filters.q)
    marker = Marker(found)
    result = partial(_result, published, lang, cards, marker)
    return Results(
        results=tuple(map(result, sessions[:_MOST])),
        also=tuple(_also(published, lang, cards, marker, found)),
        is_partial=found.is_partial,
        more=max(0, len(sessions) - _MOST),
        by_time=filters.but(order=BY_TIME).query,
    )


def _result(
    published: Published, lang: str, cards: Cards, marker: Marker, session: Session
) -> Result:
    title = reader(lang, published)(session.title, session.original_language)
    shown = [person for person in session.people if person.role is not Role.INTERPRETER]
    names = list(dict.fromkeys(_called(published, cards, person) for person in shown))
    card = cards.card(session)
    told = [text.value for text in (title, *names, *_labels(published, cards, session))]
    return Result(
        card=card,
        day=short_date(day_of(published.event, session.starts_at), lang),
        title=_written(title, marker.marked(title.value)) if title else card.title,
        people=cards.joined([_written(name, marker.marked(name.value)) for name in names]),
        excerpts=tuple(_excerpts(published, lang, marker, session, marker.lacking(told))),
    )


def _called(published: Published, cards: Cards, person: Appearance) -> LocalText:
    """Return what the public may call a person."""
    speaker = published.speaker_by_code.get(person.speaker or "")
    if speaker:
        return cards.local(speaker.name)
    return cards.local(person.pseudonym or published.event.withheld_name)


def _labels(published: Published, cards: Cards, session: Session) -> Iterator[LocalText]:
    """Yield what a card says of theme and room."""
    theme = published.theme_by_slug.get(session.theme or "")
    room = published.room_by_slug.get(session.room or "")
    yield from (cards.local(part.name) for part in (theme, room) if part)


def _written(text: LocalText, marked: Markup) -> Markup:
    """Return what was made of a text, with its language unless that is the page's own."""
    if not text.is_fallback:
        return marked
    return Markup('<span lang="{}" dir="{}">{}</span>').format(text.lang, text.direction, marked)


def _excerpts(
    published: Published,
    lang: str,
    marker: Marker,
    session: Session,
    lacking: list[frozenset[str]],
) -> Iterator[Markup]:
    """Yield the first text that is not on the card and has some of the words lacking there."""
    if not lacking:
        return
    for texts in _unseen(published, session):
        for code in dict.fromkeys((lang, *texts)):
            text = " ".join(_MARKS.sub("", texts.get(code, "")).split())
            found = marker.excerpt(text, lacking)
            if found is not None:
                yield _written(LocalText(text, code, code != lang), found)
                return


def _unseen(published: Published, session: Session) -> Iterator[Texts]:
    yield session.title
    for person in session.people:
        speaker = published.speaker_by_code.get(person.speaker or "")
        if speaker:
            yield speaker.organisation
            yield speaker.name
        yield person.pseudonym
    yield session.abstract
    theme = published.theme_by_slug.get(session.theme or "")
    room = published.room_by_slug.get(session.room or "")
    yield from (part.name for part in (theme, room) if part)


def _also(
    published: Published, lang: str, cards: Cards, marker: Marker, found: Found
) -> Iterator[Also]:
    names: dict[Part, dict[str, Texts]] = {
        Part.SPEAKER: {key: each.name for key, each in published.speaker_by_code.items()},
        Part.THEME: {key: each.name for key, each in published.theme_by_slug.items()},
        Part.ROOM: {key: each.name for key, each in published.room_by_slug.items()},
    }
    way = partial(way_to, lang=lang, event=published.event.slug)
    for part, heading in _HEADINGS.items():
        keys = [key for kind, key in found.parts if kind is part][:_ALSO]
        argument = "code" if part is Part.SPEAKER else "slug"
        links = []
        for key in keys:
            name = cards.local(names[part][key])
            address = way(_PAGES[part], **{argument: key})
            links.append((_written(name, marker.marked(name.value)), address))
        if links:
            yield Also(gettext(heading), tuple(links))


def ways_out(
    published: Published, lang: str, cards: Cards, filters: Filters, counted: Tally
) -> list[Link]:
    """Return what would be found without each filter in use, where that is something."""
    action = way_to("pages.programme", lang=lang, event=published.event.slug)
    links = []
    for name in filters.in_use:
        number = counted.without[name]
        if number:
            told = quoted(_name_of(published, lang, cards, name, getattr(filters, name)))
            query = filters.but(**{name: ""}).query
            label = _without(name, number, told)
            links.append(Link(label, f"{action}?{query}" if query else action))
    return links


def _without(name: str, number: int, told: str) -> str:
    """Return how many sessions there are without a filter, in words."""
    match name:
        case "day":
            label = ngettext(
                "%(num)d session on other days than %(name)s",
                "%(num)d sessions on other days than %(name)s",
                number,
                name=told,
            )
        case "theme":
            label = ngettext(
                "%(num)d session without the theme %(name)s",
                "%(num)d sessions without the theme %(name)s",
                number,
                name=told,
            )
        case "room":
            label = ngettext(
                "%(num)d session without the room %(name)s",
                "%(num)d sessions without the room %(name)s",
                number,
                name=told,
            )
        case "language":
            label = ngettext(
                "%(num)d session without the language %(name)s",
                "%(num)d sessions without the language %(name)s",
                number,
                name=told,
            )
        case "kind":
            label = ngettext(
                "%(num)d session without the kind %(name)s",
                "%(num)d sessions without the kind %(name)s",
                number,
                name=told,
            )
        case _:
            label = ngettext(
                "%(num)d session without the words %(name)s",
                "%(num)d sessions without the words %(name)s",
                number,
                name=told,
            )
    return str(label)


def _name_of(published: Published, lang: str, cards: Cards, name: str, value: str) -> str:
    """Return what a filter's value is called; itself where the programme does not know it."""
    if not Filters(**{name: value}).known(published):
        return value
    names: dict[str, Callable[[], str]] = {
        "day": lambda: short_date(date.fromisoformat(value), lang),
        "theme": lambda: cards.local(published.theme_by_slug[value].name).value,
        "room": lambda: cards.local(published.room_by_slug[value].name).value,
        "language": lambda: name_of(value, lang),
        "kind": lambda: kind_label(Kind(value)),
        "q": lambda: value,
    }
    return names[name]()
