"""What may still be told of people from earlier releases.

An earlier release may hold what the public should no longer read: the name of a speaker who has
since asked that it is withheld. So people are called what the current programme calls them or
nothing at all, and words in which a name that is gone may stand are not told again.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from planner.lib.text import fold
from planner.programme.document import Appearance, Programme, Texts

#: Words of names with fewer letters (a title, «al») give nobody away.
_TELLING = 3

#: What makes two appearances the same person: a code, a pseudonym, or nothing.
Identity = tuple[tuple[str, str], ...] | str | None


class Discretion:
    """Knows who is named now, and which names are gone; ``programmes`` begin with the newest."""

    def __init__(self, programmes: Sequence[Programme]) -> None:
        current, earlier = programmes[0], programmes[1:]
        self._names = {speaker.code: speaker.name for speaker in current.speakers}
        self._pseudonyms = {
            identity_of(person)
            for session in current.sessions
            for person in session.people
            if person.pseudonym
        }
        former = chain.from_iterable(map(_names, earlier))
        self._gone = _words_of(former) - _words_of(_names(current))

    def name_of(self, person: Appearance) -> Texts | None:
        """Return what the current programme calls a person; None when it does not."""
        if person.speaker is not None:
            return self._names.get(person.speaker)
        return person.pseudonym if identity_of(person) in self._pseudonyms else None

    def allows(self, text: str) -> bool:
        """Tell whether no word of a name that is gone stands in a text, however it is typed."""
        folded = fold(text)
        return not any(word in folded for word in self._gone)


def identity_of(person: Appearance) -> Identity:
    """Return what makes a person the same in two releases."""
    return person.speaker or tuple(sorted(person.pseudonym.items())) or None


def _names(programme: Programme) -> Iterator[str]:
    """Yield everything that people are called in a programme, in every language."""
    for speaker in programme.speakers:
        yield from speaker.name.values()
    for session in programme.sessions:
        for person in session.people:
            yield from person.pseudonym.values()


def _words_of(names: Iterable[str]) -> set[str]:
    """Return the words of names in the form that search compares, but the shortest."""
    return {word for name in names for word in fold(name).split() if len(word) >= _TELLING}
