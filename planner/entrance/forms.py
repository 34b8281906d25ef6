"""Forms for getting in. None of them writes back a password that was typed."""

from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from planner.accounts.passwords import LONGEST, problems
from planner.accounts.queries import email_key
from planner.desk.forms import DeskForm
from planner.lib.text import clean_line

_REQUIRED = InputRequired()


def at_most(characters: int) -> Length:
    """Return what refuses a longer text."""
    return Length(max=characters, message=lazy_gettext("This is too long."))


def is_email(written: str) -> bool:
    """Tell whether mail could go to what was written: a name, an @, a host, and nothing else."""
    name, at, host = written.rpartition("@")
    plain = written.isprintable() and not any(mark in written for mark in ' ,;:<>()[]\\"')
    return bool(at and name and host.strip(".") == host and "." in host and plain)


class AccountForm(FlaskForm):  # type: ignore[misc]
    """A form about an account: it changes nothing that others change meanwhile."""

    class Meta(DeskForm.Meta):
        """Speaks the language of the desk."""

    #: What the components of the desk's forms ask every form for.
    clashes: ClassVar[dict[str, Any]] = {}
    taken: ClassVar[list[str]] = []
    #: Whether what was entered is wrong as a whole, without saying which part.
    refused = False


class EmailForm(AccountForm):
    """Asks for an address."""

    email = EmailField(
        lazy_gettext("E-mail address"),
        validators=[_REQUIRED, at_most(320)],
        filters=[lambda text: clean_line(text or "")],
        render_kw={"autocomplete": "username", "dir": "ltr", "maxlength": 320},
    )

    def validate_email(self, field: EmailField) -> None:
        """Refuse what is no address."""
        if not is_email(field.data):
            raise ValidationError(gettext("This is no e-mail address."))

    @property
    def address(self) -> str:
        """The address as accounts have it."""
        return email_key(self.email.data or "")


class SignInForm(EmailForm):
    """Asks for an address and a password. ``next`` is where to go on to."""

    password = PasswordField(
        lazy_gettext("Password"),
        validators=[_REQUIRED, at_most(LONGEST)],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST, "dir": "auto"},
    )
    next = HiddenField()

    def validate_email(self, field: EmailField) -> None:
        """Take any address: one that cannot be is as unknown as another."""


class CodeForm(AccountForm):
    """Asks for a code of the authenticator app."""

    code = StringField(
        lazy_gettext("Code"),
        validators=[_REQUIRED, at_most(40)],
        description=lazy_gettext("Six digits, which your authenticator app shows."),
        render_kw={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "dir": "ltr",
            "maxlength": 40,
            "autofocus": True,
        },
    )
    next = HiddenField()


class RecoveryForm(CodeForm):
    """Asks for a recovery code."""

    code = StringField(
        lazy_gettext("Recovery code"),
        validators=[_REQUIRED, at_most(40)],
        description=lazy_gettext("One of those that you kept when you set the second factor up."),
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "dir": "ltr",
            "maxlength": 40,
            "autofocus": True,
        },
    )


class PasswordForm(AccountForm):
    """Asks for the password of who is signed in."""

    password = PasswordField(
        lazy_gettext("Password"),
        validators=[_REQUIRED, at_most(LONGEST)],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST, "dir": "auto"},
    )
    next = HiddenField()


class NewPasswordForm(AccountForm):
    """Asks for a new password, twice. ``own`` is what others know of who chooses it."""

    new_password = PasswordField(
        lazy_gettext("New password"),
        validators=[_REQUIRED],
        description=lazy_gettext("14 characters or more. Several words are easy to remember."),
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST, "dir": "auto"},
    )
    again = PasswordField(
        lazy_gettext("New password once more"),
        validators=[_REQUIRED],
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST, "dir": "auto"},
    )

    def __init__(self, *args: Any, own: tuple[str, ...], **kwargs: Any) -> None:
        self.own = own
        super().__init__(*args, **kwargs)

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse what is too short, or among the first that others would try."""
        for problem in problems(field.data, *self.own):
            raise ValidationError(problem)

    def validate_again(self, field: PasswordField) -> None:
        """Compare both."""
        if field.data != self.new_password.data:
            raise ValidationError(gettext("This is not the same password."))


class AcceptForm(NewPasswordForm):
    """Asks for what a new account needs."""

    name = StringField(
        lazy_gettext("Your name"),
        validators=[DataRequired(), at_most(100)],
        filters=[lambda text: clean_line(text or "")],
        description=lazy_gettext("As the other organizers call you."),
        render_kw={"autocomplete": "name", "dir": "auto", "maxlength": 100},
    )
