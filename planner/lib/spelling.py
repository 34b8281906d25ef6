"""Words as search compares them: beyond one spelling for each letter, what is written onto words,
and mistakes in typing.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from planner.lib.text import fold

#: In Kurdish the letter that carries a vowel at the beginning of a word; other keyboards lack it.
#: It stays a letter of its own, or «water» would be the Arabic «or».
_CARRIER = re.compile(r"(?<!\w)ئ(?=[اەهھۆوێیي])")
CARRIED = "ء"
#: Long vowels of Kurdish that are typed once or twice.
_TWICE = re.compile("وو|یی")
#: «And», «in», «for», «like», «the», as Arabic writes them onto the word that follows; and the
#: Kurdish carrier.
_ONTO = re.compile("([وف]?(?:[بک]?ال|لل|[بلک])|[وفء])")
#: Shorter words are not taken apart, and occur by chance within others.
SHORTEST_STEM = 3
#: Shorter words are not taken for others that are misspelt.
_SHORTEST_MISTAKEN = 5
#: A word of a text as it is written, with the marks and joiners within it.
WORD = re.compile(
    "[\\w\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0300-\u036f]"
    "[\\w\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2066-\u2069]*"
)


def words_in(text: str) -> list[str]:
    """Return the words of a text as they are compared, in order."""
    return _TWICE.sub(_once, fold(_CARRIER.sub(CARRIED, text)).replace("_", " ")).split()


@lru_cache(maxsize=16_384)
def words_of(word: str) -> tuple[str, ...]:
    """Return what one word of a text, as it is written, is compared as."""
    return tuple(words_in(word))


def stems_of(word: str) -> Iterator[str]:
    """Yield what a word may be without what Arabic writes onto it."""
    place = 0
    while found := _ONTO.match(word, place):
        place = found.end()
        if len(word) - place < SHORTEST_STEM:
            return
        yield word[place:]


def misspelt(word: str, letters: Iterable[str]) -> Iterator[str]:
    """Yield every word with one letter less, more, other or exchanged; none for short words."""
    if len(word) < _SHORTEST_MISTAKEN or not word.isalpha():
        return
    letters = tuple(letters)
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in letters)


def _once(found: re.Match[str]) -> str:
    return found[0][0]
