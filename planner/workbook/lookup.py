"""Finding rooms, themes and people by what cells call them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Generic, TypeVar

from planner.lib.text import fold

_Thing = TypeVar("_Thing")
_NEAREST = 3
_MOST_SEARCHES = 200


class Lookup(Generic[_Thing]):
    """Things by a key that only one of them has, and by names that several may have.

    Names are compared in the form in which search compares them.
    """

    def __init__(self) -> None:
        self._by_key: dict[str, _Thing] = {}
        self._by_name: dict[str, list[_Thing]] = defaultdict(list)
        self._names: dict[str, str] = {}
        self._searches = 0

    def add(self, thing: _Thing, keys: Iterable[str], names: Iterable[str]) -> None:
        """Make a thing known; names that it had before stay its names."""
        for key in keys:
            self._by_key[_key(key)] = thing
        for name in names:
            folded = fold(name)
            if not folded:
                continue
            self._names.setdefault(folded, name)
            if all(other is not thing for other in self._by_name[folded]):
                self._by_name[folded].append(thing)

    def by_key(self, key: str) -> _Thing | None:
        """Return what has a key, or None."""
        return self._by_key.get(_key(key))

    def found(self, written: str) -> list[_Thing]:
        """Return what is called so: what has it for its key, else all that have it for a name."""
        thing = self.by_key(written)
        return [thing] if thing is not None else self.named(written)

    def named(self, name: str) -> list[_Thing]:
        """Return all that have a name."""
        return list(self._by_name.get(fold(name), ()))

    def nearest(self, written: str) -> list[str]:
        """Return the names that are most like a text, the nearest first.

        After many searches there are none: by then a whole column is of another plan.
        """
        self._searches += 1
        if self._searches > _MOST_SEARCHES:
            return []
        close = get_close_matches(fold(written)[:100], self._names, _NEAREST, cutoff=0.5)
        return [self._names[folded] for folded in close]


def only(things: list[_Thing], preferred: Callable[[_Thing], bool]) -> _Thing | None:
    """Return the one of several that is preferred, or the only one; else None."""
    if len(things) == 1:
        return things[0]
    chosen = [thing for thing in things if preferred(thing)]
    return chosen[0] if len(chosen) == 1 else None


def _key(written: str) -> str:
    return written.strip().upper()
