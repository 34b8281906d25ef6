"""Units of translation: the texts of one thing that are translated together, and where each stands.

A unit has an original, in one language, and a translation into every other. A translation keeps
the digest of the original from which it was made; when the original has another one today, it
changed since. A translation without a digest is older than digests, and counts as up to date.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from planner.events.models import TextState


class UnitKind(StrEnum):
    """Of what sort of thing the texts are, in the order of lists."""

    SESSION = "session"
    SPEAKER = "speaker"
    THEME = "theme"
    ROOM = "room"
    DAY = "day"
    EVENT = "event"


class Standing(StrEnum):
    """Where a translation stands; the first that is true of it."""

    MISSING = "missing"
    STALE = "stale"
    MACHINE = "machine"
    DRAFT = "draft"
    REVIEWED = "reviewed"


#: Where a translator has something to do.
TO_DO = frozenset({Standing.MISSING, Standing.STALE, Standing.MACHINE})
_OF_STATE = {TextState.MACHINE: Standing.MACHINE, TextState.REVIEWED: Standing.REVIEWED}


def digest_of(fields: Iterable[str]) -> str:
    """Return what names an original: SHA-256 of its fields, a line each, in hexadecimal."""
    return hashlib.sha256("\n".join(fields).encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """One text of a unit.

    ``path`` leads to it in a row of the plan: a column, and then, where that is no plain text,
    places and names within it, up to the map from language to text. ``lines`` is the height of
    its input; more than one is CommonMark.
    """

    name: str
    path: tuple[str | int, ...]
    lines: int = 1

    def found(self, row: Mapping[str, Any]) -> Any:
        """Return what a row holds at the path, or None."""
        held: Any = row
        for step in self.path:
            try:
                held = held[step]
            except (KeyError, IndexError, TypeError):
                return None
        return held


@dataclass(frozen=True)
class Text:
    """The texts of a unit in one language, by the names of its parts."""

    values: Mapping[str, str]
    state: TextState = TextState.DRAFT
    #: What names the original that this was translated from.
    digest: str | None = None

    def __bool__(self) -> bool:
        return any(value.strip() for value in self.values.values())


@dataclass(frozen=True)
class Unit:
    """Texts of one thing that are translated together."""

    kind: UnitKind
    #: What the thing is called in addresses: a code, a slug, a date, or a text of the event.
    key: str
    #: The thing, as the journal and the states of labels call it: ``session:12``.
    subject: str
    parts: tuple[Part, ...]
    #: The language of the original.
    original: str
    digest: str
    texts: Mapping[str, Text]
    #: Of what the digest is made: the parts, and what the reader may not see.
    source: tuple[Part, ...]
    #: Among the labels of one thing, what the state of this one is kept under.
    field: str = ""

    @property
    def id(self) -> str:
        """What the unit is called in addresses: ``session-4CDFGH``."""
        return f"{self.kind}-{self.key}"

    def text(self, lang: str) -> Text:
        """Return the texts in a language, empty where there are none."""
        return self.texts.get(lang) or Text({part.name: "" for part in self.parts})

    def value(self, lang: str, part: Part) -> str:
        """Return one text in a language."""
        return self.text(lang).values.get(part.name, "")

    def entered(self, lang: str) -> dict[str, str]:
        """Return what a form for the translation shows: its texts, and the state."""
        text = self.text(lang)
        state = TextState.DRAFT if text.state is TextState.MISSING else text.state
        return {**{part.name: self.value(lang, part) for part in self.parts}, "state": state.value}

    def lacks(self, lang: str) -> list[Part]:
        """Return the parts that the original has and a translation has not."""
        return [
            part
            for part in self.parts
            if self.value(self.original, part).strip() and not self.value(lang, part).strip()
        ]

    def standing(self, lang: str) -> Standing | None:
        """Return where the translation into a language stands, None for the original itself."""
        if lang == self.original:
            return None
        if self.lacks(lang):
            return Standing.MISSING
        text = self.text(lang)
        if text.digest is not None and text.digest != self.digest:
            return Standing.STALE
        return _OF_STATE.get(text.state, Standing.DRAFT)

    @cached_property
    def title(self) -> dict[str, str]:
        """The first of the texts, by language, as one calls the unit in a list."""
        leading = next(part for part in self.parts if self.value(self.original, part).strip())
        found = {lang: self.value(lang, leading) for lang in self.texts}
        return {lang: text for lang, text in found.items() if text}


def original_of(
    texts: Mapping[str, Text], order: Iterable[str], preferred: str | None = None
) -> str | None:
    """Return the language of the original, or None when there is no text at all.

    It is the preferred one where that has a text, else the first language of the event with a
    text that is no translation: none that keeps the digest of another.
    """
    written = [lang for lang in dict.fromkeys([*order, *sorted(texts)]) if texts.get(lang)]
    if preferred in written:
        return preferred
    own = [lang for lang in written if texts[lang].digest is None]
    return next(iter(own or written), None)


@dataclass(frozen=True)
class Counts:
    """How many translations stand where."""

    by_standing: Mapping[Standing, int]

    def __getitem__(self, standing: Standing) -> int:
        return self.by_standing.get(standing, 0)

    @property
    def total(self) -> int:
        """How many there are to be."""
        return sum(self.by_standing.values())

    @property
    def to_do(self) -> int:
        """With how many a translator has something to do."""
        return sum(self[standing] for standing in TO_DO)

    def percent(self, standing: Standing) -> float:
        """Return the share of one standing in hundredths, 0 when there is nothing."""
        return 100 * self[standing] / self.total if self.total else 0.0


def counts(units: Iterable[Unit], lang: str) -> Counts:
    """Count where the translations into a language stand; originals are not among them."""
    found = (unit.standing(lang) for unit in units)
    return Counts(Counter(standing for standing in found if standing is not None))
