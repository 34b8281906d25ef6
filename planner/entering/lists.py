"""Long lists, a page at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Generic, Self, TypeVar
from urllib.parse import urlencode

from planner.lib.text import fold

#: How many things a page of a list shows.
SIZE = 50
_LONGEST_SEARCH = 200
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


@dataclass(frozen=True)
class Asked:
    """The query of a list; what is empty was not asked for. Each list adds what it filters by."""

    q: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Self:
        """Return what a query asks for; other parameters are ignored."""
        told = {
            field.name: arguments.get(field.name, "").strip()
            for field in fields(cls)
            if field.name not in {"q", "page"}
        }
        page = arguments.get("page", "")
        return cls(
            q=" ".join(arguments.get("q", "").split())[:_LONGEST_SEARCH],
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
            **told,
        )

    def query(self, **changes: object) -> str:
        """Return the canonical query, with some things asked for otherwise."""
        asked = {**vars(self), "page": 1, **changes}
        for name in ("sort", "page"):  # after what narrows the list
            asked[name] = asked.pop(name)
        return urlencode(
            [
                (name, str(value))
                for name, value in asked.items()
                if value and (name != "page" or value != 1)
            ]
        )

    @property
    def narrow(self) -> bool:
        """Whether some things may be left out."""
        return replace(self, sort="", page=1) != type(self)()
