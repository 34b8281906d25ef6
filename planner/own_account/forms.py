"""Forms about one's own account."""

from flask_babel import lazy_gettext
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from planner.accounts.passwords import LONGEST
from planner.entrance.forms import AccountForm, NewPasswordForm
from planner.i18n.languages import INTERFACE
from planner.lib.text import clean_line


class ProfileForm(AccountForm):
    """Asks for a name, and the language of the desk."""

    name = StringField(
        lazy_gettext("Name"),
        validators=[Length(min=1, max=100)],
        filters=[lambda text: clean_line(text or "")],
        description=lazy_gettext("As the other organizers call you."),
        render_kw={"autocomplete": "name", "dir": "auto", "maxlength": 100, "required": True},
    )
    language = RadioField(
        lazy_gettext("Language of the desk"),
        choices={code: language.name for code, language in INTERFACE.items()},
    )


class ChangePasswordForm(NewPasswordForm):
    """Asks for the present password and a new one."""

    password = PasswordField(
        lazy_gettext("Present password"),
        validators=[InputRequired(), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST, "dir": "auto"},
    )
