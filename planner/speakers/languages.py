"""The language in which a speaker is written and spoken to."""

from collections.abc import Iterable

from planner.i18n.languages import INTERFACE
from planner.speakers.models import Speaker


def language_of(speaker: Speaker, languages: Iterable[str]) -> str:
    """Return the language in which a speaker is written to; ``languages`` are the event's."""
    wished = [speaker.original_language, *speaker.spoken_languages, *languages]
    return next((code for code in wished if code in INTERFACE), next(iter(INTERFACE)))
