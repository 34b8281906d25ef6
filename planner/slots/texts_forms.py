"""The forms in which speakers write of themselves and of their sessions."""

from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, ValidationError

from planner.desk.forms import TextsField
from planner.entering.fields import ChecksField, choices, languages_of
from planner.events.forms import LINE, LONG, NAME, at_most
from planner.i18n.languages import name_of
from planner.sessions.models import Session
from planner.slots.frame import SpeakForm, Visit
from planner.slots.models import Proposal
from planner.slots.texts import Values, differences, joined, values_of
from planner.slots.texts_operations import Kept
from planner.speakers.models import Speaker
from planner.speakers.photos import MOST_OCTETS


class WrittenForm(SpeakForm):
    """Texts of something, as they are in the plan, or as somebody proposes them."""

    #: The number of the proposal that the form showed.
    proposal = HiddenField()

    def __init__(self, thing: Speaker | Session, proposal: Proposal | None, **kwargs: Any) -> None:
        #: What stands proposed while the form is shown.
        self.standing = proposal
        shown = {
            **shown_values(thing, proposal),
            "version": thing.version,
            "proposal": _number(proposal),
        }
        super().__init__(languages=thing.event.languages, data=shown, **kwargs)

    @property
    def shown_proposal(self) -> int | None:
        """The number of the proposal that the form showed, if there was one."""
        written = self.proposal.data or ""
        return int(written) if written.isascii() and written.isdecimal() else None

    def values(self) -> dict[str, Any]:
        """Return what was entered, by field."""
        return {name: told for name, told in super().values().items() if name != "proposal"}

    def rejoin(self, thing: Speaker | Session, proposal: Proposal | None) -> Kept | None:
        """Join what was entered with what the thing, or what was proposed for it, has become.

        Return what became of it when all of it stands there already: it was sent twice.
        """
        self.standing = proposal
        shown = shown_values(thing, proposal)
        self.meet(shown, thing.version)
        self.proposal.data, self.proposal.raw_data = _number(proposal), None
        if any(differences(shown, self.values())):
            return None
        return Kept.PROPOSED if proposal else Kept.TAKEN

    @property
    def was_previewed(self) -> bool:
        """Whether the form was sent to see a text as it will look."""
        return "preview" in request.form


class SpeakerTextsForm(WrittenForm):
    """What a speaker says of themselves."""

    display_name = TextsField(lazy_gettext("Name"), [at_most(NAME)])
    organisation = TextsField(lazy_gettext("Organisation"), [at_most(LINE)])
    biography = TextsField(lazy_gettext("Biography"), [at_most(LONG)], lines=7)
    spoken_languages = ChecksField(lazy_gettext("I speak"))

    def __init__(self, visitor: Visit, proposal: Proposal | None, **kwargs: Any) -> None:
        speaker = visitor.speaker
        super().__init__(speaker, proposal, **kwargs)
        known = [*speaker.spoken_languages, *(self.spoken_languages.object_data or ())]
        self.spoken_languages.choices = choices(
            (lang, name_of(lang, visitor.lang)) for lang in languages_of(speaker.event, known)
        )

    def validate_display_name(self, field: TextsField) -> None:
        """Refuse somebody without a name.

        :raises ValidationError: then.
        """
        if not any(field.data.values()):
            raise ValidationError(gettext("Give the name, in one language at least."))


class SessionTextsForm(WrittenForm):
    """What a session is called and is about."""

    title = TextsField(lazy_gettext("Title"), [at_most(LINE)])
    abstract = TextsField(lazy_gettext("Abstract"), [at_most(LONG)], lines=9)

    def validate_title(self, field: TextsField) -> None:
        """Refuse a session without a title.

        :raises ValidationError: then.
        """
        if not any(field.data.values()):
            raise ValidationError(gettext("Give the title, in one language at least."))


class PortraitForm(SpeakForm):
    """A photo to upload."""

    #: In octets.
    MOST = MOST_OCTETS
    photo = FileField(
        lazy_gettext("Photo"),
        [FileRequired(lazy_gettext("Choose a file first."))],
        description=lazy_gettext(
            "JPEG, PNG or WebP, up to 5 MB. Place, hour and camera are taken out of the file."
        ),
    )

    def values(self) -> dict[str, Any]:
        """Return nothing: a file is not joined with what others uploaded."""
        return {}


def shown_values(thing: Speaker | Session, proposal: Proposal | None) -> Values:
    """Return what a form shows: what is proposed, and else what the plan has."""
    found = joined(values_of(thing), proposal.content if proposal else {})
    return {name: told for name, told in found.items() if name != "photo"}


def _number(proposal: Proposal | None) -> str:
    return str(proposal.id) if proposal else ""
