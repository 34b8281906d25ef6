"""Forms of the board: where one session goes, and by how much many of them move."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Field, HiddenField, IntegerField, SelectField, ValidationError
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import TextInput

from planner.desk.forms import DeskForm

#: A session takes at least one step of the board, and a day at most.
SHORTEST, LONGEST = 5, 1440
_CLOCK = re.compile(r"\s*(\d{1,2})\s*[:.٫h]?\s*(\d{2})\s*\Z")
_REQUIRED = lazy_gettext("This field is required.")
Choices = Iterable[tuple[str, str]]


def minutes_of(written: str) -> int | None:
    """Return a time of day in minutes after midnight, or None when it is none.

    Takes «9:30», «09.30», «0930» and Arabic digits; hours from 24 on are those of the night
    that follows, as in timetables of railways.
    """
    found = _CLOCK.match(written)
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2])
    return hours * 60 + minutes if hours < 48 and minutes < 60 else None


def clock_of(minutes: int) -> str:
    """Return minutes after midnight as a time of day, ``09:30``."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


class ClockField(Field):  # type: ignore[misc]
    """A time of day in minutes after midnight, written as ``09:30`` on the 24-hour clock."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return clock_of(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was written.

        :raises ValueError: when that is no time of day.
        """
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        self.data = minutes_of(valuelist[0])
        if self.data is None:
            raise ValueError(gettext("Write the time like 09:30."))


class MoveForm(DeskForm):
    """Where a session goes."""

    day = SelectField(lazy_gettext("Day"))
    start = ClockField(
        lazy_gettext("Begins at"),
        validators=[InputRequired(_REQUIRED)],
    )
    minutes = IntegerField(
        lazy_gettext("Length in minutes"),
        validators=[
            InputRequired(_REQUIRED),
            NumberRange(SHORTEST, LONGEST, lazy_gettext("A session takes from 5 to 1440 minutes.")),
        ],
    )
    room = SelectField(lazy_gettext("Room"))
    across = BooleanField(lazy_gettext("Across all rooms: nothing else is on"))
    anyway = BooleanField(lazy_gettext("Place it anyway"))

    def __init__(self, *args: Any, days: Choices, rooms: Choices, **kwargs: Any) -> None:
        # Choices belong to the form that is made, and are needed before it reads its input.
        super().__init__(*args, **kwargs)
        self.day.choices = dict(days)
        self.room.choices = {"": gettext("no room"), **dict(rooms)}

    def validate_room(self, field: Any) -> None:
        """Ask for a room where the session is not across all of them.

        :raises wtforms.ValidationError: when there is none.
        """
        if not field.data and not self.across.data:
            raise ValidationError(gettext("Choose a room, or place it across all rooms."))


class ShiftForm(DeskForm):
    """Which sessions of a room move, and by how much."""

    room = SelectField(lazy_gettext("Room"))
    begin = ClockField(lazy_gettext("Those that begin from"), validators=[InputRequired(_REQUIRED)])
    end = ClockField(lazy_gettext("until before"), validators=[InputRequired(_REQUIRED)])
    minutes = IntegerField(
        lazy_gettext("By so many minutes"),
        validators=[
            InputRequired(_REQUIRED),
            NumberRange(-720, 720, lazy_gettext("At most 720 minutes, either way.")),
        ],
        description=lazy_gettext("With a minus they move to an earlier time."),
    )
    anyway = BooleanField(lazy_gettext("Move them anyway"))
    #: The versions of the sessions that move, as ``CODE:3 CODE:5``.
    versions = HiddenField()

    def __init__(self, *args: Any, rooms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room.choices = dict(rooms)

    def validate_end(self, field: Any) -> None:
        """Refuse a stretch of time that is none.

        :raises wtforms.ValidationError: when it ends before it begins.
        """
        if field.data is not None and self.begin.data is not None and field.data <= self.begin.data:
            raise ValidationError(gettext("The end comes after the beginning."))
