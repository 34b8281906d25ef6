"""The form for the translation of a unit into one language."""

import json
from typing import Any

from flask_babel import gettext
from wtforms import HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from planner.desk.forms import DeskForm
from planner.events.models import TextState
from planner.i18n.labels import N_
from planner.lib.text import clean_line, clean_text
from planner.translating.labels import part_label
from planner.translating.units import Part, Unit

#: How long texts may be: one line, and several.
_LONGEST = {True: 500, False: 20_000}
_STATES = (
    (TextState.MACHINE, N_("Machine translation: nobody has read it yet")),
    (TextState.DRAFT, N_("Draft: somebody should read it once more")),
    (TextState.REVIEWED, N_("Reviewed: it can be published as it is")),
)


class UnitForm(DeskForm):
    """The texts of a unit in one language, and how far they have come."""

    #: Names the original from which one translates.
    source = HiddenField()
    state = RadioField(choices=[state.value for state, _words in _STATES])

    def __init__(self, unit: Unit, lang: str, **kwargs: Any) -> None:
        self._unit = unit
        super().__init__(data=fields_of(unit, lang), **kwargs)

    @property
    def texts(self) -> dict[str, str]:
        """What was entered: the texts, and the state."""
        return {name: value or "" for name, value in self.values().items() if name != "source"}

    @property
    def shown(self) -> dict[str, str]:
        """What the form showed before something was entered; nothing when that is unreadable."""
        try:
            told = json.loads(self.base.data or "{}")
        except ValueError:
            return {}
        return {name: str(value) for name, value in told.items()} if isinstance(told, dict) else {}

    @property
    def states(self) -> list[tuple[str, str]]:
        """The states that there are to choose from, with what they mean."""
        return [(state.value, gettext(words)) for state, words in _STATES]

    def validate_state(self, field: RadioField) -> None:
        """Refuse to call reviewed what is not whole.

        :raises ValidationError: when something of the original has no translation.
        """
        if field.data != TextState.REVIEWED:
            return
        unit = self._unit
        lacking = [
            part_label(part)
            for part in unit.parts
            if unit.value(unit.original, part).strip() and not self[part.name].data
        ]
        if lacking:
            raise ValidationError(
                gettext(
                    "Something is missing still: %(parts)s. Save it as a draft until then.",
                    parts=", ".join(lacking),
                )
            )


def unit_form(unit: Unit, lang: str) -> UnitForm:
    """Return the form for a unit, with a field for each of its texts."""
    fields = {part.name: _field(part) for part in unit.parts}
    form: UnitForm = type("FormOfUnit", (UnitForm,), fields)(unit, lang)
    return form


def fields_of(unit: Unit, lang: str) -> dict[str, str]:
    """Return what the form of a unit shows, by field."""
    return {**unit.entered(lang), "source": unit.digest}


def _field(part: Part) -> Any:
    is_line = part.lines == 1
    return (StringField if is_line else TextAreaField)(
        validators=[Length(max=_LONGEST[is_line])],
        filters=[lambda text: (clean_line if is_line else clean_text)(text or "")],
    )
