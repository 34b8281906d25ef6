"""What a session's calendar event says, in the reader's language."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, reduce

from flask_babel import gettext

from planner.formats.ical_lines import harmless, web_address
from planner.i18n.content import LocalText, localize
from planner.i18n.labels import kind_label, role_label
from planner.i18n.languages import language, name_of
from planner.lib.markup import plain_of
from planner.lib.text import clean_line, clean_text, isolated
from planner.programme.document import Appearance, Session, Texts
from planner.programme.published import Published
from planner.programme.vocabulary import Kind, Role, Status

#: Octets of a SUMMARY that every program keeps (RFC 5545, section 5, "length of text values").
_SUMMARY_LIMIT = 255
_ELLIPSIS = "…"


class Wording:
    """The texts of one programme for readers of one language.

    Made and used while that language is spoken. What many sessions share is worded once.
    """

    def __init__(self, published: Published, lang: str, base_url: str) -> None:
        self._published = published
        self._lang = lang
        self._address = f"{base_url}/{lang}/{published.event.slug}"
        self._order = published.event.languages
        self.place = cache(self._place)
        self.theme = cache(self._theme)
        self.kind = cache(self._kind)
        self._named = cache(self._named_person)
        self._heard = cache(self._languages)

    def address_of(self, session: Session) -> str:
        """Return the address of the session's page."""
        return f"{self._address}/sessions/{session.code}"

    def summary(self, session: Session) -> LocalText:
        """Return the title in at most 255 octets: never blank, and told when it is cancelled."""
        title = self._text(session.title, session.original_language)
        if not _is_visible(title.value):
            return self.bare_summary(session)
        room = _SUMMARY_LIMIT
        if session.status is Status.CANCELLED:
            room -= len(_cancelled(isolated("")).encode())
        short = replace(title, value=_shortened(harmless(title.value), room))
        if session.status is not Status.CANCELLED:
            return short
        return replace(short, value=_cancelled(self._within(short)))

    def bare_summary(self, session: Session) -> LocalText:
        """Return what stands for a title where there is none: the kind of session."""
        kind = self.kind(session.kind)
        if session.status is not Status.CANCELLED:
            return kind
        return replace(kind, value=_cancelled(kind.value))

    def description(self, session: Session) -> LocalText:
        """Return abstract, people, theme, languages and links as plain text."""
        order, original = self._order, session.original_language
        abstract = localize(session.abstract, self._lang, original=original, order=order)
        blocks = [plain_of(abstract.value), self._details(session)]
        online = web_address(session.online_url or "")
        if online:
            # Addresses stand alone in their lines: nothing around them can become part of a link.
            blocks.append(gettext("Online:") + f"\n{online}")
        blocks.append(self.address_of(session))
        value = clean_text("\n\n".join(filter(None, blocks)))
        return LocalText(value, abstract.lang, abstract.is_fallback)

    def _details(self, session: Session) -> str:
        """Return people, theme and languages, each in a line of its own."""
        lines = [self.person(person) for person in session.people]
        theme = self.theme(session.theme or "")
        if theme:
            lines.append(gettext("Theme: %(theme)s", theme=self._within(theme)))
        if session.spoken_languages:
            spoken = self._heard(session.spoken_languages)
            lines.append(gettext("Languages spoken: %(languages)s", languages=spoken))
        if session.interpreted_languages:
            heard = self._heard(session.interpreted_languages)
            lines.append(gettext("Interpreted into: %(languages)s", languages=heard))
        return "\n".join(lines)

    def address_of_event(self) -> str:
        """Return the address of the event's page."""
        return f"{self._address}/"

    def event_name(self) -> LocalText:
        """Return the event's name in at most 255 octets."""
        name = self._text(self._published.event.name)
        if not _is_visible(name.value):
            return LocalText(self._published.event.slug, self._lang, False)
        return replace(name, value=_shortened(harmless(name.value), _SUMMARY_LIMIT))

    def nothing_yet(self) -> LocalText:
        """Return the sentence that explains a feed without sessions, and where to look."""
        told = gettext("This calendar holds no session yet. What is announced will appear here.")
        return LocalText(f"{told}\n\n{self.address_of_event()}", self._lang, False)

    def _place(self, room_slug: str | None) -> LocalText:
        """Return room, floor, venue and address; without a room, venue and address."""
        event = self._published.event
        room = self._published.room_by_slug.get(room_slug or "")
        parts = [room.name, room.floor] if room else []
        told = [self._text(part) for part in (*parts, event.venue_name, event.venue_address)]
        told = [part for part in told if part]
        languages = {part.lang for part in told}
        lang = languages.pop() if len(languages) == 1 else self._lang
        return LocalText(_listed(map(self._within, told)), lang, lang != self._lang)

    def _theme(self, slug: str) -> LocalText:
        theme = self._published.theme_by_slug.get(slug)
        return self._text(theme.name if theme else {})

    def _kind(self, kind: Kind) -> LocalText:
        return LocalText(kind_label(kind), self._lang, False)

    def person(self, person: Appearance) -> str:
        """Return a role with a name and organisation, a pseudonym, or that it is withheld."""
        pseudonym = self._text(person.pseudonym)
        if pseudonym:
            return _with_role(person.role, self._within(pseudonym))
        return self._named(person.role, person.speaker)

    def _named_person(self, role: Role, code: str | None) -> str:
        speaker = self._published.speaker_by_code.get(code or "")
        if speaker:
            parts = [self._text(speaker.name), self._text(speaker.organisation)]
        else:
            parts = [self._text(self._published.event.withheld_name)]
        name = _listed(self._within(part) for part in parts if part)
        return _with_role(role, name or gettext("Name withheld"))

    def _languages(self, codes: tuple[str, ...]) -> str:
        return _listed(name_of(code, self._lang) for code in codes)

    def _text(self, texts: Texts, original: str | None = None) -> LocalText:
        """Return a text of one line."""
        found = localize(texts, self._lang, original=original, order=self._order)
        return replace(found, value=clean_line(found.value)) if found else found

    def _within(self, text: LocalText) -> str:
        """Return a text to stand among others, isolated where it runs the other way."""
        if text.direction == language(self._lang).direction:
            return text.value
        return isolated(text.value)


def _with_role(role: Role, name: str) -> str:
    return str(gettext("%(role)s: %(name)s", role=role_label(role), name=name))


def _cancelled(title: str) -> str:
    return str(gettext("Cancelled: %(title)s", title=title))


def _listed(items: Iterable[str]) -> str:
    """Return items one after the other, with the comma of the language spoken now."""
    pattern = str(gettext("%(one)s, %(other)s"))
    told = list(items)
    return reduce(lambda one, other: pattern % {"one": one, "other": other}, told) if told else ""


def _shortened(text: str, limit: int) -> str:
    """Return text in at most ``limit`` octets of UTF-8, cut at a character, with an ellipsis."""
    content = text.encode()
    if len(content) <= limit:
        return text
    kept = content[: limit - len(_ELLIPSIS.encode())].decode(errors="ignore")
    following = text[len(kept)]
    while kept and _belongs_before(following):
        kept, following = kept[:-1], kept[-1]
    return clean_line(kept) + _ELLIPSIS


def _belongs_before(character: str) -> bool:
    """Tell whether a character only shapes what stands before it, as marks and joiners do."""
    return unicodedata.category(character) in {"Mn", "Me", "Mc"} or character in "\u200c\u200d"


def _is_visible(text: str) -> bool:
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)
