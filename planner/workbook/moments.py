"""Days and hours as people and spreadsheet programs write them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from babel.dates import get_month_names

from planner.i18n.labels import N_
from planner.lib.text import fold
from planner.workbook.grids import Value
from planner.workbook.telling import CellError
from planner.workbook.values import plain

#: Excel counts days from here, but for two months of 1900.
_EPOCH = datetime.fromisoformat("1899-12-30")
_EARLIEST, _LATEST = date(1970, 1, 1), date(2199, 12, 31)
_DAY = 24 * 60
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20|21)\d{2})([01]\d)([0-3]\d)\Z")
_YEAR_LAST = re.compile(r"(?<![\d.])(\d{1,2})([-/.]) ?(\d{1,2})[-/.] ?(\d{4}|\d{2})(?!\d|[-/.]\d)")
_DAY_NAMED_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:ی|st|nd|rd|th)?[.\s-]+(?:of )?([^\d,،]+?)[.,،]?[\s-]+(\d{4})(?!\d)"
)
_NAMED_MONTH_DAY = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_HOUR = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?| ?(?=[apص م]))"
    r"\s*(a\.?m\.?|p\.?m\.?|ص|م|ب\.ن|د\.ن)?(?![\d\w])",
    re.I,
)
_FRACTION = re.compile(r"0?[.,]\d+\Z")
_AFTER_NOON = {"p", "م", "د"}


@dataclass(frozen=True)
class Day:
    """A day, with the hour that stands beside it, and the other day that could be meant."""

    day: date
    minute: int | None = None
    #: Where day and month could be the other way round.
    other: date | None = None
    #: Whether the month stood before the day, because a month has no such number.
    month_first: bool = False


@dataclass(frozen=True)
class Hours:
    """A start as minutes after midnight, the end where one is said, and the day beside it."""

    start: int
    end: int | None = None
    day: Day | None = None

    @property
    def minutes(self) -> int | None:
        """How long it is, where the end is said; one before the start is after midnight."""
        return None if self.end is None else (self.end - self.start) % _DAY or None


def day_of(value: Value) -> Day:
    """Return the day that a cell tells.

    :raises CellError: when it tells none.
    """
    found = _day(value)
    if found is None or not _EARLIEST <= found.day <= _LATEST:
        raise CellError(N_("“%(written)s” is not a date such as 2017-01-18."), written=plain(value))
    return found


def hours_of(value: Value) -> Hours:
    """Return the hour, or the two, that a cell tells: ``09:00``, ``0.375``, ``09:00-10:30``.

    :raises CellError: when it tells none.
    """
    found = _hours(value)
    if found is None:
        raise CellError(N_("“%(written)s” is not an hour such as 09:00."), written=plain(value))
    return found


def _day(value: Value) -> Day | None:  # noqa: PLR0911 -- one for each type
    if isinstance(value, datetime):
        minute = value.hour * 60 + value.minute
        return Day(value.date(), minute or None)
    if isinstance(value, date):
        return Day(value)
    if isinstance(value, bool | time | timedelta) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_serial(float(value))
    written = plain(value)
    if compact := _COMPACT.match(written):
        return _made(int(compact[1]), int(compact[2]), int(compact[3]))
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", written):
        return _of_serial(float(written.replace(",", ".")))
    return _written_day(written)


def _of_serial(number: float) -> Day | None:
    if not 25_569 <= number < 110_000:
        return None
    moment = _EPOCH + timedelta(minutes=round(number * _DAY))
    return Day(moment.date(), moment.hour * 60 + moment.minute or None)


def _written_day(written: str) -> Day | None:
    found: Day | None = None
    rest = ""
    if year_first := _YEAR_FIRST.search(written):
        found = _made(*(int(part) for part in year_first.groups()))
        rest = written[year_first.end() :].lstrip("T")
    elif year_last := _YEAR_LAST.search(written):
        found = _of_three(int(year_last[1]), int(year_last[3]), year_last[4])
        rest = written[year_last.end() :]
    elif named := _DAY_NAMED_MONTH.search(written):
        found = _of_name(named[1], named[2], named[3])
        rest = written[named.end() :]
    elif named := _NAMED_MONTH_DAY.search(written):
        found = _of_name(named[2], named[1], named[3])
        rest = written[named.end() :]
    if found is None:
        return None
    hour = _HOUR.search(rest)
    minute = _minute(hour) if hour else None
    return Day(found.day, minute, found.other, found.month_first)


def _of_three(first: int, second: int, year: str) -> Day | None:
    """Return the day of three numbers, of which the first is the day and not the month."""
    full = int(year) if len(year) == 4 else 2000 + int(year)
    day_first = _made(full, second, first)
    month_first = _made(full, first, second)
    if day_first is None:
        return month_first and Day(month_first.day, month_first=True)
    other = month_first.day if month_first and month_first.day != day_first.day else None
    return Day(day_first.day, other=other)


def _of_name(day: str, month: str, year: str) -> Day | None:
    words = fold(month).split()
    numbers = (_months().get(" ".join(words[start:])) for start in range(len(words)))
    number = next((number for number in numbers if number), None)
    return _made(int(year), number, int(day)) if number else None


@cache
def _months() -> dict[str, int]:
    """Return the numbers of months by their names, folded, as they are written in the region."""
    return {
        fold(name): number
        for locale in ("en", "ar_IQ", "ar", "ckb_IQ")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }


def _made(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(date(year, month, day))
    except ValueError:
        return None


def _hours(value: Value) -> Hours | None:  # noqa: PLR0911 -- one for each type
    if isinstance(value, datetime):
        minute = value.hour * 60 + value.minute
        # A day of the first year is none: Excel keeps an hour so in some files.
        return Hours(minute, day=Day(value.date()) if value.year > 1901 else None)
    if isinstance(value, time):
        return Hours(value.hour * 60 + value.minute)
    if isinstance(value, timedelta):
        return _of_fraction(value / timedelta(days=1))
    if isinstance(value, bool | date) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_number(float(value))
    written = plain(value)
    if _FRACTION.match(written):
        return _of_fraction(float(written.replace(",", ".")))
    day = _written_day(written)
    return _written_hours(written, day)


def _of_number(number: float) -> Hours | None:
    if 0 <= number < 2:
        return _of_fraction(number)
    day = _of_serial(number)
    return Hours(day.minute or 0, day=Day(day.day)) if day else None


def _of_fraction(part: float) -> Hours | None:
    """Return the hour at a part of a day, if it is at a whole minute."""
    minute = part * _DAY
    is_whole = abs(minute - round(minute)) < 0.02 and 0 <= minute < 2 * _DAY
    return Hours(round(minute)) if is_whole else None


def _written_hours(written: str, day: Day | None) -> Hours | None:
    if day is not None:
        for pattern in (_YEAR_FIRST, _YEAR_LAST, _DAY_NAMED_MONTH, _NAMED_MONTH_DAY):
            written = pattern.sub(" ", written, count=1)
        written = written.replace("T", " ")
    found = [_minute(hour) for hour in _HOUR.finditer(written)]
    minutes = [minute for minute in found if minute is not None]
    if not 1 <= len(minutes) <= 2 or len(minutes) != len(found) or _is_left(written):
        return None
    end = minutes[1] if len(minutes) == 2 else None
    beside = Day(day.day, other=day.other, month_first=day.month_first) if day else None
    return Hours(minutes[0], end, beside)


#: What may stand beside hours.
_BESIDE = re.compile(
    r"[\s–—−\-~,;/→]+|\b(?:to|until|from|at|and|h|uhr)\b|من|إلى|الى|حتى|الساعة|تا|بۆ|لە|کاتژمێر",
    re.I,
)


def _is_left(written: str) -> bool:
    """Tell whether something stands there besides hours."""
    return bool(_BESIDE.sub("", _HOUR.sub("", written)).strip())


def _minute(hour: re.Match[str]) -> int | None:
    hours, minutes = int(hour[1]), int(hour[2] or 0)
    half = (hour[3] or "").lower()[:1]
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in _AFTER_NOON else 0)
    return hours * 60 + minutes if hours < 48 and minutes < 60 else None
