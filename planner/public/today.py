"""What changed today, for those who are at the conference: a banner of the programme page.

It is there on the days of the event, by the venue's calendar, after a release of that very day.
So the page depends on the date as well, and is another one from the next midnight on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.programme.published import Published
from planner.public.delivery import shelf
from planner.public.history import DayHistory, history_of_day
from planner.public.programmes import releases_until


@dataclass(frozen=True)
class Moment:
    """What the programme page depends on besides the programme."""

    #: The day whose changes it tells; None when it tells of none.
    day: date | None
    #: When the page became what it is now, aware.
    since: datetime

    @property
    def parts(self) -> tuple[str, ...]:
        """The day in the form in which bodies are told apart."""
        return (f"today {self.day.isoformat()}",) if self.day else ()


def moment_of(published: Published, at: datetime) -> Moment:
    """Return what the programme page is like at a moment (aware)."""
    event, published_at = published.event, published.release.published_at
    zone = ZoneInfo(event.time_zone)
    today, released = at.astimezone(zone).date(), published_at.astimezone(zone).date()
    if not event.first_day <= released <= event.last_day or today < released:
        return Moment(None, published_at)
    if today == released:
        return Moment(today, published_at)
    midnight = datetime.combine(released + timedelta(days=1), time(), zone).astimezone(UTC)
    return Moment(None, max(midnight, published_at))


def changed_today(published: Published, lang: str, day: date | None) -> DayHistory | None:
    """Return what the public programme's releases of a day changed, or None.

    All pages that tell it share one account, because every release must be read for it.
    """
    if day is None:
        return None
    key = (published.digest, "changed today", lang, day)
    return _told(shelf().get(key, lambda: history_of_day(releases_until(published), lang, day)))


def changed_with(
    published: Published, releases: Iterable[Published], lang: str, day: date | None
) -> DayHistory | None:
    """Return what would be told if a programme followed these releases on a day, or None."""
    return _told(history_of_day([published, *releases], lang, day)) if day else None


def _told(found: DayHistory) -> DayHistory | None:
    """Return an account, or None when there is nothing in it."""
    return found if found.sessions or found.notes else None
