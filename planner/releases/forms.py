"""The form that publishes a release."""

from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from planner.desk.forms import DeskForm, TextsField
from planner.programme.vocabulary import Stage

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stage.choices = [
            SelectChoice(Stage.DRAFT.value, gettext("Draft: it will still change")),
            SelectChoice(Stage.FINAL.value, gettext("Final: it holds")),
        ]

    def validate_note(self, field: TextsField) -> None:
        """Refuse a note that nobody would read.

        :raises ValidationError: then.
        """
        if any(len(text) > _LONGEST_NOTE for text in field.data.values()):
            raise ValidationError(
                ngettext(
                    "At most %(num)d letter, please.",
                    "At most %(num)d letters, please.",
                    _LONGEST_NOTE,
                )
            )

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
