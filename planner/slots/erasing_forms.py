"""What somebody says who asks to be erased."""

from flask import request
from flask_babel import lazy_gettext
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length, ValidationError

from planner.lib.text import clean_text
from planner.slots.frame import SpeakForm
from planner.slots.slots_forms import LONGEST


class ErasureForm(SpeakForm):
    """Asks whether somebody means it; they may say more."""

    text = TextAreaField(
        lazy_gettext("If you want to say more (you need not)"),
        [Length(max=LONGEST, message=lazy_gettext("This is too long: 2000 letters at most."))],
        filters=[lambda text: clean_text(text or "")],
    )
    understood = BooleanField(lazy_gettext("I want to be erased. I have read what that means."))

    @property
    def takes_back(self) -> bool:
        """Whether they ask for it no more."""
        return "leave" in request.form

    def validate_understood(self, field: BooleanField) -> None:
        """Refuse who has not said that they mean it.

        :raises ValidationError: then.
        """
        if not self.takes_back and not field.data:
            raise ValidationError(lazy_gettext("Say so first."))
