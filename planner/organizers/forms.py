"""Forms about the people of an event."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from planner.accounts.models import MemberRole
from planner.accounts.words import role_label
from planner.desk.forms import DeskForm
from planner.desk.language import spoken
from planner.entrance.forms import EmailForm, at_most
from planner.i18n.languages import name_of
from planner.lib.text import clean_line
from planner.organizers.operations import Part


class _PartFields:
    """Asks for what somebody may do."""

    role = RadioField(
        lazy_gettext("Role"),
        choices={role.value: "" for role in MemberRole},
        default=MemberRole.EDITOR.value,
    )
    translates = SelectMultipleField(
        lazy_gettext("Languages"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=lazy_gettext("The texts that a translator may write."),
    )
    sees_names = BooleanField(
        lazy_gettext("Sees the names that are withheld from the public"),
        description=lazy_gettext("Without it, they are “Speaker 14” everywhere in the desk."),
    )

    def offer(self, languages: list[str]) -> None:
        """Say which languages the event has, and what the roles are called."""
        fields: Any = self
        reader = spoken().code
        fields.translates.choices = {code: name_of(code, reader) for code in languages}
        fields.role.choices = {role.value: role_label(role) for role in MemberRole}

    def validate_translates(self, field: SelectMultipleField) -> None:
        """Want a language for a translator."""
        fields: Any = self
        if fields.role.data == MemberRole.TRANSLATOR and not field.data:
            raise ValidationError(gettext("Choose a language at least."))

    @property
    def part(self) -> Part:
        """What was chosen."""
        fields: Any = self
        role = MemberRole(fields.role.data)
        languages = fields.translates.data if role is MemberRole.TRANSLATOR else ()
        return Part(role, tuple(languages), fields.sees_names.data)


class InviteForm(_PartFields, EmailForm):
    """Asks whom to invite, and to what."""

    name = StringField(
        lazy_gettext("Name"),
        validators=[DataRequired(), at_most(100)],
        filters=[lambda text: clean_line(text or "")],
        description=lazy_gettext("What you call them; they may change it."),
        render_kw={"autocomplete": "off", "dir": "auto", "maxlength": 100},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email.render_kw = {**self.email.render_kw, "autocomplete": "off"}


class MemberForm(_PartFields, DeskForm):
    """Asks what somebody may do."""
