"""What became of an original since it was translated, and what a translation lost of it."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from planner.extensions import db
from planner.journal.models import Entry, Row
from planner.lib.text import fold
from planner.translating.queries import Found
from planner.translating.units import Part, digest_of

#: Changes of one thing that are looked through for a former original, and words compared.
_MOST_ROWS = 300
_MOST_WORDS = 1000

_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>()\[\]\"']+", re.I)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[,.٬'](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d{2,}")


@dataclass(frozen=True)
class Piece:
    """Words that stayed (``same``), came (``new``) or went (``gone``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Former:
    """The original as it was when it was translated, and what changed it since, newest first."""

    values: Mapping[str, str]
    entries: tuple[Entry, ...]


def former_original(found: Found, lang: str) -> Former | None:
    """Return the original that a translation was made from, or None when nobody knows it.

    The journal is read backwards from what the original is today.
    """
    unit = found.unit
    wanted = unit.text(lang).digest
    row: dict[str, Any] = dict(found.row)
    entries: list[Entry] = []
    for change in _changes(found):
        if change.before is None or wanted is None:
            return None
        was = _told(unit.source, row, unit.original)
        row |= change.before
        told = _told(unit.source, row, unit.original)
        if told != was:
            entries.append(change.entry)
        if digest_of(told.values()) == wanted:
            return Former(told, tuple(dict.fromkeys(entries)))
    return None


def _changes(found: Found) -> Iterator[Row]:
    rows = db.session.scalars(
        select(Row)
        .where(Row.subject == found.unit.subject, Row.table == found.table)
        .order_by(Row.id.desc())
        .limit(_MOST_ROWS)
        .options(joinedload(Row.entry).joinedload(Entry.user))
    )
    return (row for row in rows if row.key == found.key)


def _told(parts: Iterable[Part], row: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return the texts of a language in a row, be they plain columns or maps."""
    told = {}
    for part in parts:
        held = part.found(row)
        told[part.name] = (held.get(lang) if isinstance(held, dict) else held) or ""
    return told


def difference(was: str, now: str) -> list[Piece]:
    """Return a text as it is now, word by word, with what went and what came.

    Where very much changed, words are not compared: one text went and one came.
    """
    old, new = re.findall(r"\S+\s*", was), re.findall(r"\S+\s*", now)
    # The last word has no blank after it, and is the same word nevertheless.
    told, tells = [word.strip() for word in old], [word.strip() for word in new]
    start = _alike(told, tells)
    end = _alike(told[start:][::-1], tells[start:][::-1])
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    pieces = [Piece("same", "".join(new[:start]))]
    if max(len(a), len(b)) > _MOST_WORDS:
        pieces += [Piece("gone", "".join(a)), Piece("new", "".join(b))]
    else:
        pieces += _compared(a, b)
    pieces.append(Piece("same", "".join(new[len(new) - end :])))
    return [piece for piece in pieces if piece.text]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return with how many words both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = difflib.SequenceMatcher(
        None, [word.strip() for word in old], [word.strip() for word in new]
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(new[c:d]))
            continue
        yield Piece("gone", "".join(old[a:b]))
        yield Piece("new", "".join(new[c:d]))


def lost(original: str, translation: str) -> list[str]:
    """Return the addresses and numbers of an original that its translation lacks.

    Digits of all scripts are alike. Numbers of one digit are often written in words, and are
    not looked for. What has no translation at all has lost nothing yet.
    """
    if not translation.strip():
        return []
    addresses = [_trimmed(found) for found in _ADDRESS.findall(original)]
    rest = _ADDRESS.sub(" ", original)
    addresses += _MAIL.findall(rest)
    rest = _MAIL.sub(" ", rest)
    kept = set(_numbers(translation))
    numbers = [number for number in _numbers(rest) if number not in kept]
    missing = [address for address in addresses if address not in translation]
    return list(dict.fromkeys([*missing, *numbers]))


def _trimmed(address: str) -> str:
    return address.rstrip(".,;:!?»”*_")


def _numbers(text: str) -> list[str]:
    plain = "".join(fold(letter) if letter.isdigit() else letter for letter in text)
    return _NUMBER.findall(_BETWEEN_THOUSANDS.sub("", plain))
