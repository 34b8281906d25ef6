"""What becomes of each thing that is kept: documents, rows of the plan, and rows of the journal.

The same function rewrites the plan, the journal's before and after, and what was published, so
that they stay alike: what was done before can still be undone, and brings back no name.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from planner.lib.mentions import Mentions
from planner.programme.document import Programme
from planner.removal.documents import ADDRESSES, without_name, without_session
from planner.removal.targets import Item, Person, Way

Values = dict[str, Any]
#: Tables of which a row, or its texts, are in one language, which stands in its key.
LANGUAGE_IN_KEY = frozenset({"session_text", "speaker_text"})
_PROPOSAL = "speaker_proposal"
_ROWS_OF_PERSON = frozenset({"speaker", "speaker_text", "availability", _PROPOSAL})
_ROWS_OF_ITEM = frozenset({"session", "session_text"})
#: Columns that are emptied where something is erased, with what stands there then.
EMPTY: Mapping[str, Any] = {
    "display_name": "",
    "pseudonym": "",
    "organisation": "",
    "biography": "",
    "title": "",
    "abstract": "",
    "remark": "",
    "free_note": "",
    "base": {},
    "content": {},
    "answer": "",
    "speakers_note": "",
    "equipment": "",
    "email": None,
    "photo": None,
    "source_key": None,
    "source_digest": None,
    "online_url": None,
    "starts_at": None,
    "ends_at": None,
}
#: Where facts that are kept for a speaker tell who else takes part: a role and a code each.
_FELLOWS = frozenset({"fellows", "people"})
_HOURS = frozenset({"starts_at", "ends_at"})
#: Columns of the plan that hold what people wrote. The names of other speakers are none of them.
TEXT_COLUMNS = frozenset(
    {
        "name",
        "tagline",
        "call",
        "notice",
        "principles",
        "supporters",
        "partners",
        "venue_name",
        "venue_address",
        "description",
        "floor",
        "site",
        "title",
        "abstract",
        "online_url",
        "source_key",
        "remark",
        "free_note",
        "base",
        "content",
        "answer",
        "speakers_note",
        "equipment",
        "pseudonym",
        "organisation",
        "biography",
        "reason",
    }
)


@dataclass(frozen=True)
class InPlace:
    """What stands in place of a name, by language, and where the language is not known."""

    texts: Mapping[str, str]
    default: str

    def of(self, lang: str | None) -> str:
        """Return what stands in a text of some language."""
        return self.texts.get(lang or "", self.default)


@dataclass(frozen=True)
class Told:
    """A row of the journal as it is kept."""

    table: str
    key: list[Any]
    subject: str
    before: Values | None
    after: Values | None

    @property
    def is_whole(self) -> bool:
        """Whether the thing itself came or went."""
        return self.before is None or self.after is None

    def has(self, *columns: str) -> bool:
        """Tell whether it speaks of some column."""
        known = {*(self.before or {}), *(self.after or {})}
        return not known.isdisjoint(columns)


@dataclass(frozen=True)
class Became:
    """What a row of the journal became, and whether its entry can no longer be undone."""

    before: Values | None
    after: Values | None
    is_lasting: bool


class Redaction(Protocol):
    """A removal, as it treats one thing after the other."""

    def document(self, programme: Programme) -> Programme:
        """Return a programme as it may stay."""

    def row(self, told: Told) -> Became:
        """Return a row of the journal as it may stay."""

    def facts(self, facts: Values) -> Values:
        """Return the facts of an entry as they may stay."""

    def letter(self, value: Any, lang: str | None = None) -> Any:
        """Return a text, or what else is kept of a letter, as it may stay."""

    def told(self, facts: Values) -> Values:
        """Return what somebody was told of a session as it may stay."""

    def plain(self, value: Any, lang: str | None = None) -> Any:
        """Return a text, or a value as JSON holds it, as it may stay."""

    def column(self, name: str, value: Any, lang: str | None) -> Any:
        """Return what a column of the plan holds, as it may stay."""

    def is_own(self, table: str, subject: str) -> bool:
        """Tell whether a row is one of what is removed."""


class NameRedaction:
    """Takes a person's names out."""

    def __init__(
        self, person: Person, way: Way, in_place: InPlace, *, with_pseudonym: bool = True
    ) -> None:
        self.person = person
        self.way = way
        self.pseudonyms = person.pseudonyms if with_pseudonym or way is Way.ERASE else set()
        self.mentions = Mentions([*person.names, *person.emails, *self.pseudonyms])
        self._texts = _Texts(self.mentions, in_place)
        self._subjects = {f"speaker:{number}" for number in person.ids}

    def document(self, programme: Programme) -> Programme:
        """Return a programme as it may stay."""
        return without_name(
            programme,
            codes=self.person.codes,
            pseudonyms=self.pseudonyms,
            anew=self._texts.anew,
        )

    def row(self, told: Told) -> Became:
        """Return a row of the journal as it may stay."""
        if not self.is_own(told.table, told.subject):
            lang = str(told.key[1]) if told.table in LANGUAGE_IN_KEY else None
            return Became(
                self._texts.columns(told.before, lang),
                self._texts.columns(told.after, lang),
                is_lasting=False,
            )
        if self.way is Way.ERASE:
            return Became(_emptied(told.before), _emptied(told.after), is_lasting=True)
        # Their texts are the organizers' own; but nothing makes them public again by the way.
        is_lasting = told.table == "speaker" and (told.is_whole or told.has("visibility", "photo"))
        return Became(_without_photo(told.before), _without_photo(told.after), is_lasting)

    def facts(self, facts: Values) -> Values:
        """Return the facts of an entry as they may stay."""
        return dict(self.plain(facts))

    def letter(self, value: Any, lang: str | None = None) -> Any:
        """Return a text, or what else is kept of a letter, as it may stay."""
        return self._among_fellows(self.plain(value, lang))

    def told(self, facts: Values) -> Values:
        """Return what somebody was told of a session as it may stay."""
        return dict(self._among_fellows(self.plain(facts)))

    def _among_fellows(self, value: Any) -> Any:
        """Return facts in which the person is one without a name among those who take part.

        Otherwise the others would be told of a change, and see who is missing.
        """
        match value:
            case list():
                return [self._among_fellows(item) for item in value]
            case dict():
                return {
                    key: self._unnamed(item) if key in _FELLOWS else self._among_fellows(item)
                    for key, item in value.items()
                }
        return value

    def _unnamed(self, fellows: Any) -> list[list[str]]:
        return sorted([role, self._code(code)] for role, code in fellows)

    def _code(self, code: str) -> str:
        return "" if code in self.person.codes else code

    def plain(self, value: Any, lang: str | None = None) -> Any:
        """Return a text, or a value as JSON holds it, as it may stay."""
        return self._texts.plain(value, lang)

    def column(self, name: str, value: Any, lang: str | None) -> Any:
        """Return what a column of the plan holds, as it may stay."""
        return self._texts.column(name, value, lang)

    def is_own(self, table: str, subject: str) -> bool:
        """Tell whether a row is one of the person's."""
        return table in _ROWS_OF_PERSON and subject in self._subjects


