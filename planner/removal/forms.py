"""The form that asks how far a removal goes."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from planner.desk.forms import DeskForm
from planner.removal.targets import Way


class RemovalForm(FlaskForm):  # type: ignore[misc]
    """Asks how far it goes, and for a sign that what cannot be recalled was read."""

    class Meta(DeskForm.Meta):
        """Speaks the language of the desk."""

    #: What the components of the desk's forms ask every form for.
    clashes: ClassVar[dict[str, Any]] = {}
    taken: ClassVar[list[str]] = []

    way = RadioField(
        lazy_gettext("How far"),
        choices=[way.value for way in Way],
        validators=[InputRequired(lazy_gettext("Choose how far it goes."))],
    )
    pseudonym = BooleanField(lazy_gettext("The pseudonym goes as well"))
    understood = BooleanField(
        lazy_gettext("I have read what cannot be recalled."),
        validators=[InputRequired(lazy_gettext("Read that first, and say so."))],
    )

    @property
    def chosen(self) -> Way:
        """How far it goes."""
        return Way(self.way.data)
