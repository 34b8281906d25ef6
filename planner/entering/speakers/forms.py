"""The forms of a speaker: whole, and for those who may not know who it is."""

import re
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length

from planner.accounts.access import Access
from planner.desk.forms import DeskForm, TextsField
from planner.desk.language import spoken
from planner.entering.fields import ChecksField, StatesField, choices, in_order, languages_of
from planner.entering.speakers.hours import FreeField, HoursRow, rows_of
from planner.events.forms import LINE, LONG, NAME, at_most
from planner.events.hours import hours_of
from planner.events.models import Event, TextState
from planner.i18n.formats import short_date
from planner.i18n.languages import name_of
from planner.lib.text import clean_line, clean_text
from planner.speakers.labels import visibility_label
from planner.speakers.models import Speaker, Visibility
from planner.speakers.photos import MOST_OCTETS
from planner.speakers.texts import FIELDS

#: Buttons of the forms that do something else than to save them.
DO = "do"
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+\Z")


class UnnamedForm(DeskForm):
    """What anybody who plans may know of a speaker: languages, and when they are free."""

    spoken_languages = ChecksField(lazy_gettext("Speaks"))
    free = FreeField(lazy_gettext("When they are free"))

    def __init__(self, access: Access, data: Mapping[str, Any], **kwargs: Any) -> None:
        self.event = access.event
        super().__init__(languages=access.event.languages, data=data, **kwargs)
        reader = spoken().code
        languages = languages_of(self.event, data["spoken_languages"])
        self.spoken_languages.choices = choices((lang, name_of(lang, reader)) for lang in languages)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Tell the rows which days there are."""
        self.free.hours = hours_of(self.event)
        super().process(*args, **kwargs)

    def is_submitted(self) -> bool:
        """Tell whether the form was sent to be saved, and not to add or take out a row."""
        return super().is_submitted() and DO not in request.form

    @property
    def days(self) -> list[tuple[str, str]]:
        """The days to choose among: those of the event, and others that are there already."""
        known = {day.isoformat(): short_date(day, spoken().code) for day in self.free.hours}
        return list(
            (known | {row.day: row.day for row in self.free.rows if row.day} | known).items()
        )

    @property
    def rows_to_show(self) -> list[HoursRow]:
        """The rows of hours, and an empty one at the end."""
        rows = self.free.rows
        return rows if rows and not rows[-1].day else [*rows, HoursRow()]


class SpeakerForm(UnnamedForm):
    """A speaker with their texts."""

    display_name = TextsField(lazy_gettext("Name"), [at_most(NAME)])
    pseudonym = TextsField(lazy_gettext("Pseudonym"), [at_most(NAME)])
    organisation = TextsField(lazy_gettext("Organisation"), [at_most(LINE)])
    biography = TextsField(lazy_gettext("Biography"), [at_most(LONG)], lines=7)
    text_state = StatesField(lazy_gettext("State of the text"))
    #: Languages whose texts still fit the original, though that has changed.
    fits = ChecksField(validate_choice=False)
    original_language = SelectField(
        lazy_gettext("Original language"),
        description=lazy_gettext("The other languages are translated from it."),
    )
    email = StringField(
        lazy_gettext("E-mail"),
        [Length(max=320)],
        filters=[lambda text: clean_line(text or "")],
    )
    visibility = RadioField(lazy_gettext("What the public may know"))
    #: Whether the person asked for more than they chose themselves.
    overrules = BooleanField(lazy_gettext("They have asked me for it since."))
    remark = TextAreaField(
        lazy_gettext("Remark"),
        [Length(max=LONG)],
        filters=[lambda text: clean_text(text or "")],
        description=lazy_gettext("Who takes with them what is stored about them can read it."),
    )

    def __init__(self, access: Access, data: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(access, data, **kwargs)
        reader = spoken().code
        originals = dict.fromkeys([*access.event.languages, data["original_language"]])
        self.original_language.choices = choices(
            (lang, name_of(lang, reader)) for lang in originals
        )
        self.visibility.choices = choices(
            (known.value, visibility_label(known)) for known in Visibility
        )
        self.fits.choices = []
        #: What they chose themselves, if they did.
        self.chosen: Visibility | None = data.get("chosen_visibility")

    def values(self) -> dict[str, Any]:
        """Return what was entered, by field."""
        kept = super().values().items()
        return {name: value for name, value in kept if name not in {"fits", "overrules"}}

    def validate_visibility(self, field: RadioField) -> None:
        """Refuse to show more of somebody than they chose, unless they asked for it since.

        :raises ValidationError: then.
        """
        known = [way.value for way in Visibility]
        if self.chosen is None or self.overrules.data or field.data not in known:
            return
        if Visibility(field.data).shows_more_than(self.chosen):
            raise ValidationError(
                gettext("This is more than they chose themselves. Have they asked you for it?")
            )

    def validate_display_name(self, field: TextsField) -> None:
        """Refuse somebody without a name.

        :raises ValidationError: then.
        """
        if not any(field.data.values()):
            raise ValidationError(gettext("Give the name, in one language at least."))

    def validate_pseudonym(self, field: TextsField) -> None:
        """Refuse to show somebody under a pseudonym that they do not have.

        :raises ValidationError: then.
        """
        if self.visibility.data == Visibility.PSEUDONYM and not any(field.data.values()):
            raise ValidationError(gettext("Give the pseudonym, in one language at least."))

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address.

        :raises ValidationError: then.
        """
        if field.data and not _EMAIL.match(field.data):
            raise ValidationError(gettext("This is not an e-mail address."))

    def has_texts(self, lang: str) -> bool:
        """Tell whether there is any text in a language."""
        return any(self[name].data.get(lang) for name in FIELDS)


class PhotoForm(DeskForm):
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


def new_values(event: Event) -> dict[str, Any]:
    """Return what the form of a new speaker begins with."""
    return {
        **{name: {} for name in FIELDS},
        "text_state": {},
        "original_language": event.languages[0],
        "spoken_languages": [],
        "email": "",
        "visibility": Visibility.WITHHELD.value,
        "remark": "",
        "free": [],
    }


def unnamed_values(speaker: Speaker) -> dict[str, Any]:
    """Return what anybody who plans may know of a speaker, by field of the form."""
    event = speaker.event
    intervals = [(span.starts_at, span.ends_at) for span in speaker.free]
    return {
        "spoken_languages": in_order(speaker.spoken_languages, event),
        "free": rows_of(intervals, hours_of(event)),
    }


def values_of(speaker: Speaker) -> dict[str, Any]:
    """Return what a speaker holds, by field of the form."""
    texts = speaker.texts
    return {
        **unnamed_values(speaker),
        **{name: {lang: getattr(text, name) for lang, text in texts.items()} for name in FIELDS},
        "text_state": {
            lang: text.state.value
            for lang, text in texts.items()
            if text.state is not TextState.MISSING
        },
        "original_language": speaker.original_language or _written_in(speaker),
        "email": speaker.email or "",
        "visibility": speaker.visibility.value,
        "chosen_visibility": speaker.chosen_visibility,
        "remark": speaker.remark,
    }


def _written_in(speaker: Speaker) -> str:
    """Return the language of the event in which somebody of unknown origin has a name."""
    order = speaker.event.languages
    named = (lang for lang in order if lang in speaker.texts and speaker.texts[lang].display_name)
    return next(named, order[0])