class SessionRedaction:
    """Takes a session out."""

    def __init__(self, item: Item, way: Way) -> None:
        self.item = item
        self.way = way
        self._subjects = {f"session:{number}" for number in item.ids}

    def document(self, programme: Programme) -> Programme:
        """Return a programme as it may stay."""
        return without_session(programme, self.item.code)

    def row(self, told: Told) -> Became:
        """Return a row of the journal as it may stay."""
        if self.way is Way.ERASE and self._is_proposed(told):
            return Became(_emptied(told.before), _emptied(told.after), is_lasting=True)
        if not self.is_own(told.table, told.subject):
            return Became(told.before, told.after, is_lasting=False)
        if self.way is Way.ERASE:
            before = _emptied(told.before, kept=_HOURS)
            after = _emptied(told.after, kept=_HOURS)
            is_other = (before, after) != (told.before, told.after)
            return Became(before, after, is_other or self._brings_back(told))
        return Became(told.before, told.after, self._brings_back(told))

    def facts(self, facts: Values) -> Values:
        """Return the facts of an entry as they may stay."""
        if self.way is not Way.ERASE:
            return facts
        return {name: self._fact(fact) for name, fact in facts.items()}

    def plain(self, value: Any, lang: str | None = None) -> Any:
        """Return what else is kept: it stays, because a title may be a word like any other."""
        return value

    def column(self, name: str, value: Any, lang: str | None) -> Any:
        """Return what a column of the plan holds: what else is there stays."""
        return value

    def letter(self, value: Any, lang: str | None = None) -> Any:
        """Return what is kept of a letter: those that tell of the session are forgotten whole."""
        return value

    def told(self, facts: Values) -> Values:
        """Return what somebody was told of other sessions: it stays."""
        return facts

    def is_own(self, table: str, subject: str) -> bool:
        """Tell whether a row is one of the session's."""
        return table in _ROWS_OF_ITEM and subject in self._subjects

    def _is_proposed(self, told: Told) -> bool:
        """Tell whether a row is what a speaker proposed for the session."""
        whole = told.after or told.before or {}
        return told.table == _PROPOSAL and whole.get("session_id") in self.item.ids

    def _brings_back(self, told: Told) -> bool:
        return told.table == "session" and (told.is_whole or told.has("state"))

    def _fact(self, fact: Any) -> Any:
        match fact:
            case {"texts": dict(texts), **rest} if self._tells(texts):
                return {**rest, "texts": {}}
        return fact

    def _tells(self, texts: Mapping[str, str]) -> bool:
        return any(text in self.item.titles for text in texts.values())


