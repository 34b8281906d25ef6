"""The event that a file makes: its days, hours and languages, as far as a table can tell them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.events.operations import InvalidEventError
from planner.i18n.labels import N_
from planner.imports.frame import FAR_AWAY, Slot, Span, days_of, hours_of
from planner.imports.zones import guessed_zone
from planner.workbook import moments
from planner.workbook.account import Account
from planner.workbook.columns import SheetKind
from planner.workbook.records import Record, Records
from planner.workbook.telling import CellError
from planner.workbook.values import minutes_of

_ASSUMED = 60
#: What starts earlier belongs to the night before.
_END_OF_NIGHT = 5 * 60


@dataclass(frozen=True)
class Frame:
    """What an event is made with."""

    languages: list[str]
    time_zone: str
    first_day: date
    last_day: date
    day_from: int
    day_to: int


def frame_of(records: Records, account: Account, time_zone: str | None) -> Frame:
    """Return what an event can be made with; what had to be assumed is told to the account.

    :raises InvalidEventError: when the file tells no day.
    """
    slots = list(_slots(records.of(SheetKind.SESSIONS)))
    if not slots:
        raise InvalidEventError(
            "the file has no column “date” with a day on which the event could be; "
            "make the event first"
        )
    middle = sorted(slot.starts_at for slot in slots)[len(slots) // 2].date()
    near = [slot for slot in slots if abs(slot.starts_at.date() - middle) <= FAR_AWAY]
    timed = [slot for slot in near if slot.minutes]
    day_from, day_to = hours_of(timed)
    days = [slot.listed_day or slot.starts_at.date() for slot in near]
    span = days_of(Span(min(days), max(days)), timed, day_to)
    if time_zone is None:
        time_zone = "Asia/Baghdad" if "ckb" in records.languages else guessed_zone(())
        account.note(
            "",
            N_("The time zone is not said; %(zone)s was taken (--time-zone says another)."),
            zone=time_zone,
        )
    return Frame(list(records.languages), time_zone, span.first, span.last, day_from, day_to)


def _slots(records: list[Record]) -> Iterator[Slot]:
    """Yield when things are held, as far as their rows can be understood; 0 minutes for no hour."""
    for record in records:
        try:
            hours = moments.hours_of(record.cell("start")) if record.cell("start") else None
        except CellError:
            hours = None
        try:
            day = moments.day_of(record.cell("date"))
        except CellError:
            if hours is None or hours.day is None:
                continue
            day = hours.day
        minute = hours.start if hours else day.minute
        if minute is None:
            yield Slot(datetime.combine(day.day, time()), 0, day.day)
            continue
        starts_at = datetime.combine(day.day, time()) + timedelta(minutes=minute)
        # By its date, 00:30 is of the day that the night began.
        at_night = minute < _END_OF_NIGHT
        listed = starts_at.date() - timedelta(days=at_night or minute >= 24 * 60)
        yield Slot(starts_at, _minutes(record, hours), listed)


def _minutes(record: Record, hours: moments.Hours | None) -> int:
    try:
        return minutes_of(record.cell("minutes"))
    except CellError:
        return (hours.minutes if hours else None) or _ASSUMED
