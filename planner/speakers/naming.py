"""What somebody is called in the desk: by their name only before those who may know it.

Everywhere else in the desk people are named through this module, in lists, search, history,
messages and files alike.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from flask_babel import gettext

from planner.i18n.content import LocalText, localize
from planner.speakers.models import Visibility


class Name(Protocol):
    """What somebody is called in one language."""

    @property
    def display_name(self) -> str:
        """The name."""


class Person(Protocol):
    """A speaker, as a row of the database or as a plain value."""

    @property
    def id(self) -> int:
        """Their number in the database."""

    @property
    def number(self) -> int:
        """Their number in the event."""

    @property
    def code(self) -> str:
        """Their code."""

    @property
    def visibility(self) -> Visibility:
        """How the public may know them."""

    @property
    def original_language(self) -> str | None:
        """The language that their texts are translated from."""

    @property
    def texts(self) -> Mapping[str, Name]:
        """What they are called, by language."""


def is_known(speaker: Person, *, sees_names: bool) -> bool:
    """Tell whether somebody may know who a speaker is."""
    return sees_names or speaker.visibility is Visibility.PUBLIC


def called(speaker: Person, reader: str, *, sees_names: bool) -> LocalText:
    """Return what a speaker is called before a reader: a name, or «Speaker 14»."""
    names = {lang: text.display_name for lang, text in speaker.texts.items()}
    return called_by(
        names if is_known(speaker, sees_names=sees_names) else {},
        speaker.number,
        reader,
        original=speaker.original_language,
    )


def called_by(
    names: Mapping[str, str], number: int, reader: str, *, original: str | None = None
) -> LocalText:
    """Return one of the names that a reader may know of somebody, or «Speaker 14» without any."""
    known = localize(names, reader, original=original)
    return known or LocalText(numbered(number), reader, False)


def numbered(number: int) -> str:
    """Return what those are told who may not know a name."""
    return str(gettext("Speaker %(number)s", number=number))


def names_by_number(
    speakers: Iterable[Person], reader: str, *, sees_names: bool
) -> Callable[[int], str]:
    """Return what finds the name of a speaker by their number, also of one who is gone."""
    names = {
        speaker.number: str(called(speaker, reader, sees_names=sees_names)) for speaker in speakers
    }
    return lambda number: names.get(number) or numbered(number)