class _Texts:
    """Gives texts anew, each but once: most are the same in every release."""

    def __init__(self, mentions: Mentions, in_place: InPlace) -> None:
        self._mentions = mentions
        self._in_place = in_place
        self._known: dict[tuple[str, str | None], str] = {}

    def anew(self, text: str, lang: str | None) -> str:
        """Return a text with something else in place of the names in it."""
        known = self._known.get((text, lang))
        if known is None:
            known = text
            if self._mentions.of(text):
                known = self._mentions.replaced(text, self._in_place.of(lang))
            self._known[text, lang] = known
        return known

    def plain(self, value: Any, lang: str | None, name: str = "") -> Any:
        """Return a value as JSON holds it with its texts anew."""
        match value:
            case str() if name in ADDRESSES:
                return value if self.anew(value, None) == value else None
            case str():
                return self.anew(value, lang)
            case list():
                return [self.plain(item, lang, name) for item in value]
            case dict():
                return {
                    key: self.plain(item, key if key in self._in_place.texts else lang, key)
                    for key, item in value.items()
                }
        return value

    def column(self, name: str, value: Any, lang: str | None) -> Any:
        """Return what a column of the plan, or its row in the journal, holds with texts anew.

        What another program calls a thing is no text: with a name in it, it is forgotten.
        """
        if name not in TEXT_COLUMNS:
            return value
        found = self.plain(value, lang, name)
        return None if name == "source_key" and found != value else found

    def columns(self, values: Values | None, lang: str | None) -> Values | None:
        """Return columns of a row with their texts anew."""
        if values is None:
            return None
        return {name: self.column(name, value, lang) for name, value in values.items()}


def _emptied(values: Values | None, kept: Collection[str] = ()) -> Values | None:
    if values is None:
        return None
    return {
        column: EMPTY[column] if column in EMPTY and column not in kept else value
        for column, value in values.items()
    }


def _without_photo(values: Values | None) -> Values | None:
    return {**values, "photo": None} if values and "photo" in values else values
