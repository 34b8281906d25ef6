"""What somebody is called in the desk: by their name only before those who may know it.

Everywhere else in the desk people are named through this module, in lists, search, history,
messages and files alike.
"""

from collections.abc import Callable, Iterable

from flask_babel import gettext

from planner.i18n.content import LocalText, localize
from planner.speakers.models import Speaker, Visibility


def is_known(speaker: Speaker, *, sees_names: bool) -> bool:
    """Tell whether somebody may know who a speaker is."""
    return sees_names or speaker.visibility is Visibility.PUBLIC


def called(speaker: Speaker, reader: str, *, sees_names: bool) -> LocalText:
    """Return what a speaker is called before a reader: a name, or «Speaker 14»."""
    if is_known(speaker, sees_names=sees_names):
        names = {lang: text.display_name for lang, text in speaker.texts.items()}
        known = localize(names, reader, original=speaker.original_language)
        if known:
            return known
    return LocalText(numbered(speaker.number), reader, False)


def numbered(number: int) -> str:
    """Return what those are told who may not know a name."""
    return str(gettext("Speaker %(number)s", number=number))


def names_by_number(
    speakers: Iterable[Speaker], reader: str, *, sees_names: bool
) -> Callable[[int], str]:
    """Return what finds the name of a speaker by their number, also of one who is gone."""
    names = {
        speaker.number: str(called(speaker, reader, sees_names=sees_names)) for speaker in speakers
    }
    return lambda number: names.get(number) or numbered(number)
