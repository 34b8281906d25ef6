"""The forms that publish a release."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from planner.desk.forms import DeskForm, TextsField
from planner.lib.clock import now
from planner.programme.vocabulary import Stage
from planner.readiness.forms import ReasonsField
from planner.timetable.forms import ClockField

_LONGEST_NOTE = 500


class PublishForm(DeskForm):
    """A release to be: its stage, a note, and what was reviewed before."""

    stage = RadioField(lazy_gettext("Stage"), coerce=Stage)
    note = TextsField(
        lazy_gettext("Note"),
        description=lazy_gettext("What readers are told about this release; it may stay empty."),
    )
    #: The digest of what was reviewed, and the newest entry of the journal then.
    reviewed = HiddenField()
    newest = IntegerField(widget=HiddenInput(), validators=[Optional()])
    despite = BooleanField(lazy_gettext("Publish although errors stand"))
    #: Why requirements that bind may stay unmet.
    reasons = ReasonsField()
    #: The hour at the venue at which it is published, where it is put off.
    day = DateField(lazy_gettext("Day"), validators=[Optional()])
    hour = ClockField(lazy_gettext("Time"))
    is_latest = BooleanField(
        lazy_gettext("Publish whatever the plan says then, not what you reviewed now")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        #: The moment that ``day`` and ``hour`` say, once they were checked.
        self.publish_at: datetime | None = None
        super().__init__(*args, **kwargs)
        self.stage.choices = [
            SelectChoice(Stage.DRAFT.value, gettext("Draft: it will still change")),
            SelectChoice(Stage.FINAL.value, gettext("Final: it holds")),
        ]

    def validate_note(self, field: TextsField) -> None:
        """Refuse a note that nobody would read.

        :raises ValidationError: then.
        """
        check_note(field.data)

    def check_hour(self, zone: ZoneInfo) -> bool:
        """Tell whether an hour to come was chosen, kept in ``publish_at``, and say what is wrong.

        An hour that the clocks repeat is the first of the two.
        """
        for field in (self.day, self.hour):
            if field.data is None and not field.errors:
                field.errors = [gettext("This field is required.")]
        if self.day.errors or self.hour.errors or self.hour.data is None:
            return False
        midnight = datetime.combine(self.day.data, time())
        self.publish_at = (midnight + timedelta(minutes=self.hour.data)).replace(tzinfo=zone)
        if self.publish_at <= now():
            self.hour.errors = [gettext("That hour has passed.")]
        return not self.hour.errors

    def check_errors(self, count: int) -> bool:
        """Tell whether it may be published although so many errors stand, and say why not."""
        if not count or self.despite.data:
            return True
        self.despite.errors = [
            ngettext(
                "%(num)d error stands. Mend it, or say that you publish nevertheless.",
                "%(num)d errors stand. Mend them, or say that you publish nevertheless.",
                count,
            )
        ]
        return False


class NoteForm(DeskForm):
    """What readers are told of a release, and after which one it comes."""

    note = TextsField(
        lazy_gettext("Note"),
        description=lazy_gettext("What readers are told about this release; it may stay empty."),
    )
    #: The number of the release that was public when the page was made.
    current = IntegerField(widget=HiddenInput())

    def validate_note(self, field: TextsField) -> None:
        """Refuse a note that nobody would read.

        :raises wtforms.ValidationError: then.
        """
        check_note(field.data)


def written(note: TextsField) -> dict[str, str]:
    """Return the note in the languages in which there is one."""
    return {lang: text for lang, text in note.data.items() if text}


def check_note(note: Mapping[str, str]) -> None:
    """Refuse a note that nobody would read.

    :raises wtforms.ValidationError: then.
    """
    if any(len(text) > _LONGEST_NOTE for text in note.values()):
        raise ValidationError(
            ngettext(
                "At most %(num)d letter, please.",
                "At most %(num)d letters, please.",
                _LONGEST_NOTE,
            )
        )
