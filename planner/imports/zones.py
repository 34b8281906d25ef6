"""The time zone of a conference: as the file says it, or guessed from its offsets."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

#: Zones to guess, the likelier first: where several have the offsets of a file, the first is
#: taken. An offset of nothing is UTC, because programs that know no zone write it.
_GUESSES = (
    "UTC",
    "Europe/Berlin",
    "Asia/Baghdad",
    "Europe/London",
    "Europe/Athens",
    "America/Toronto",
    "America/Los_Angeles",
    "America/Chicago",
    "America/Denver",
    "America/Sao_Paulo",
    "Asia/Dubai",
    "Asia/Tehran",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Tell whether a time zone of this name is known."""
    return name in _known_zones()


def guessed_zone(moments: Iterable[datetime]) -> str:
    """Return the first zone that has the offsets of most of these moments; UTC without any."""
    aware = [moment for moment in moments if moment.tzinfo is not None]
    return max(_GUESSES, key=lambda zone: sum(agrees(moment, zone) for moment in aware))


def agrees(moment: datetime, zone: str) -> bool:
    """Tell whether an aware moment has the offset that is in force in a zone then."""
    return wall_clock(moment, zone) == moment.replace(tzinfo=None)


def wall_clock(moment: datetime, zone: str) -> datetime:
    """Return what the clocks of a zone show at an aware moment."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def offset_text(moment: datetime) -> str:
    """Return the offset of an aware moment as it is written: ``+03:00``."""
    return moment.isoformat()[-6:]


def offset_in(moment: datetime, zone: str) -> str:
    """Return the offset that is in force in a zone when its clocks show the naive ``moment``."""
    return offset_text(moment.replace(tzinfo=ZoneInfo(zone)))
