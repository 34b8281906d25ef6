"""Public codes of sessions and speakers: random, short, without look-alikes."""

import secrets

#: Digits and consonants that cannot be taken for one another, so that no code spells a word.
ALPHABET = "34679CDFGHJKMNPQRTVWXY"
LENGTH = 6


def new_code() -> str:
    """Return a random code of six characters (about 113 million of them exist)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def number_of(code: str) -> int:
    """Return the positive number that a code stands for, for formats that want numeric ids.

    :raises ValueError: when a character is not of the alphabet.
    """
    number = 0
    for character in code:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number + 1
