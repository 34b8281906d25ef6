"""Dates, times, lengths and numbers as each language writes them.

Latin digits and the 24-hour clock everywhere. Every range of times is made here, so that it is
isolated from the direction of the text around it.
"""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_interval, format_skeleton
from flask_babel import gettext, ngettext
from markupsafe import Markup

from planner.i18n.languages import language
from planner.lib.text import isolated

#: Left-to-right isolate, and its end: keeps «09:00–10:00» in order within Arabic script.
_ISOLATE, _END = "\u2066", "\u2069"

#: CLDR spells the Kurdish months in two ways; one spelling, that of its January, is used.
_KURDISH_MONTHS = {"کانونی یەکەم": "کانوونی یەکەم", "ھەینی": "هەینی"}


def long_date(day: date, reader: str) -> str:
    """Return a day with its weekday and year: «Wednesday, 18 January 2017»."""
    return _formatted("yMMMMEEEEd", day, reader)


def short_date(day: date, reader: str) -> str:
    """Return a day with its weekday, without the year."""
    return _formatted("MMMMEEEEd", day, reader)


def plain_date(day: date, reader: str) -> str:
    """Return a day with its year, without the weekday."""
    if reader == "ckb":  # its long pattern is wrongly ordered
        return _formatted("yMMMd", day, reader)
    return format_date(day, "long", locale=language(reader).locale)


def date_range(first: date, last: date, reader: str) -> str:
    """Return the days of an event: one date, or the range of two."""
    if first == last:
        return long_date(first, reader)
    return _written(format_interval(first, last, "yMMMd", locale=language(reader).locale), reader)


def _formatted(skeleton: str, day: date, reader: str) -> str:
    if reader == "ckb":  # CLDR orders its long patterns wrongly, and its short ones are whole words
        skeleton = skeleton.replace("MMMM", "MMM").replace("EEEE", "E")
    return _written(format_skeleton(skeleton, day, locale=language(reader).locale), reader)


def _written(text: str, reader: str) -> str:
    if reader == "ckb":
        for spelling, preferred in _KURDISH_MONTHS.items():
            text = text.replace(spelling, preferred)
    return text


def comma() -> str:
    """Return what stands between the items of a list, in the language spoken now."""
    return str(gettext("%(list)s, %(item)s", list="", item=""))


def quoted(text: str) -> str:
    """Return text in the quotation marks of the language spoken now, in its own direction."""
    return str(gettext("“%(text)s”", text=isolated(text)))


def clock(moment: datetime) -> str:
    """Return the time of day, ``14:30``."""
    return f"{moment:%H:%M}"


def end_of(starts_at: datetime, minutes: int) -> datetime:
    """Return the moment at which something of that many minutes ends."""
    return starts_at + timedelta(minutes=minutes)


def time_range(starts_at: datetime, minutes: int) -> Markup:
    """Return the hours of a session as HTML that no direction of text can reverse."""
    ends_at = end_of(starts_at, minutes)
    return Markup(
        '<bdi dir="ltr" class="hours"><time datetime="{}">{}</time>'
        '–<time datetime="{}">{}</time></bdi>'
    ).format(
        starts_at.isoformat(timespec="minutes"),
        clock(starts_at),
        ends_at.isoformat(timespec="minutes"),
        clock(ends_at),
    )


def plain_time_range(starts_at: datetime, minutes: int) -> str:
    """Return the hours of a session as text, isolated from the direction around it."""
    return f"{_ISOLATE}{clock(starts_at)}–{clock(end_of(starts_at, minutes))}{_END}"


def duration(minutes: int) -> str:
    """Return a length in words of the current language, for example «1 hour 30 minutes»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(num)d minute", "%(num)d minutes", rest)
    told_hours = ngettext("%(num)d hour", "%(num)d hours", hours)
    if not rest:
        return told_hours
    told_minutes = ngettext("%(num)d minute", "%(num)d minutes", rest)
    return gettext("%(hours)s and %(minutes)s", hours=told_hours, minutes=told_minutes)
