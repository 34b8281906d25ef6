"""Long lists, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from planner.lib.text import fold

#: How many things a page of a list shows.
SIZE = 50
LONGEST_SEARCH = 200
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """What a page of a list shows, and where it stands among the others."""

    items: list[Item]
    #: From 1.
    number: int
    pages: int
    #: How many things were found on all pages together, and how many there are.
    found: int
    total: int


def page_of(found: Sequence[Item], number: int, *, total: int) -> Page[Item]:
    """Return a page of what was found; beyond the last one it is the last."""
    pages = max(1, -(-len(found) // SIZE))
    number = min(max(number, 1), pages)
    shown = found[(number - 1) * SIZE : number * SIZE]
    return Page(list(shown), number, pages, len(found), total)


def holds(words: Iterable[str], texts: Iterable[str]) -> bool:
    """Tell whether all folded words occur in texts, however these are spelt."""
    told = fold("\n".join(texts))
    return all(word in told for word in words)


def number_of(written: str) -> int:
    """Return the number of a page as it stands in an address, 1 where it is none."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def query_of(asked: Iterable[tuple[str, object]]) -> str:
    """Return a query in one order, without what was not asked for."""
    return urlencode([(name, str(value)) for name, value in asked if value])
