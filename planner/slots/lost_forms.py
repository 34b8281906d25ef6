"""The form of somebody who lost their link."""

from flask_babel import gettext, lazy_gettext
from wtforms import EmailField, Field, ValidationError
from wtforms.validators import DataRequired

from planner.entrance.forms import is_email
from planner.lib.text import clean_line
from planner.slots.frame import SpeakForm

_LONGEST = 320


class LostForm(SpeakForm):
    """Asks for the address that the organizers have."""

    email = EmailField(
        lazy_gettext("Your e-mail address"),
        description=lazy_gettext("The one that the organizers write to."),
        validators=[DataRequired(lazy_gettext("Your address is missing."))],
        filters=[lambda text: clean_line(text or "")],
        render_kw={"autocomplete": "email", "dir": "ltr", "maxlength": _LONGEST},
    )

    def validate_email(self, field: Field) -> None:
        """Refuse what is no address.

        :raises ValidationError: then.
        """
        if len(field.data) > _LONGEST or not is_email(field.data):
            raise ValidationError(gettext("This is no e-mail address."))
