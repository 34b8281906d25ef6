"""Search by words in what the programme says of its sessions, in all its languages at once."""

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from planner.lib.text import fold
from planner.programme.document import Session
from planner.programme.published import Published

#: Words with no more letters than this occur by chance within others.
_SHORT = 3
_indices: WeakKeyDictionary[Published, dict[str, str]] = WeakKeyDictionary()


def found_by(published: Published, words: str) -> frozenset[str]:
    """Return the codes of the sessions in which all these words occur, however they are spelt.

    A long word is found anywhere, also within another; a short one only where a word begins, or
    after what Arabic joins to the beginning of words: «and», «in», «for», «the».
    """
    patterns = [_pattern(word) for word in fold(words).split()]
    return frozenset(
        code
        for code, text in _index(published).items()
        if all(pattern.search(text) for pattern in patterns)
    )


def _pattern(word: str) -> re.Pattern[str]:
    if len(word) > _SHORT:
        return re.compile(re.escape(word))
    return re.compile(rf"(?<!\S)[وفبکل]?(?:ال|ل)?{re.escape(word)}")


def _index(published: Published) -> dict[str, str]:
    """Return the folded text of every session, made once for each programme."""
    index = _indices.get(published)
    if index is None:
        index = {
            session.code: fold("\n".join(_texts(published, session)))
            for session in published.sessions
        }
        _indices[published] = index
    return index


def _texts(published: Published, session: Session) -> Iterator[str]:
    yield from session.title.values()
    yield from session.abstract.values()
    theme = published.theme_by_slug.get(session.theme or "")
    if theme:
        yield from theme.name.values()
    room = published.room_by_slug.get(session.room or "")
    if room:
        yield from room.name.values()
    for person in session.people:
        yield from person.pseudonym.values()
        speaker = published.speaker_by_code.get(person.speaker or "")
        if speaker:
            yield from speaker.name.values()
            yield from speaker.organisation.values()
