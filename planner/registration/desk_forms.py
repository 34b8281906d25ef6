"""The settings of participants."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, DateField, IntegerField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional

from planner.events.forms import EventForm
from planner.lib.clock import now


class ParticipantsForm(EventForm):
    """How many may register, until when that is kept, and where the programme may be shown."""

    registration_places = IntegerField(
        lazy_gettext("Places"),
        [Optional(), NumberRange(1, 1_000_000)],
        description=lazy_gettext(
            "Who confirms when all are taken comes onto the waiting list. Leave it empty when "
            "everybody gets a place."
        ),
    )
    participants_kept_until = DateField(
        lazy_gettext("Registrations are deleted on"),
        [InputRequired()],
        description=lazy_gettext(
            "On this day everything is deleted that is stored about participants. Whoever "
            "registers reads it in the form."
        ),
    )
    may_be_embedded = BooleanField(
        lazy_gettext("Other sites may show the programme in a frame"),
        description=lazy_gettext("It holds from the next release on."),
    )

    def __init__(self, *args: Any, time_zone: str, last_day: date, **kwargs: Any) -> None:
        self._today = now().astimezone(ZoneInfo(time_zone)).date()
        self._last_day = last_day
        super().__init__(*args, **kwargs)
        self._kept: date | None = self.participants_kept_until.object_data

    def validate_participants_kept_until(self, field: DateField) -> None:
        """Refuse a day on which registrations are still needed, and one that would delete at once.

        :raises ValidationError: then.
        """
        if field.data is None or field.data == self._kept:
            return
        if field.data <= self._last_day:
            raise ValidationError(gettext("They are still needed until the last day is over."))
        if field.data <= self._today:
            raise ValidationError(
                gettext("Everything would be deleted at once. Choose tomorrow or a later day.")
            )
