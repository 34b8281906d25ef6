"""What names the original of a speaker's texts, and which translations it has left behind."""

import hashlib

from planner.speakers.models import Speaker, SpeakerText

#: The texts of a speaker, in the order in which they are entered and translated.
FIELDS = ("display_name", "pseudonym", "organisation", "biography")


def digest_of(text: SpeakerText) -> str:
    """Return what names an original text: SHA-256 in hexadecimal of its fields, a line each."""
    told = "\n".join(getattr(text, name) or "" for name in FIELDS)
    return hashlib.sha256(told.encode()).hexdigest()


def original_digest(speaker: Speaker) -> str | None:
    """Return what names the present original of a speaker's texts, or None without one."""
    text = speaker.texts.get(speaker.original_language or "")
    return digest_of(text) if text is not None else None


def is_outdated(speaker: Speaker, lang: str) -> bool:
    """Tell whether the original has changed since it was translated into a language.

    A text of which nobody noted what it was translated from is believed.
    """
    text = speaker.texts.get(lang)
    if text is None or lang == speaker.original_language:
        return False
    return text.source_digest not in (None, original_digest(speaker))


def keep_digests(speaker: Speaker, before: str | None) -> None:
    """Note of the translations that lack it what they were translated from.

    To be called when the original has changed; ``before`` is what named it until then.
    """
    for text in speaker.texts.values():
        if text.lang != speaker.original_language and text.source_digest is None:
            text.source_digest = before
