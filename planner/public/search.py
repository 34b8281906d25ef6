"""Search by words in what the programme says of its sessions, in all its languages at once.

The words of a programme are put into an index once. A search finds words as they are, without what
Arabic writes onto them, at the beginning of others and, if they are not short, within others; only
where that finds nothing it takes a long word for one that is misspelt.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from weakref import WeakKeyDictionary

from flask import has_app_context

from planner.i18n.interface import speaking
from planner.i18n.labels import kind_label
from planner.i18n.languages import INTERFACE
from planner.lib.spelling import CARRIED, SHORTEST_STEM, misspelt, stems_of, words_in
from planner.programme.document import Session
from planner.programme.published import Published
from planner.programme.vocabulary import Kind

#: Where a word stands, as bits: in the title; in names and organisations; in theme, room or kind;
#: in the abstract.
TITLE, PEOPLE, PLACE, ABSTRACT = 8, 4, 2, 1
_WEIGHTS = {TITLE: 12, PEOPLE: 6, PLACE: 3, ABSTRACT: 1}
#: What a word is worth that was found whole, in a stem, at a beginning, or within.
_WHOLE, _STEM, _PREFIX, _WITHIN = 4, 3, 2, 1
#: Where no session has all the words, one that stands in more of them than this part says nothing.
_COMMON = 3


class Part(StrEnum):
    """What else of a programme has a name that can be found."""

    SPEAKER = "speaker"
    THEME = "theme"
    ROOM = "room"


@dataclass(frozen=True)
class Found:
    """What a search found."""

    #: Codes of sessions, the most relevant first and of equal ones the earliest.
    codes: tuple[str, ...] = ()
    #: Whether no session has all the words, and these have some.
    is_partial: bool = False
    #: For each word that was asked for, the words of the programme that it stands for.
    words: tuple[frozenset[str], ...] = ()
    #: Speakers, themes and rooms in whose names all the words stand, by code or slug.
    parts: tuple[tuple[Part, str], ...] = ()


class Index:
    """The words of one programme, each with where it stands."""

    def __init__(self, published: Published) -> None:
        self._codes = [session.code for session in published.sessions]
        self._places: defaultdict[str, dict[int, int]] = defaultdict(dict)
        kinds = {kind: list(_kind_names(kind)) for kind in Kind}
        for number, session in enumerate(published.sessions):
            for place, texts in _texts(published, session, kinds[session.kind]):
                for word in words_in("\n".join(texts)):
                    standing = self._places[word]
                    standing[number] = standing.get(number, 0) | place
        self._parts = tuple(_parts(published))
        for _, _, words in self._parts:
            for word in words:
                self._places[word]  # known, even where no session has it
        self._sorted = sorted(self._places)
        self._joined = "\n".join(["", *self._sorted, ""])
        self._letters = tuple(sorted(set(self._joined) - {"\n"}))
        self._by_stem: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            for stem in stems_of(word):
                self._by_stem[stem].append(word)
        self._stems = sorted(self._by_stem)
        self._points = {
            places: max((points for place, points in _WEIGHTS.items() if places & place), default=0)
            for places in range(16)
        }
        self.find = lru_cache(maxsize=8)(self._find)

    def _find(self, asked: str) -> Found:
        """Return what is found by words; nothing when none are asked for."""
        words = list(dict.fromkeys(words_in(asked)))
        if not words:
            return Found()
        known = [self._known(word) for word in words]
        points = [self._sessions(found) for found in known]
        all_of_them = set(points[0]).intersection(*points[1:])
        ranked = self._ranked(all_of_them, points) if all_of_them else self._some(points)
        return Found(
            codes=tuple(self._codes[number] for number in ranked),
            is_partial=not all_of_them and bool(ranked),
            words=tuple(frozenset(found) for found in known),
            parts=tuple(
                (part, key)
                for part, key, own in self._parts
                if all(not own.isdisjoint(found) for found in known)
            ),
        )

    def _known(self, asked: str) -> dict[str, int]:
        """Return the words of the programme that a word stands for, with what each is worth."""
        found: dict[str, int] = {}

        def add(words: Iterable[str], worth: int) -> None:
            for word in words:
                found[word] = max(worth, found.get(word, 0))

        if len(asked) > SHORTEST_STEM:
            add(self._with_in_them(asked), _WITHIN)
        if len(asked) > 1:
            for stem in _beginning_with(self._stems, asked):
                add(self._by_stem[stem], _WITHIN)
            add(_beginning_with(self._sorted, asked), _PREFIX)
        for stem in (asked, *stems_of(asked)):
            add(self._by_stem.get(stem, ()), _STEM)
            add((stem,) if stem in self._places else (), _STEM)
        carried = CARRIED + asked
        add((carried,) if carried in self._places else (), _PREFIX)
        add((asked,) if asked in self._places else (), _WHOLE)
        if not found:
            for word in misspelt(asked, self._letters):
                add((word,) if word in self._places else (), _WITHIN)
                add(self._by_stem.get(word, ()), _WITHIN)
        return found

    def _with_in_them(self, asked: str) -> Iterator[str]:
        joined = self._joined
        place = joined.find(asked)
        while place >= 0:
            end = joined.find("\n", place)
            yield joined[joined.rfind("\n", 0, place) + 1 : end]
            place = joined.find(asked, end)

    def _sessions(self, known: dict[str, int]) -> dict[int, int]:
        """Return the sessions in which one of these words stands, with the points of the best."""
        found: dict[int, int] = {}
        for word, worth in known.items():
            for number, places in self._places[word].items():
                points = worth * self._points[places]
                if points > found.get(number, 0):
                    found[number] = points
        return found

    def _some(self, points: list[dict[int, int]]) -> list[int]:
        """Return the sessions that have the most of several words, common ones left out."""
        telling = [
            found for found in points if len(found) <= max(_COMMON, len(self._codes) // _COMMON)
        ]
        counts: defaultdict[int, int] = defaultdict(int)
        for found in telling:
            for number in found:
                counts[number] += 1
        most = max(counts.values(), default=0)
        return self._ranked({number for number in counts if counts[number] == most}, telling)

    @staticmethod
    def _ranked(numbers: Iterable[int], points: list[dict[int, int]]) -> list[int]:
        return sorted(
            numbers, key=lambda number: (-sum(each.get(number, 0) for each in points), number)
        )


_indices: WeakKeyDictionary[Published, Index] = WeakKeyDictionary()


def found_by(published: Published, words: str) -> Found:
    """Return what of a programme is found by words, however they are spelt."""
    index = _indices.get(published)
    if index is None:
        index = _indices[published] = Index(published)
    return index.find(words)


def _beginning_with(ordered: list[str], beginning: str) -> Iterator[str]:
    place = bisect_left(ordered, beginning)
    while place < len(ordered) and ordered[place].startswith(beginning):
        yield ordered[place]
        place += 1


def _kind_names(kind: Kind) -> Iterator[str]:
    """Yield what a kind is called in each language of the interface; none for what says little."""
    if kind is Kind.OTHER or not has_app_context():
        return
    for lang in INTERFACE:
        with speaking(lang):
            yield kind_label(kind)


def _texts(
    published: Published, session: Session, kinds: list[str]
) -> Iterator[tuple[int, Iterable[str]]]:
    yield TITLE, (*session.title.values(), session.code)
    yield ABSTRACT, session.abstract.values()
    theme = published.theme_by_slug.get(session.theme or "")
    room = published.room_by_slug.get(session.room or "")
    named = [part.name.values() for part in (theme, room) if part]
    yield PLACE, (*kinds, *(name for names in named for name in names))
    for person in session.people:
        yield PEOPLE, person.pseudonym.values()
        speaker = published.speaker_by_code.get(person.speaker or "")
        if speaker:
            yield PEOPLE, (*speaker.name.values(), *speaker.organisation.values())


def _parts(published: Published) -> Iterator[tuple[Part, str, frozenset[str]]]:
    for speaker in published.programme.speakers:
        told = (*speaker.name.values(), *speaker.organisation.values())
        yield Part.SPEAKER, speaker.code, frozenset(words_in("\n".join(told)))
    for theme in published.programme.themes:
        yield Part.THEME, theme.slug, frozenset(words_in("\n".join(theme.name.values())))
    for room in published.programme.rooms:
        yield Part.ROOM, room.slug, frozenset(words_in("\n".join(room.name.values())))
