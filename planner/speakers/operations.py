"""Making and changing speakers. Callers hold a write transaction."""

from typing import Any

from planner.events.models import Event
from planner.events.operations import unused_code
from planner.speakers.models import Speaker, SpeakerText, Visibility


def add_speaker(
    event: Event,
    *,
    code: str | None = None,
    visibility: Visibility = Visibility.WITHHELD,
    **fields: Any,
) -> Speaker:
    """Add a speaker; ``fields`` are other columns of :class:`planner.speakers.models.Speaker`."""
    number = max((other.number for other in event.speakers), default=0) + 1
    speaker = Speaker(
        code=code or unused_code(event, Speaker.code),
        number=number,
        visibility=visibility,
        **fields,
    )
    event.speakers.append(speaker)
    return speaker


def set_text(speaker: Speaker, lang: str, **fields: str) -> SpeakerText:
    """Give a speaker texts in one language.

    ``fields`` are ``display_name``, ``pseudonym``, ``organisation`` and ``biography``; those
    left out stay as they are.
    """
    text = speaker.texts.get(lang)
    if text is None:
        text = speaker.texts[lang] = SpeakerText(lang=lang)
    for name, value in fields.items():
        setattr(text, name, value)
    return text
