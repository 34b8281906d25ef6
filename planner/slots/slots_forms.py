"""What speakers enter on their page of slots."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length

from planner.lib.text import clean_text
from planner.slots.frame import SpeakForm
from planner.slots.models import Wish

LONGEST = 2000
#: What one may ask for on the page, in order; erasure is asked for elsewhere.
WISHES = (
    Wish.HOUR,
    Wish.LENGTH,
    Wish.EQUIPMENT,
    Wish.INTERPRETATION,
    Wish.CO_SPEAKER,
    Wish.OTHER,
)


def _text(needed: Any) -> TextAreaField:
    return TextAreaField(
        "",
        [
            DataRequired(needed),
            Length(max=LONGEST, message=lazy_gettext("This is too long: 2000 letters at most.")),
        ],
        filters=[lambda text: clean_text(text or "")],
    )


class SayForm(SpeakForm):
    """What every form of the page says: what is to be done, and with which session."""

    do = StringField()
    code = StringField()
    #: The hour and room that were shown, or what stands for all that was.
    holds_for = StringField()

    @property
    def typed(self) -> str:
        """What was written in words."""
        return request.form.get("text", "")


class DeclineForm(SayForm):
    """Why somebody does not come."""

    text = _text(lazy_gettext("Say in a few words why, so that the organizers can plan anew."))


class AskForm(SayForm):
    """What somebody would like to have otherwise."""

    wish = SelectField(
        choices=[wish.value for wish in WISHES],
        validators=[AnyOf([wish.value for wish in WISHES])],
        validate_choice=False,
        default=Wish.OTHER.value,
    )
    text = _text(lazy_gettext("Say in a few words what you would like."))
