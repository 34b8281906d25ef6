"""Fields of the forms of sessions and speakers."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from wtforms import SelectChoice, SelectMultipleField, StringField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from planner.desk.forms import TextsField
from planner.events.fields import OFFERED, check_address
from planner.events.models import Event, TextState
from planner.lib.text import clean_line


class ChecksField(SelectMultipleField):  # type: ignore[misc]
    """Some of several things, each with a box to check."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def choices(named: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return what a field offers, of values and the words for them."""
    return [SelectChoice(value, words) for value, words in named]


def languages_of(event: Event, present: Iterable[str] = ()) -> list[str]:
    """Return the languages to choose among: the event's, others, and what is there already."""
    return list(dict.fromkeys([*event.languages, *OFFERED, *sorted(present)]))


def in_order(languages: Iterable[str], event: Event) -> list[str]:
    """Return languages in the order in which a form has them."""
    found = set(languages)
    return [lang for lang in languages_of(event, found) if lang in found]


def kept_order(wanted: Iterable[str], before: Iterable[str]) -> list[str]:
    """Return languages so that those that were there before stay in their places."""
    chosen = list(wanted)
    kept = [lang for lang in before if lang in chosen]
    return kept + [lang for lang in chosen if lang not in kept]


class StatesField(TextsField):
    """How far the text in every language of the event has come: a map from language to state."""

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is no state of a text.

        :raises ValidationError: then.
        """
        for state in self.data.values():
            if state not in set(TextState):
                raise ValidationError(gettext("Not a valid choice."))

    def of(self, lang: str) -> TextState:
        """Return what was chosen for a language."""
        return TextState(self.data.get(lang) or TextState.MISSING)

    def offered(self, lang: str) -> list[TextState]:
        """Return what can be chosen: machine translation only where it is one already."""
        chosen = self.object_data.get(lang)
        some = [TextState.DRAFT, TextState.REVIEWED]
        return [TextState.MACHINE, *some] if chosen == TextState.MACHINE else some


class WebAddressField(StringField):  # type: ignore[misc]
    """An address of the web, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take it without blanks around it."""
        self.data = clean_line(valuelist[0]) if valuelist else ""

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is no address of the web.

        :raises ValidationError: then.
        """
        check_address(self.data)
