"""Search by words in what the programme says of its sessions, in all its languages at once."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from planner.lib.text import fold
from planner.programme.document import Session
from planner.programme.published import Published

_indices: WeakKeyDictionary[Published, dict[str, str]] = WeakKeyDictionary()


def found_by(published: Published, words: str) -> frozenset[str]:
    """Return the codes of the sessions in which all these words occur, however they are spelt.

    A word is found inside longer ones too, because Arabic and Kurdish join theirs.
    """
    wanted = fold(words).split()
    return frozenset(
        code for code, text in _index(published).items() if all(word in text for word in wanted)
    )


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
