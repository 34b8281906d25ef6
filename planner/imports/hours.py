"""Dates, hours and lengths as schedules write them."""

import re
from datetime import date, datetime

_CLOCK = re.compile(r"(\d{1,2})[:.h]?(\d{2})(?::\d{2}(?:\.\d+)?)?\Z")
_COUNTED_LENGTH = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?\Z")
_WORDED_LENGTH = re.compile(
    r"(?:p?t)?(?:(\d{1,3})\s*h[a-z]*\.?)?\s*(?:(\d{1,4})\s*m[a-z]*\.?)?\Z", re.I
)
_EARLIEST, _LATEST = 1970, 2199
#: The longest that schedule.xml can write (99:59), in minutes.
LONGEST = 99 * 60 + 59


def moment_of(written: str) -> datetime | None:
    """Return a date with its hour (ISO 8601), aware where it has an offset, or None.

    A bare date has no hour and is no moment.
    """
    if len(written) <= len("2017-01-18"):
        return None
    try:
        moment = datetime.fromisoformat(written.replace(" ", "T", 1))
    except ValueError:
        return None
    return moment.replace(second=0, microsecond=0) if _is_sensible(moment) else None


def day_of(written: str) -> date | None:
    """Return the date with which a text begins, or None."""
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return None
    return day if _is_sensible(day) else None


def _is_sensible(day: date) -> bool:
    return _EARLIEST <= day.year <= _LATEST


def minute_of(written: str) -> int | None:
    """Return an hour of the day as minutes after midnight; hours up to 47 are of the next day."""
    found = _CLOCK.match(written.strip())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2])
    return hours * 60 + minutes if hours < 48 and minutes < 60 else None


def length_of(written: str) -> int | None:
    """Return a length in minutes: ``0:45``, ``25:00``, ``0:45:00``, ``90``, ``PT1H30M``, ``1h``.

    None when it cannot be understood or is longer than 99:59; seconds are rounded.
    """
    written = written.strip()
    if found := _COUNTED_LENGTH.match(written):
        minutes = int(found[1]) * 60 + int(found[2]) + (int(found[3] or 0) >= 30)
    elif written.isdecimal() and len(written) <= 4:
        minutes = int(written)
    elif (found := _WORDED_LENGTH.match(written)) and (found[1] or found[2]):
        minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    else:
        return None
    return minutes if minutes <= LONGEST else None
