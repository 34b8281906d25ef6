"""The field for when a speaker is free: rows of a day, from when and until when.

Without hours a row is the whole day; without any row somebody is free at all times.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext
from wtforms import Field

from planner.events.hours import MIDNIGHT, Hours, day_of

Interval = tuple[datetime, datetime]
_MOST_ROWS = 100
_DAY = timedelta(days=1)


@dataclass
class HoursRow:
    """A row as it was entered: a day (ISO 8601), and two times of day (``09:00``), or none."""

    day: str = ""
    begin: str = ""
    end: str = ""
    error: str = ""
    #: Whether one goes on writing here when the page comes back.
    wanted: bool = False

    @property
    def plain(self) -> dict[str, str]:
        """The row as a plain value."""
        return {"day": self.day, "begin": self.begin, "end": self.end}


class FreeField(Field):  # type: ignore[misc]
    """When somebody is free. Data are maps with ``day``, ``begin`` and ``end``."""

    def __init__(self, label: Any = "", validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.hours: Mapping[date, Hours] = {}
        self.rows: list[HoursRow] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows that were sent, else take the data."""
        self.process_errors: list[str] = []
        self.object_data = list(data or [])
        if formdata is None:
            self.data = self.object_data
            return
        prefixes = [
            name.removesuffix("-day")
            for name in formdata
            if re.fullmatch(rf"{re.escape(self.name)}-\d{{1,4}}-day", name)
        ]
        self.rows = [
            HoursRow(
                *(formdata.get(f"{prefix}-{part}", "").strip() for part in ("day", "begin", "end"))
            )
            for prefix in prefixes[:_MOST_ROWS]
        ]

    @property
    def data(self) -> list[dict[str, str]]:
        """The rows that name a day, as plain values."""
        return [row.plain for row in self.rows if row.day]

    @data.setter
    def data(self, data: list[dict[str, str]]) -> None:
        self.rows = [HoursRow(told["day"], told["begin"], told["end"]) for told in data]

    def pre_validate(self, _form: Any) -> None:
        """Say beside each row what is wrong with it."""
        for row in self.rows:
            if not row.day and (row.begin or row.end):
                row.error = gettext("Choose the day.")
            elif row.day and interval_of(row.plain, self.hours) is None:
                row.error = gettext("The end must come after the beginning.")
        self.errors = [row.error for row in self.rows if row.error]

    def rearrange(self, wish: str) -> None:
        """Do what a button of the rows says: ``add``, ``remove-2``."""
        what, _, which = wish.partition("-")
        if what == "add":
            self.rows.append(HoursRow(wanted=True))
        elif what == "remove" and which.isdigit() and int(which) < len(self.rows):
            del self.rows[int(which)]
            if not self.rows:
                self.rows.append(HoursRow())
            self.rows[min(int(which), len(self.rows) - 1)].wanted = True


def interval_of(row: Mapping[str, str], hours: Mapping[date, Hours]) -> Interval | None:
    """Return when a row says that somebody is free, or None when it says nothing sensible."""
    try:
        day = date.fromisoformat(row["day"])
        begin, end = (time.fromisoformat(row[name]) if row[name] else None for name in _ENDS)
    except ValueError:
        return None
    midnight = datetime.combine(day, time())
    own = hours.get(day, Hours(0, MIDNIGHT))
    late = max(0, own.end - MIDNIGHT)
    starts_at = _moment(midnight, begin, own.begin)
    ends_at = _moment(midnight, end, own.end)
    if begin is not None and starts_at - midnight < timedelta(minutes=min(late, own.begin)):
        starts_at += _DAY
        ends_at += _DAY if end is not None else timedelta()
    # Midnight ends a day; and the small hours belong to a day that goes on so long.
    small = ends_at - datetime.combine(ends_at.date(), time()) <= timedelta(minutes=late)
    if ends_at <= starts_at and end is not None and small:
        ends_at += _DAY
    return (starts_at, ends_at) if ends_at > starts_at else None


_ENDS = ("begin", "end")


def _moment(midnight: datetime, told: time | None, usual: int) -> datetime:
    if told is None:
        return midnight + timedelta(minutes=usual)
    return midnight + timedelta(hours=told.hour, minutes=told.minute)


def rows_of(free: Iterable[Interval], hours: Mapping[date, Hours]) -> list[dict[str, str]]:
    """Return the rows that say when somebody is free; longer than a day, they are several."""
    rows = []
    for starts_at, ends_at in free:
        begin = starts_at
        while begin < ends_at:
            midnight = datetime.combine(begin.date(), time()) + _DAY
            end = ends_at if ends_at - begin < _DAY else midnight
            day = day_of(begin, hours)
            rows.append({"day": day.isoformat(), "begin": f"{begin:%H:%M}", "end": f"{end:%H:%M}"})
            begin = end
    return rows
