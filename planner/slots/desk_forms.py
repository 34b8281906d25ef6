"""What organizers answer to a request, and what the list of requests was asked for."""

from dataclasses import dataclass

from flask_babel import lazy_gettext
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional

from planner.desk.forms import DeskForm
from planner.entering.lists import Asked
from planner.lib.text import clean_text
from planner.slots.models import Outcome
from planner.slots.slots_forms import LONGEST

#: What organizers can say.
ANSWERS = (Outcome.ACCEPTED, Outcome.REFUSED)


class SettleForm(DeskForm):
    """An answer to a request."""

    outcome = StringField(validators=[AnyOf([outcome.value for outcome in ANSWERS])])
    #: How the request stood when it was read.
    was = HiddenField()
    text = TextAreaField(
        lazy_gettext("Answer"),
        [
            Optional(),
            Length(max=LONGEST, message=lazy_gettext("This is too long: 2000 letters at most.")),
        ],
        filters=[lambda text: clean_text(text or "")],
    )


@dataclass(frozen=True)
class Filters(Asked):
    """The query of the list of requests; what is empty was not asked for."""

    wish: str = ""
    outcome: str = ""
    #: Codes.
    session: str = ""
    speaker: str = ""
