"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_PIECES = re.compile(r"\n+|\S+")
#: Of longer texts finding every word that stayed takes longer than a reader waits.
_LONGEST = 4_000


class Fate(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    """Some words beside one another with the same fate; ends of lines are kept."""

    fate: Fate
    text: str


def reworded(before: str, after: str) -> Iterator[Piece]:
    """Yield the words of two texts in order: what stayed, what went, what came.

    Between two pieces, and between words of one, belongs a blank. Of texts that have more than
    4,000 words together the former is told as gone and the latter as new.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > _LONGEST:
        yield Piece(Fate.GONE, _joined(old))
        yield Piece(Fate.NEW, _joined(new))
        return
    for operation, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if operation == "equal":
            yield Piece(Fate.SAME, _joined(old[start:end]))
            continue
        if end > start:
            yield Piece(Fate.GONE, _joined(old[start:end]))
        if new_end > new_start:
            yield Piece(Fate.NEW, _joined(new[new_start:new_end]))


def _joined(pieces: list[str]) -> str:
    return " ".join(pieces).replace(" \n", "\n").replace("\n ", "\n")
