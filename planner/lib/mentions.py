"""Finding names in what people wrote, however they are spelt there, and putting others in place.

Two spellings are compared in the form of :func:`planner.lib.text.fold`. A name of several words is
found with or without blanks between them. In the Arabic script short particles are written onto a
word, so a name is found with them as well, as long as it is long enough not to be one by chance.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from planner.lib.text import fold

#: Names with fewer letters are found only where they stand alone.
_WITH_PARTICLES = 4
#: Words with fewer letters say nothing of a name that they are part of.
_TELLING = 3
#: «And», «in», «for», «like», «the», as they are written onto the word that follows.
_BEFORE = "(?:[وفبلک]|[وف][بلک]|[وفبک]?ال|[وف]?لل)?"
#: Endings of Sorani and Arabic, folded: «of», «is», «also», «in», «his», «their».
_AFTER = "(?:ی|ه|یه|یش|ش|دا|یدا|هوه|یان|مان|تان|م|ت|هم|ها)?"
_ARABIC = re.compile("[\u0600-\u06ff]+")


@dataclass(frozen=True)
class Mention:
    """Where a name stands in a text: from ``start`` to before ``end``, in characters."""

    start: int
    end: int


class Mentions:
    """Finds certain names."""

    def __init__(self, names: Iterable[str]) -> None:
        spelt = {name.strip() for name in names}
        folded = {name: _words(name) for name in spelt}
        known = {tuple(words) for words in folded.values() if sum(map(len, words)) > 1}
        self._compact = {"".join(words) for words in known}
        self._pattern = _pattern(known)
        self._in_addresses = _addresses(name for name in spelt if tuple(folded[name]) in known)

    def __bool__(self) -> bool:
        return bool(self._compact)

    def of(self, text: str) -> list[Mention]:
        """Return where the names stand in a text, none overlapping, in order."""
        return sorted(
            [*self._written(text), *self._encoded(text)], key=lambda mention: mention.start
        )

    def replaced(self, text: str, by: str) -> str:
        """Return a text with ``by`` in place of every name."""
        parts, last = [], 0
        for mention in self.of(text):
            parts += [text[last : mention.start], by]
            last = mention.end
        return "".join([*parts, text[last:]]) if parts else text

    def _written(self, text: str) -> Iterator[Mention]:
        compact = _separated(fold(text)).replace(" ", "")
        if not any(name in compact for name in self._compact):
            return
        letters = _letters(text)
        folded = "".join(letter.folded for letter in letters)
        for found in self._pattern.finditer(folded):
            group = "alone" if found["alone"] is not None else "among"
            yield Mention(letters[found.start(group)].start, letters[found.end() - 1].end)

    def _encoded(self, text: str) -> Iterator[Mention]:
        if "%" in text and self._in_addresses:
            for found in self._in_addresses.finditer(text):
                yield Mention(found.start(), found.end())


def words_of(names: Iterable[str]) -> set[str]:
    """Return the words of names that say something alone; none of names of one word."""
    found = set()
    for name in names:
        words = _words(name)
        if len(words) > 1:
            found |= {word for word in words if len(word) >= _TELLING}
    return found


@dataclass(frozen=True)
class _Letter:
    """One letter of a folded text, and the characters of the original that it came from."""

    folded: str
    start: int
    end: int


def _letters(text: str) -> list[_Letter]:
    """Return the letters of a folded text, with one blank wherever words are apart."""
    found: list[_Letter] = []
    for start, end in _clusters(text):
        cluster = text[start:end]
        folded = _separated(fold(cluster))
        if not folded and all(_joins(character) for character in cluster):
            continue
        for letter in folded or " ":
            if letter != " " or (found and found[-1].folded != " "):
                found.append(_Letter(letter, start, end))
    return found


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield each character with the marks and joiners that follow it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _joins(text[place]):
            yield start, place
            start = place


def _joins(character: str) -> bool:
    """Tell whether a character is no letter of its own: a mark, a joiner, a tatweel."""
    return character == "ـ" or unicodedata.category(character) in {"Mn", "Me", "Cf"}


def _separated(folded: str) -> str:
    return folded.replace("_", " ").strip()


def _words(name: str) -> list[str]:
    return _separated(fold(name)).split()


def _pattern(names: Iterable[tuple[str, ...]]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda words: (-sum(map(len, words)), words))
    with_particles = [words for words in longest_first if _takes_particles(words)]
    return re.compile(
        rf"(?<![^\W_])(?:(?P<alone>{_one_of(longest_first)})"
        rf"|{_BEFORE}(?P<among>{_one_of(with_particles)}){_AFTER})(?![^\W_])"
    )


def _takes_particles(words: tuple[str, ...]) -> bool:
    name = "".join(words)
    return len(name) >= _WITH_PARTICLES and _ARABIC.fullmatch(name) is not None


def _one_of(names: Iterable[tuple[str, ...]]) -> str:
    return "|".join(" ?".join(map(re.escape, words)) for words in names) or "(?!)"


def _addresses(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds names in addresses, where their letters are percent-encoded."""
    encoded = [
        "(?:%20|[-+_.])*".join(map(quote, name.split())) for name in names if not name.isascii()
    ]
    return re.compile("|".join(encoded), re.I) if encoded else None
