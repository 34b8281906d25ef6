"""What speakers say of how they are named."""

from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, ValidationError
from wtforms.validators import InputRequired

from planner.desk.forms import TextsField
from planner.events.forms import NAME, at_most
from planner.i18n.labels import N_
from planner.lib.mentions import Mentions
from planner.slots.frame import SpeakForm
from planner.speakers.models import Speaker, Visibility

WAYS = {
    Visibility.WITHHELD: N_("My name is withheld"),
    Visibility.PSEUDONYM: N_("Under a pseudonym"),
    Visibility.PUBLIC: N_("By my name"),
}


class NamingForm(SpeakForm):
    """How somebody is named, and their pseudonym in every language of the event."""

    visibility = RadioField(
        lazy_gettext("The public may know me"),
        choices=[way.value for way in WAYS],
        validators=[InputRequired(lazy_gettext("Choose one."))],
    )
    pseudonym = TextsField(lazy_gettext("Pseudonym"), [at_most(NAME)])

    def __init__(self, speaker: Speaker, **kwargs: Any) -> None:
        self.speaker = speaker
        data = {
            "visibility": speaker.visibility.value,
            "pseudonym": {lang: text.pseudonym for lang, text in speaker.texts.items()},
        }
        super().__init__(languages=speaker.event.languages, data=data, **kwargs)

    @property
    def wished(self) -> Visibility:
        """How they wish to be named."""
        return Visibility(self.visibility.data)

    @property
    def is_sure(self) -> bool:
        """Whether they have read what happens, and still wish it."""
        return "sure" in request.form

    def validate_visibility(self, field: RadioField) -> None:
        """Refuse to name somebody of whom no name is known.

        :raises ValidationError: then.
        """
        names = [text.display_name.strip() for text in self.speaker.texts.values()]
        if field.data == Visibility.PUBLIC and not any(names):
            raise ValidationError(gettext("We do not have your name yet."))

    def validate_pseudonym(self, field: TextsField) -> None:
        """Refuse none where it is wished, and one that holds the name.

        :raises ValidationError: then.
        """
        told = [text for text in field.data.values() if text]
        if self.visibility.data == Visibility.PSEUDONYM and not told:
            raise ValidationError(gettext("Give the pseudonym, in one language at least."))
        names = Mentions(text.display_name for text in self.speaker.texts.values())
        if any(names.of(text) for text in told):
            raise ValidationError(gettext("Your own name is in it. Choose something else."))
