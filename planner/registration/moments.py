"""When one can register, and until when is kept what one told: judged on the venue's clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

#: Unless organizers say another day, so many days after the last one nothing is kept.
KEPT_FOR = timedelta(days=30)


class Stage(StrEnum):
    """How far the registration of an event is."""

    BEFORE = "before"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True)
class Period:
    """From when to when one can register, as the public was told."""

    opens: datetime
    #: The last moment; without one, registration ends with the event.
    closes: datetime | None
    last_day: date
    zone: ZoneInfo

    def stage(self, at: datetime) -> Stage:
        """Return how far the registration is at an instant."""
        if at < self._instant(self.opens):
            return Stage.BEFORE
        midnight = datetime.combine(self.last_day + timedelta(days=1), time())
        ends = self._instant(self.closes) if self.closes else self._instant(midnight)
        return Stage.OPEN if at <= ends else Stage.ENDED

    def _instant(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=self.zone)


class Dated(Protocol):
    """An event, as it is planned or as the public knows it."""

    @property
    def registration_opens(self) -> datetime | None:
        """The first moment, on the venue's clock."""

    @property
    def registration_closes(self) -> datetime | None:
        """The last moment, on the venue's clock."""

    @property
    def last_day(self) -> date:
        """The last day of the event."""

    @property
    def time_zone(self) -> str:
        """Where the venue's clock is."""


def period_of(event: Dated) -> Period | None:
    """Return when one can register for an event; None when it has no registration."""
    if event.registration_opens is None:
        return None
    return Period(
        event.registration_opens,
        event.registration_closes,
        event.last_day,
        ZoneInfo(event.time_zone),
    )


def kept_until(chosen: date | None, last_day: date) -> date:
    """Return the day from which on nothing is kept of those who registered."""
    return chosen or last_day + KEPT_FOR
