"""The form that changes a letter."""

from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import Field, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from planner.desk.forms import DeskForm
from planner.lib.text import clean_line, clean_text, fold

_LONGEST_SUBJECT = 200
_LONGEST_TEXT = 20000


class LetterForm(DeskForm):
    """Subject and text of a letter that waits."""

    subject = StringField(
        lazy_gettext("Subject"),
        filters=[lambda text: clean_line(text or "")],
        validators=[DataRequired(lazy_gettext("A letter needs a subject."))],
    )
    text = TextAreaField(
        lazy_gettext("Text"),
        description=lazy_gettext(
            "{name} stands for the name of the speaker, and {people …} for those who take part "
            "with them, {link} for the address of their own page. All are put in when the letter "
            "is sent."
        ),
        filters=[lambda text: clean_text(text or "")],
        validators=[DataRequired(lazy_gettext("A letter needs a text."))],
    )
    #: What names the text that was read.
    read = HiddenField()

    def validate_subject(self, field: Field) -> None:
        """Refuse a subject that no mailbox shows.

        :raises ValidationError: then.
        """
        _check_length(field.data, _LONGEST_SUBJECT)

    def validate_text(self, field: Field) -> None:
        """Refuse a text that nobody would read.

        :raises ValidationError: then.
        """
        _check_length(field.data, _LONGEST_TEXT)

    def check_names(self, hidden: Iterable[str]) -> bool:
        """Tell whether nobody is named whose name is withheld, and say so otherwise.

        Letters are read by organizers who may not know these names.
        """
        told = f" {fold(self.subject.data)} {fold(self.text.data)} "
        if not any(f" {fold(name)} " in told for name in hidden if fold(name)):
            return True
        self.text.errors = [
            gettext(
                "This names somebody whose name is withheld. Write {name} where the speaker’s "
                "name belongs: it is put in when the letter is sent."
            )
        ]
        return False


def _check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise ValidationError(
            ngettext("At most %(num)d letter, please.", "At most %(num)d letters, please.", limit)
        )
