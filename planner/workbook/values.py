"""What the cells of a sheet mean: numbers, words, languages and texts, as people write them."""

import re
from datetime import datetime, time, timedelta

from planner.i18n.labels import N_
from planner.imports.hours import LONGEST, length_of
from planner.lib.text import clean_line, clean_text
from planner.workbook.columns import EMPTIED
from planner.workbook.grids import Value
from planner.workbook.telling import CellError
from planner.workbook.words import language_called, truth_called

#: Digits and marks of numbers in Arabic script, and signs that cannot be seen.
_PLAIN = str.maketrans(
    {
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
        **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
        **{chr(code): None for code in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x61C, 0xFEFF)},
        **{chr(code): None for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
        "٫": ".",
        "٬": None,
        "،": ",",
        "؛": ";",
        "\u00a0": " ",
        "\u202f": " ",
    }
)
_DASHES = {EMPTIED, "–", "—", "−", "‐", "‑"}
#: What spreadsheet programs show where a formula failed.
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_MINUTE_WORDS = re.compile(r"(?<=\d)\s*(?:min(?:ute)?s?\.?|دقيقة|دقائق|دقيقه|خولەک|د)\Z", re.I)
_HOURS_AND_MINUTES = re.compile(r"\A(\d{1,2}) ?h ?(\d{2})\Z", re.I)
_LONGEST_PLAIN = 500
_LARGEST_COUNT = 1_000_000
_LONGEST_LINE = 2000
_LONGEST_TEXT = 60_000


def is_emptied(value: Value) -> bool:
    """Tell whether a cell says that what the plan has there is to be taken out."""
    return isinstance(value, str) and plain(value) in _DASHES


def plain(value: Value) -> str:
    """Return what a cell says as a line with Latin digits, without signs that cannot be seen."""
    if isinstance(value, str):
        value = value[:_LONGEST_PLAIN]  # nothing but texts is longer
    return re.sub(r"\s+", " ", text_of(value, lines=False).translate(_PLAIN)).strip()


def text_of(value: Value, *, lines: bool) -> str:  # noqa: PLR0911 -- one for each type
    """Return what a cell says as text, of one line or of several."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(value) if lines else clean_line(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != time() else f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def checked_text(value: Value, *, lines: bool) -> str:
    """Return what a cell says as text that the plan has room for.

    :raises CellError: when it is too long, or the error of a formula.
    """
    text = text_of(value, lines=lines)
    if text in ERRORS:
        raise CellError(N_("The cell shows an error of the spreadsheet: %(error)s."), error=text)
    longest = _LONGEST_TEXT if lines else _LONGEST_LINE
    if len(text) > longest:
        raise CellError(
            N_("The text has %(length)s characters; %(most)s are the most."),
            length=len(text),
            most=longest,
        )
    return text


def count_of(value: Value, *, least: int) -> int:
    """Return a whole number.

    :raises CellError: when it is none, or out of bounds.
    """
    written = plain(value)
    try:
        number = float(written)
    except ValueError:
        raise CellError(N_("“%(written)s” is not a number."), written=written) from None
    if not number.is_integer() or not least <= number <= _LARGEST_COUNT:
        raise CellError(
            N_("“%(written)s” is not a whole number of %(least)s or more."),
            written=written,
            least=least,
        )
    return int(number)


def minutes_of(value: Value) -> int:
    """Return a length in minutes: ``90``, ``1:30``, ``1h 30min``, or an hour as Excel keeps one.

    :raises CellError: when it cannot be understood, or is nothing, or too long.
    """
    found: float | None
    if isinstance(value, datetime):
        value = value.time()  # Excel counts lengths from a midnight
    if isinstance(value, time):
        found = value.hour * 60 + value.minute
    elif isinstance(value, timedelta):
        found = value.total_seconds() / 60
    else:
        written = _HOURS_AND_MINUTES.sub(r"\1:\2", _MINUTE_WORDS.sub("", plain(value)))
        found = _number(written)
        if found is None:
            found = length_of(written)
        elif 0 < found < 1:  # a part of a day, which is how Excel keeps hours
            found = round(found * 24 * 60, 6)
    if found is None or not float(found).is_integer() or not 0 < found <= LONGEST:
        raise CellError(
            N_("“%(written)s” is not a length such as 90 or 1:30."), written=plain(value)
        )
    return int(found)


def _number(written: str) -> float | None:
    try:
        return float(written.replace(",", "."))
    except ValueError:
        return None


def truth_of(value: Value) -> bool:
    """Return yes or no.

    :raises CellError: when it is neither.
    """
    found = value if isinstance(value, bool) else truth_called(plain(value))
    if found is None:
        raise CellError(N_("“%(written)s” is neither yes nor no."), written=plain(value))
    return found


def languages_of(value: Value, known: tuple[str, ...]) -> list[str]:
    """Return the codes of languages that are listed; ``known`` are those of the event.

    :raises CellError: when something is no language.
    """
    codes: dict[str, None] = {}
    for part in re.split(
        r"[;,/|+&\n]+", text_of(value, lines=True)[:_LONGEST_PLAIN].translate(_PLAIN)
    ):
        if part.strip():
            codes[language_of(part, known)] = None
    return list(codes)


def language_of(value: Value, known: tuple[str, ...]) -> str:
    """Return the code of a language.

    :raises CellError: when it is none.
    """
    written = plain(value)
    code = language_called(written, known)
    if code is None or len(code) > 16:
        raise CellError(
            N_("“%(written)s” is not a language. Write codes such as ar; en."), written=written
        )
    return code


def address_of(value: Value) -> str:
    """Return an address of the web.

    :raises CellError: when it is none.
    """
    written = plain(value)
    if not re.match(r"https?://[^\s<>\"]{3,1990}\Z", written):
        raise CellError(
            N_("“%(written)s” is not an address such as https://example.org."),
            written=written[:100],
        )
    return written


def email_of(value: Value) -> str:
    """Return an e-mail address.

    :raises CellError: when it is none.
    """
    written = plain(value)
    if not re.match(r"[^\s@<>\",;]{1,64}@[^\s@<>\",;]{1,250}\Z", written):
        raise CellError(N_("“%(written)s” is not an e-mail address."), written=written[:100])
    return written
