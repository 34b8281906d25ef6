"""Forms of the page of spreadsheets."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectChoice, SelectField

from planner.desk.forms import DeskForm
from planner.speakers.models import Visibility


class UploadForm(DeskForm):
    """A workbook or table to bring back."""

    file = FileField(
        lazy_gettext("File"),
        [FileRequired(lazy_gettext("Choose a file first."))],
        description=lazy_gettext("An Excel workbook (.xlsx) or a table (.csv), up to 5 MB."),
    )
    names = SelectField(
        lazy_gettext("Speakers who are new"),
        choices=[
            SelectChoice(Visibility.WITHHELD.value, lazy_gettext("Name withheld from the public")),
            SelectChoice(Visibility.PUBLIC.value, lazy_gettext("Named in public")),
        ],
        description=lazy_gettext("Where the file itself does not say it."),
    )

    @property
    def visibility(self) -> Visibility:
        """How the public may know speakers who are new."""
        return Visibility(self.names.data)

    def values(self) -> dict[str, Any]:
        """Return nothing: a file is not joined with what others brought."""
        return {}


class AgreementForm(DeskForm):
    """What somebody has read of a file, and agrees to."""

    agreed = HiddenField()

    def values(self) -> dict[str, Any]:
        """Return nothing: what was agreed to is compared, not joined."""
        return {}
