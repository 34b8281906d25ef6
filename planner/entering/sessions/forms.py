"""The form of a session, and the choices of the list."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    IntegerField,
    SelectChoice,
    SelectField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from planner.accounts.access import Access
from planner.desk.forms import DeskForm, TextsField
from planner.desk.language import spoken
from planner.desk.layout import reader_of
from planner.entering.fields import (
    ChecksField,
    StatesField,
    WebAddressField,
    choices,
    in_order,
    languages_of,
)
from planner.entering.sessions.people import PeopleField, PersonRow
from planner.events.forms import LINE, LONG, at_most
from planner.events.models import Event, TextState
from planner.i18n.labels import kind_label, role_label
from planner.i18n.languages import name_of
from planner.lib.text import clean_text
from planner.programme.vocabulary import Kind, Role
from planner.sessions.labels import answer_label, state_label
from planner.sessions.models import TRANSITIONS, Answer, Session, State
from planner.speakers.queries import Directory

#: Buttons of the form that do something else than to save it.
DO = "do"


class SessionForm(DeskForm):
    """A session with its texts and people."""

    title = TextsField(lazy_gettext("Title"), [at_most(LINE)])
    abstract = TextsField(lazy_gettext("Abstract"), [at_most(LONG)], lines=9)
    text_state = StatesField(lazy_gettext("State of the text"))
    #: Languages whose text still fits the original, though that has changed.
    fits = ChecksField(lazy_gettext("Still fits the original"), validate_choice=False)
    original_language = SelectField(
        lazy_gettext("Original language"),
        description=lazy_gettext("The other languages are translated from it."),
    )
    kind = SelectField(lazy_gettext("Kind"))
    theme = SelectField(lazy_gettext("Theme"))
    minutes = IntegerField(lazy_gettext("Minutes"), [InputRequired(), NumberRange(1, 24 * 60)])
    state = SelectField(lazy_gettext("State"), validate_choice=False)
    spoken_languages = ChecksField(lazy_gettext("Spoken languages"))
    interpreted_languages = ChecksField(
        lazy_gettext("Interpreted into"),
        description=lazy_gettext("Languages in which one can listen through an interpreter."),
    )
    people = PeopleField(lazy_gettext("People"))
    audience = IntegerField(
        lazy_gettext("Expected audience"), [Optional(), NumberRange(0, 1_000_000)]
    )
    needs_step_free = BooleanField(lazy_gettext("Needs a room without steps"))
    online_url = WebAddressField(
        lazy_gettext("Online address"),
        description=lazy_gettext("Where one can follow it on the web; the public sees it."),
    )
    pinned = BooleanField(lazy_gettext("Pinned: nothing automatic moves it"))
    across_rooms = BooleanField(lazy_gettext("Held for everybody: nothing else happens meanwhile"))
    speakers_note = TextAreaField(
        lazy_gettext("Note to the speakers"),
        [Length(max=LONG)],
        description=lazy_gettext("They read it on their page; the public does not."),
        filters=[lambda text: clean_text(text or "")],
    )
    equipment = TextAreaField(
        lazy_gettext("Equipment"),
        [Length(max=LONG)],
        description=lazy_gettext("What stands ready; the speakers read it, the public does not."),
        filters=[lambda text: clean_text(text or "")],
    )
    remark = TextAreaField(
        lazy_gettext("Remark"),
        [Length(max=LONG)],
        description=lazy_gettext("For organizers only."),
        filters=[lambda text: clean_text(text or "")],
    )

    def __init__(
        self,
        access: Access,
        people: Directory,
        data: Mapping[str, Any],
        *,
        placed_nowhere: bool = False,
    ) -> None:
        self.directory = people
        self.was = State(data["state"])
        self.placed_nowhere = placed_nowhere
        super().__init__(languages=access.event.languages, data=data)
        self._choose(access, data)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Tell the rows of people whom there is."""
        self.people.directory = self.directory
        super().process(*args, **kwargs)

    def _choose(self, access: Access, data: Mapping[str, Any]) -> None:
        event, reader = access.event, spoken().code
        said = {*data["spoken_languages"], *data["interpreted_languages"]}
        languages = choices((lang, name_of(lang, reader)) for lang in languages_of(event, said))
        self.spoken_languages.choices = self.interpreted_languages.choices = languages
        originals = dict.fromkeys([*event.languages, data["original_language"]])
        self.original_language.choices = choices(
            (lang, name_of(lang, reader)) for lang in originals
        )
        self.fits.choices = choices((lang, name_of(lang, reader)) for lang in event.languages)
        self.theme.choices = _themes(access)
        self.kind.choices = choices((kind.value, kind_label(kind)) for kind in Kind)
        states = [state for state in State if state in {self.was, *TRANSITIONS[self.was]}]
        self.state.choices = choices((state.value, state_label(state)) for state in states)

    def is_submitted(self) -> bool:
        """Tell whether the form was sent to be saved, and not to move a row of people."""
        return super().is_submitted() and DO not in request.form

    def values(self) -> dict[str, Any]:
        """Return what was entered, by field."""
        return {name: value for name, value in super().values().items() if name != "fits"}

    def validate_title(self, field: TextsField) -> None:
        """Refuse a session without a title, or without one in its original language.

        :raises ValidationError: then.
        """
        if not any(field.data.values()):
            raise ValidationError(gettext("Give the session a title, in one language at least."))
        if not field.data.get(self.original_language.data):
            raise ValidationError(
                gettext("There is no title in the original language. Write one, or choose another.")
            )

    def validate_abstract(self, field: TextsField) -> None:
        """Refuse an abstract without a title: nobody would find it.

        :raises ValidationError: then.
        """
        if any(text and not self.title.data.get(lang) for lang, text in field.data.items()):
            raise ValidationError(gettext("There is an abstract in a language without a title."))

    def validate_state(self, field: SelectField) -> None:
        """Refuse what is no state; whether it may follow is known when it is saved.

        :raises ValidationError: then.
        """
        if field.data not in set(State):
            raise ValidationError(gettext("Not a valid choice."))

    def validate_across_rooms(self, field: BooleanField) -> None:
        """Refuse to take a session that has an hour, but no room, from everybody.

        :raises ValidationError: then.
        """
        if self.placed_nowhere and not field.data:
            raise ValidationError(
                gettext("It has an hour, but no room. Give it a room before you change this.")
            )

    def refuse_state(self) -> None:
        """Say beside the state that it cannot follow that of before."""
        self.state.errors = [
            gettext("This cannot follow the state of before. Choose another step first.")
        ]

    @property
    def rows_to_show(self) -> list[PersonRow]:
        """The rows of people, and an empty one at the end."""
        rows = self.people.rows
        return rows if rows and not rows[-1].text else [*rows, PersonRow("")]

    @property
    def roles(self) -> list[tuple[str, str]]:
        """What a person can do in a session, with the words for it."""
        return [(role.value, role_label(role)) for role in Role]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What a person can have answered, with the words for it."""
        return [(answer.value, answer_label(answer)) for answer in Answer]


def _themes(access: Access) -> list[SelectChoice]:
    """Return the themes of an event by slug, each in its language, and none."""
    local = reader_of(access)
    named = [(theme.slug, local(theme.name)) for theme in access.event.themes]
    return [SelectChoice("", gettext("No theme"))] + [
        SelectChoice(slug, name.value, {"lang": name.lang, "dir": name.direction})
        for slug, name in named
    ]


def new_values(event: Event) -> dict[str, Any]:
    """Return what the form of a new session begins with."""
    return {
        "title": {},
        "abstract": {},
        "text_state": {},
        "original_language": event.languages[0],
        "kind": Kind.PANEL.value,
        "theme": "",
        "minutes": 60,
        "state": State.PROPOSED.value,
        "spoken_languages": [event.languages[0]],
        "interpreted_languages": [],
        "people": [],
        "audience": None,
        "needs_step_free": False,
        "online_url": "",
        "pinned": False,
        "across_rooms": False,
        "speakers_note": "",
        "equipment": "",
        "remark": "",
    }


def values_of(session: Session) -> dict[str, Any]:
    """Return what a session holds, by field of the form."""
    event, texts = session.event, session.texts
    return {
        "title": {lang: text.title for lang, text in texts.items()},
        "abstract": {lang: text.abstract for lang, text in texts.items()},
        "text_state": {
            lang: text.state.value
            for lang, text in texts.items()
            if text.state is not TextState.MISSING
        },
        "original_language": session.original_language,
        "kind": session.kind.value,
        "theme": session.theme.slug if session.theme else "",
        "minutes": session.minutes,
        "state": session.state.value,
        "spoken_languages": in_order(session.spoken_languages, event),
        "interpreted_languages": in_order(session.interpreted_languages, event),
        "people": [
            {
                "speaker": person.speaker.number,
                "role": person.role.value,
                "answer": person.answer.value,
            }
            for person in session.people
        ],
        "audience": session.audience,
        "needs_step_free": session.needs_step_free,
        "online_url": session.online_url or "",
        "pinned": session.pinned,
        "across_rooms": session.across_rooms,
        "speakers_note": session.speakers_note,
        "equipment": session.equipment,
        "remark": session.remark,
    }
