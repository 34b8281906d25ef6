"""Identities that schedule.xml and schedule.json want, made from public codes and nothing else."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from planner.lib.codes import ALPHABET, LENGTH, number_of

#: Numbers above those of all codes, and within the 31 bits that programs keep numbers in.
_FIRST_OTHER: int = len(ALPHABET) ** LENGTH + 1
_OTHERS: int = 2**31 - _FIRST_OTHER
_NOT_OF_ACRONYMS = re.compile(r"[^a-z0-9_]")
_SHORTEST_ACRONYM = 4


def is_code(key: str) -> bool:
    """Tell whether a key is a code as Barnama makes them."""
    return len(key) == LENGTH and all(character in ALPHABET for character in key)


def numbers_of(keys: Iterable[str]) -> dict[str, int]:
    """Return a positive number of at most 31 bits for each key, no two alike.

    A code always has the same number. Other keys have a number from their hash, which another
    key could only change by having the same hash.
    """
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for key in sorted(set(keys)):
        number = number_of(key) if is_code(key) else _hashed(key)
        while number in taken:
            number = _FIRST_OTHER + (number + 1 - _FIRST_OTHER) % _OTHERS
        taken.add(number)
        numbers[key] = number
    return numbers


def _hashed(key: str) -> int:
    return _FIRST_OTHER + int.from_bytes(sha256(key.encode()).digest()[:8], "big") % _OTHERS


def guids_of(keys: Mapping[str, str], host: str) -> dict[str, str]:
    """Return a UUID for each session, by its code: the one that it is mapped to, if it is one.

    Without one, or where an earlier code has the same, it is made of code and ``host``
    (RFC 9562, section 5.5).
    """
    guids: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(keys):
        guid, name = _uuid(keys[key]), f"session-{key}"
        while guid is None or guid in taken:
            guid, name = made_guid(name, host), f"{name}+"
        taken.add(guid)
        guids[key] = guid
    return guids


def _uuid(written: str) -> str | None:
    try:
        return str(UUID(written))
    except ValueError:
        return None


def made_guid(name: str, host: str) -> str:
    """Return the UUID of something that has none of its own."""
    return str(uuid5(NAMESPACE_URL, f"{name}@{host}"))


def guid_of_speaker(code: str, host: str) -> str:
    """Return the UUID of a speaker who is named."""
    return made_guid(f"speaker-{code}", host)


def guid_of_pseudonym(session: str, position: int, host: str) -> str:
    """Return the UUID of one appearance under a pseudonym: of who it is, nothing follows."""
    return made_guid(f"pseudonym-{pseudonym_key(session, position)}", host)


def pseudonym_key(session: str, position: int) -> str:
    """Return what tells an appearance under a pseudonym: which session's, and which of it."""
    return f"{session}-{position}"


def acronym_of(event_slug: str) -> str:
    """Return what both formats take for an acronym: at least four of ``a-z0-9_``.

    They would take hyphens too, but not in every place, nor in the same ones.
    """
    return _NOT_OF_ACRONYMS.sub("_", event_slug.lower()).ljust(_SHORTEST_ACRONYM, "_")


def slug_of_session(acronym: str, code: str, number: int) -> str:
    """Return a slug that no other session has. Titles in Arabic script could not give one."""
    return f"{acronym}-{code.lower() if is_code(code) else number}"


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by their keys, with a number added where an earlier one is the same.

    Programs that read the formats know rooms and tracks by their names only.
    """
    made: dict[str, str] = {}
    for key, name in names.items():
        candidate, number = name, 2
        while candidate in made.values():
            candidate = f"{name} ({number})"
            number += 1
        made[key] = candidate
    return made
