"""Who is who among the persons of a schedule."""

from collections import defaultdict

from planner.imports.draft import DraftPerson
from planner.imports.source import SourceConference, SourcePerson
from planner.imports.texts import line_of, markdown_of, written_language
from planner.lib.text import clean_line, fold

_LONGEST_KEY = 120


class Persons:
    """The persons of a schedule, each once.

    A guid tells a person, and so does a positive id; frab writes 0 for everybody who has none.
    Files that were put together from several have one id for several people: there the name
    tells them apart, so that nobody appears under the name of another.
    """

    def __init__(self, source: SourceConference, main_language: str) -> None:
        self.found: dict[str, DraftPerson] = {}
        self._main_language = main_language
        self._names: dict[str, set[str]] = defaultdict(set)
        for event in source.events:
            for person in event.persons:
                if number := usable_id(person.id):
                    self._names[number].add(_folded(line_of(person.name)))

    def key_of(self, person: SourcePerson, language: str) -> str | None:
        """Return the key of a person, whom it remembers; None when they have no name.

        ``language`` is that of the session's text, in which a biography is likely to be.
        """
        name = line_of(person.name)
        if not name:
            return None
        key, *former = self._keys(person, name)
        biography, _ = markdown_of(person.biography)
        known = self.found.get(key)
        if known is None or (biography and not known.biography):
            self.found[key] = DraftPerson(
                key=key,
                former_keys=tuple(former),
                name=known.name if known else name,
                biography=biography,
                name_language=written_language(name, (self._main_language,), self._main_language),
                biography_language=written_language(biography, (language,), self._main_language),
            )
        return key

    def _keys(self, person: SourcePerson, name: str) -> list[str]:
        """Return what a person is called, and what they may have been called in former files."""
        keys = []
        if guid := clean_line(person.guid).lower():
            keys.append(f"guid:{guid[:_LONGEST_KEY]}")
        if number := usable_id(person.id):
            of_id = f"id:{number[:_LONGEST_KEY]}"
            with_name = f"{of_id}/{_folded(name)}"
            shared = len(self._names[number] - {""}) > 1
            keys += [with_name, of_id] if shared else [of_id, with_name]
        return keys or [f"name:{_folded(name)}"]


def usable_id(written: str) -> str:
    """Return an id that tells one thing from others, or nothing: 0 and below tell nothing."""
    identity = clean_line(written)
    digits = identity.removeprefix("-")
    if digits.isdecimal() and (identity.startswith("-") or not digits.strip("0")):
        return ""
    return identity


def _folded(name: str) -> str:
    return (fold(name) or name.casefold())[:_LONGEST_KEY]
