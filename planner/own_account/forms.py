"""Forms about one's own account."""

from flask_babel import lazy_gettext
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from planner.accounts.passwords import LONGEST
from planner.entrance.forms import AccountForm, NewPasswordForm, at_most
from planner.i18n.languages import INTERFACE
from planner.lib.text import clean_line


class ProfileForm(AccountForm):
    """Asks for a name, and the language of the desk."""

    name = StringField(
        lazy_gettext("Name"),
        validators=[DataRequired(), at_most(100)],
        filters=[lambda text: clean_line(text or "")],
        description=lazy_gettext("As the other organizers call you."),
        render_kw={"autocomplete": "name", "dir": "auto", "maxlength": 100},
    )
    language = RadioField(
        lazy_gettext("Language of the desk"),
        choices={code: language.name for code, language in INTERFACE.items()},
    )


class ChangePasswordForm(NewPasswordForm):
    """Asks for the present password and a new one."""

    password = PasswordField(
        lazy_gettext("Present password"),
        validators=[InputRequired(), at_most(LONGEST)],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST, "dir": "auto"},
    )
