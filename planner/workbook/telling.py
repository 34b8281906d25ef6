"""What is said of a file: words of ours, with what stood in the file put into them.

Words are kept apart from what is put into them, so that one account can be read in any language,
and so that a page can isolate foreign text from the direction of the sentence around it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from planner.i18n.formats import comma

#: A fact is a text, or several that are listed.
Fact = str | tuple[str, ...]
_BLANK = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Told:
    """A sentence; ``words`` is a msgid marked with ``N_``, whose blanks the facts fill."""

    words: str
    facts: dict[str, Fact] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in the language spoken now, as plain text."""
        return _BLANK.sub(lambda blank: _joined(self.facts[blank[1]]), gettext(self.words))

    def __html__(self) -> Markup:
        """Return the sentence with every fact isolated from the direction around it."""
        pieces = _BLANK.split(gettext(self.words))
        said = Markup.escape(pieces[0])
        for name, rest in zip(pieces[1::2], pieces[2::2], strict=True):
            said += _isolated(self.facts[name]) + rest
        return said

    def as_plain(self) -> list[Any]:
        """Return words and facts as JSON can hold them, the same in every language."""
        return [self.words, sorted(self.facts.items())]


def told(words: str, /, **facts: object) -> Told:
    """Return a sentence; facts that are no texts and no lists of texts are written as texts."""
    return Told(words, {name: _fact(fact) for name, fact in facts.items()})


class UnreadableWorkbookError(Exception):
    """A file cannot be taken at all; ``told`` is one sentence that says why."""

    def __init__(self, words: str, /, **facts: object) -> None:
        self.told = told(words, **facts)
        super().__init__(str(self.told.words))


class CellError(Exception):
    """What stands in a cell cannot be taken; ``told`` is one sentence that says why."""

    def __init__(self, words: str, /, **facts: object) -> None:
        self.told = told(words, **facts)
        super().__init__(str(self.told.words))


def _fact(fact: object) -> Fact:
    if isinstance(fact, list | tuple | set | frozenset):
        return tuple(str(part) for part in fact)
    return str(fact)


def _joined(fact: Fact) -> str:
    return fact if isinstance(fact, str) else comma().join(fact)


def _isolated(fact: Fact) -> Markup:
    parts = (fact,) if isinstance(fact, str) else fact
    return Markup.escape(comma()).join(Markup("<bdi>{}</bdi>").format(part) for part in parts)
