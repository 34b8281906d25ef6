"""Forms of those who register: no more is asked than organizers need to know."""

from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length

from planner.accounts.queries import email_key
from planner.desk.forms import DeskForm
from planner.entrance.forms import is_email
from planner.i18n.languages import name_of
from planner.lib.text import clean_line, clean_text
from planner.registration.operations import Answers

#: The longest address that mail can go to (RFC 5321, 4.5.3.1, with its erratum).
LONGEST_ADDRESS, _LONGEST_NAME, _LONGEST_TEXT = 254, 200, 2000
_TOO_LONG = lazy_gettext("This is too long.")


def _line(text: str | None) -> str:
    return clean_line(text or "")


class PersonForm(FlaskForm):  # type: ignore[misc]
    """What is told of a person, whoever they are."""

    class Meta(DeskForm.Meta):
        """Needs no session: see :mod:`planner.registration.guards`, and tokens in addresses."""

        csrf = False

    #: What the components of forms ask every form for.
    clashes: ClassVar[dict[str, Any]] = {}
    taken: ClassVar[list[str]] = []

    name = StringField(
        lazy_gettext("Name"),
        [
            DataRequired(lazy_gettext("Tell us what to call you.")),
            Length(max=_LONGEST_NAME, message=_TOO_LONG),
        ],
        description=lazy_gettext("Any name will do: what you want to be called."),
        filters=[_line],
        render_kw={"autocomplete": "name", "dir": "auto", "maxlength": _LONGEST_NAME},
    )
    organisation = StringField(
        lazy_gettext("Organisation (you need not say)"),
        [Length(max=_LONGEST_NAME, message=_TOO_LONG)],
        filters=[_line],
        render_kw={"autocomplete": "organization", "dir": "auto", "maxlength": _LONGEST_NAME},
    )
    follow = SelectMultipleField(lazy_gettext("Languages in which you follow a session"))
    interpretation = SelectMultipleField(
        lazy_gettext("Languages into which you need interpretation"),
        description=lazy_gettext("Leave all of them out if you need none."),
    )
    access_needs = TextAreaField(
        lazy_gettext("What you need to take part (you need not say)"),
        [Length(max=_LONGEST_TEXT, message=_TOO_LONG)],
        description=lazy_gettext(
            "For example a way without steps, sign language, or a seat near the front. "
            "Only the organizers read it."
        ),
        filters=[lambda text: clean_text(text or "")],
        render_kw={"rows": 3, "dir": "auto", "maxlength": _LONGEST_TEXT},
    )

    def __init__(self, *args: Any, offered: tuple[str, ...], reader: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, name_of(code, reader)) for code in offered]
        self.follow.choices = self.interpretation.choices = choices

    def validate_follow(self, field: Field) -> None:
        """Refuse an answer without any language.

        :raises ValidationError: then.
        """
        if not field.data:
            raise ValidationError(gettext("Choose one language at least."))

    @property
    def answers(self) -> Answers:
        """What was told."""
        return Answers(
            name=self.name.data,
            organisation=self.organisation.data,
            languages=tuple(self.follow.data),
            interpretation=tuple(self.interpretation.data),
            access_needs=self.access_needs.data,
        )


class RegistrationForm(PersonForm):
    """A registration: besides, the address, and agreement to the principles.

    ``agreed_to`` names the wording of the principles that was shown.
    """

    email = EmailField(
        lazy_gettext("E-mail address"),
        [DataRequired(lazy_gettext("Your address is missing."))],
        description=lazy_gettext("We write to it only about your registration."),
        filters=[_line],
        render_kw={"autocomplete": "email", "dir": "ltr", "maxlength": LONGEST_ADDRESS},
    )
    agree = BooleanField(lazy_gettext("I agree with these principles."))
    agreed_to = HiddenField()
    stamp = HiddenField()

    def __init__(self, *args: Any, has_principles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_principles = has_principles

    def validate_email(self, field: Field) -> None:
        """Refuse what is no address.

        :raises ValidationError: then.
        """
        if not is_email(field.data) or len(email_key(field.data).encode()) > LONGEST_ADDRESS:
            raise ValidationError(gettext("This is no e-mail address."))

    def validate_agree(self, field: Field) -> None:
        """Refuse who does not agree.

        :raises ValidationError: then.
        """
        if self.has_principles and not field.data:
            raise ValidationError(gettext("Only who agrees with the principles can take part."))


class LostForm(FlaskForm):  # type: ignore[misc]
    """Asks for the address with which somebody registered."""

    class Meta(PersonForm.Meta):
        """As the others."""

    clashes: ClassVar[dict[str, Any]] = {}
    taken: ClassVar[list[str]] = []

    email = EmailField(
        lazy_gettext("Your e-mail address"),
        [DataRequired(lazy_gettext("Your address is missing."))],
        description=lazy_gettext("The one with which you registered."),
        filters=[_line],
        render_kw={"autocomplete": "email", "dir": "ltr", "maxlength": LONGEST_ADDRESS},
    )

    def validate_email(self, field: Field) -> None:
        """Refuse what is no address.

        :raises ValidationError: then.
        """
        if len(field.data) > LONGEST_ADDRESS or not is_email(field.data):
            raise ValidationError(gettext("This is no e-mail address."))
