"""What names the original of a session's texts, and which translations it has left behind."""

import hashlib
from typing import Any

from planner.journal import words
from planner.sessions.models import Session


def digest_of(title: str, abstract: str) -> str:
    """Return what names an original text: SHA-256 in hexadecimal of its title and abstract."""
    return hashlib.sha256(f"{title}\n{abstract}".encode()).hexdigest()


def original_digest(session: Session) -> str | None:
    """Return what names the present original of a session, or None when it has none."""
    text = session.texts.get(session.original_language)
    return digest_of(text.title, text.abstract) if text is not None and text.title else None


def is_outdated(session: Session, lang: str) -> bool:
    """Tell whether the original has changed since it was translated into a language.

    A text of which nobody noted what it was translated from is believed.
    """
    text = session.texts.get(lang)
    if text is None or lang == session.original_language or not text.title:
        return False
    return text.source_digest not in (None, original_digest(session))


def keep_digests(session: Session, before: str | None) -> None:
    """Note of the translations that lack it what they were translated from.

    To be called when the original has changed; ``before`` is what named it until then.
    """
    for text in session.texts.values():
        if text.lang != session.original_language and text.title and text.source_digest is None:
            text.source_digest = before


def title_fact(session: Session) -> Any:
    """Return a session's title as a fact of the journal, or its code when it has none."""
    titles = {lang: text.title for lang, text in session.texts.items() if text.title}
    return words.texts(titles, session.original_language) if titles else session.code
