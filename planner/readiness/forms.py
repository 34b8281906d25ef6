"""Forms about requirements: why some may stay unmet, and which bind."""

from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import BooleanField, Field, SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from planner.desk.forms import DeskForm
from planner.lib.text import clean_line
from planner.readiness.labels import requirement_label
from planner.readiness.registry import requirements

#: The longest reason, in letters.
LONGEST_REASON = 500


class ReasonsField(Field):  # type: ignore[misc]
    """Why requirements that bind may stay unmet: a map from their keys to reasons.

    The inputs are called ``name-key``; ``problems`` says by key what is wrong with a reason.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: dict[str, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read every input whose name begins as it must, else take the data."""
        self.process_errors: list[str] = []
        self.data = dict(data or {})
        prefix = self.input_name("")
        for name in formdata or ():
            if name.startswith(prefix):
                self.data[name.removeprefix(prefix)] = clean_line(formdata.get(name))

    def input_name(self, key: str) -> str:
        """Return what the input for a requirement is called."""
        return f"{self.name}-{key}"

    def ask(self, *keys: str) -> bool:
        """Tell whether each of these requirements has a reason, and say where one is missing."""
        for key in keys:
            reason = self.data.get(key, "")
            if not reason:
                self.problems[key] = gettext("Say why it is published nevertheless.")
            elif len(reason) > LONGEST_REASON:
                self.problems[key] = ngettext(
                    "At most %(num)d letter, please.",
                    "At most %(num)d letters, please.",
                    LONGEST_REASON,
                )
        return not self.problems


class BindingForm(DeskForm):
    """Which requirements bind, and whether texts must be reviewed."""

    binding = SelectMultipleField(widget=ListWidget(), option_widget=CheckboxInput())
    reviews_texts = BooleanField(
        lazy_gettext("Texts must be reviewed"),
        description=lazy_gettext(
            "A final programme then asks that each translation was reviewed, not only written."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.binding.choices = [SelectChoice(key, requirement_label(key)) for key in requirements()]
