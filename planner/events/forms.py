"""Forms of events, days, rooms and themes."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FloatField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from planner.desk.forms import DeskForm, TextsField
from planner.events.fields import LanguagesField, RowsField
from planner.events.hours import Hours, hours_between
from planner.events.labels import colour_label
from planner.events.models import RESERVED_SLUGS
from planner.events.operations import is_slug
from planner.lib.palette import Colour
from planner.lib.text import clean_line

#: The most letters of a name, of a text of one line, and of a long text.
NAME, LINE, LONG = 200, 500, 20_000


def some_text(_form: DeskForm, field: TextsField) -> None:
    """Refuse a text that is missing in every language.

    :raises ValidationError: then.
    """
    if not any(field.data.values()):
        raise ValidationError(gettext("Write it in one language at least."))


def at_most(letters: int) -> Callable[[DeskForm, TextsField], None]:
    """Return what refuses a text that is longer in any language."""

    def check(_form: DeskForm, field: TextsField) -> None:
        if any(len(text) > letters for text in field.data.values()):
            raise ValidationError(
                ngettext(
                    "At most %(num)d letter, please.", "At most %(num)d letters, please.", letters
                )
            )

    return check


class EventForm(DeskForm):
    """A form of something of an event."""

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Tell the lists as well which languages there are."""
        for field in self:
            if isinstance(field, RowsField):
                field.languages = self.languages
        super().process(*args, **kwargs)

    def entered(self) -> dict[str, Any]:
        """Return what was entered, by field, without texts that are empty."""
        texts = {name for name, field in self._fields.items() if isinstance(field, TextsField)}
        return {
            name: {lang: text for lang, text in value.items() if text} if name in texts else value
            for name, value in self.values().items()
        }


class SlugField(StringField):  # type: ignore[misc]
    """What something is called in addresses."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take it in small letters."""
        self.data = clean_line(valuelist[0]).lower() if valuelist else ""

    def pre_validate(self, _form: Any) -> None:
        """Refuse what cannot stand in an address.

        :raises ValidationError: then.
        """
        slug = str(self.data or "")
        if slug and not is_slug(slug):
            raise ValidationError(gettext("Use small Latin letters, digits and hyphens."))


class ZoneField(StringField):  # type: ignore[misc]
    """A time zone by its name, such as Asia/Baghdad."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take its name, which may be written with blanks."""
        self.data = clean_line(valuelist[0]).replace(" ", "_") if valuelist else ""

    def pre_validate(self, _form: Any) -> None:
        """Refuse a zone that nobody knows.

        :raises ValidationError: then.
        """
        if self.data not in available_timezones():
            raise ValidationError(gettext("This is not a time zone such as Asia/Baghdad."))

    @property
    def offered(self) -> list[str]:
        """All zones by name, but for the outdated ones that say an offset."""
        return sorted(zone for zone in available_timezones() if "/" in zone and "Etc" not in zone)


class Period(EventForm):
    """First and last day, of which the second does not come before the first."""

    first_day = DateField(lazy_gettext("First day"), [InputRequired()])
    last_day = DateField(lazy_gettext("Last day"), [InputRequired()])

    def validate_last_day(self, field: DateField) -> None:
        """Refuse a period that ends before it begins, or that nobody could plan.

        :raises ValidationError: then.
        """
        if not self.first_day.data or not field.data:
            return
        days = (field.data - self.first_day.data).days
        if days < 0:
            raise ValidationError(gettext("The last day comes before the first."))
        if days > 60:
            raise ValidationError(gettext("An event may be two months long at most."))


class CreateForm(Period):
    """A new event."""

    name = TextsField(lazy_gettext("Name"), [some_text, at_most(NAME)])
    slug = SlugField(
        lazy_gettext("Address"),
        [InputRequired()],
        description=lazy_gettext(
            "What the event is called in addresses, such as forum-2017. It stays as it is."
        ),
    )
    languages_of_event = LanguagesField(
        lazy_gettext("Languages"),
        description=lazy_gettext("The first is the one that most texts are written in."),
    )
    time_zone = ZoneField(lazy_gettext("Time zone"), default="Asia/Baghdad")
    venue_name = TextsField(lazy_gettext("Venue"), [at_most(NAME)])

    def validate_slug(self, field: SlugField) -> None:
        """Refuse addresses of the application itself.

        :raises ValidationError: then.
        """
        if field.data in RESERVED_SLUGS:
            raise ValidationError(gettext("This address is taken by the application itself."))


class TextsForm(EventForm):
    """What an event is called and says of itself."""

    name = TextsField(lazy_gettext("Name"), [some_text, at_most(NAME)])
    tagline = TextsField(lazy_gettext("In one line"), [at_most(LINE)])
    call = TextsField(lazy_gettext("Call"), [at_most(LONG)], lines=9)
    notice = TextsField(
        lazy_gettext("Notice"),
        [at_most(LINE)],
        description=lazy_gettext("Stands on every page of the programme, when there is one."),
    )
    venue_name = TextsField(lazy_gettext("Venue"), [at_most(NAME)])
    venue_address = TextsField(lazy_gettext("Address of the venue"), [at_most(LINE)])
    latitude = FloatField(lazy_gettext("Latitude"), [Optional(), NumberRange(-90, 90)])
    longitude = FloatField(lazy_gettext("Longitude"), [Optional(), NumberRange(-180, 180)])
    withheld_name = TextsField(
        lazy_gettext("In place of a name that is withheld"),
        [at_most(NAME)],
        description=lazy_gettext("What the public reads for people who are not to be named."),
    )


class PrinciplesForm(EventForm):
    """What an event stands for, and with whom."""

    principles = RowsField(lazy_gettext("Principles"))
    supporters = RowsField(lazy_gettext("Supporters"), links=True)
    partners = RowsField(lazy_gettext("Partners"), links=True)


class AskingForm(EventForm):
    """A form that asks before it does what has consequences: ``asked`` names what was told."""

    asked = HiddenField()

    def values(self) -> dict[str, Any]:
        """Return what was entered, by field."""
        return {name: value for name, value in super().values().items() if name != "asked"}


class DatesForm(Period, AskingForm):
    """When an event is, and in which languages."""

    day_from = TimeField(lazy_gettext("Days begin at"), [InputRequired()])
    day_to = TimeField(
        lazy_gettext("Days end at"),
        [InputRequired()],
        description=lazy_gettext("An hour before the beginning means after midnight."),
    )
    time_zone = ZoneField(
        lazy_gettext("Time zone"),
        description=lazy_gettext(
            "Sessions keep their hour on the clock of the venue when it changes."
        ),
    )
    languages_of_event = LanguagesField(
        lazy_gettext("Languages"),
        description=lazy_gettext("The first is the one that most texts are written in."),
    )
    registration_opens = DateTimeLocalField(lazy_gettext("Registration opens"), [Optional()])
    registration_closes = DateTimeLocalField(lazy_gettext("Registration closes"), [Optional()])

    def validate_registration_closes(self, field: DateTimeLocalField) -> None:
        """Refuse a registration that closes before it opens.

        :raises ValidationError: then.
        """
        opens = self.registration_opens.data
        if opens and field.data and field.data < opens:
            raise ValidationError(gettext("Registration would close before it opens."))

    @property
    def hours(self) -> Hours:
        """The hours of days that have none of their own."""
        return hours_between(self.day_from.data, self.day_to.data)


def _minutes(label: Any, least: int = 0, most: int = 24 * 60, about: str = "") -> IntegerField:
    return IntegerField(label, [InputRequired(), NumberRange(least, most)], description=about)


class LimitsForm(EventForm):
    """From where on the timetable warns."""

    changeover_minutes = _minutes(lazy_gettext("Minutes from one room to another"), most=240)
    site_changeover_minutes = _minutes(lazy_gettext("Minutes from one site to another"), most=480)
    most_sessions_a_day = _minutes(lazy_gettext("Sessions of a person on one day"), 1, 50)
    interpreter_minutes_a_day = _minutes(lazy_gettext("Minutes of an interpreter on one day"), 1)
    interpreter_minutes_alone = _minutes(
        lazy_gettext("Minutes of an interpreter alone at a stretch"), 1
    )
    turn_minutes = _minutes(lazy_gettext("Minutes after which interpreters take turns"), 5, 240)


class SpeakersForm(EventForm):
    """What speakers may do through their private links."""

    shows_plan = BooleanField(
        lazy_gettext("Speakers see where their sessions stand before that is published"),
        description=lazy_gettext(
            "They read day, hour and room on their page, marked as still a plan."
        ),
    )
    takes_texts = BooleanField(
        lazy_gettext("What speakers write of themselves is taken at once"),
        description=lazy_gettext(
            "Otherwise it is a proposal that organizers accept or refuse. The public reads it "
            "with the next release in any case."
        ),
    )


class SecurityForm(EventForm):
    """What organizers need to see anything of the event."""

    requires_second_factor = BooleanField(
        lazy_gettext("Organizers need a second factor"),
        description=lazy_gettext(
            "Whoever has none is asked to set one up before they see anything of this event."
        ),
    )


class RemoveForm(AskingForm):
    """Whether something is really to go."""


class DeleteForm(DeskForm):
    """The name of the event in addresses, written once more."""

    slug = StringField(lazy_gettext("Address of the event"))


class DayForm(AskingForm):
    """A day: its name and its hours."""

    name = TextsField(
        lazy_gettext("Name"),
        [at_most(NAME)],
        description=lazy_gettext("For example: Day of the youth. It may stay empty."),
    )
    day_from = TimeField(lazy_gettext("Begins at"), [InputRequired()])
    day_to = TimeField(
        lazy_gettext("Ends at"),
        [InputRequired()],
        description=lazy_gettext("An hour before the beginning means after midnight."),
    )

    @property
    def hours(self) -> Hours:
        """The hours of the day."""
        return hours_between(self.day_from.data, self.day_to.data)


class PartForm(EventForm):
    """What rooms and themes have in common."""

    name = TextsField(lazy_gettext("Name"), [some_text, at_most(NAME)])
    slug = SlugField(
        lazy_gettext("Address"),
        description=lazy_gettext(
            "What it is called in addresses and calendars; made from the name when it is empty."
        ),
    )


class RoomForm(PartForm):
    """A room."""

    capacity = IntegerField(lazy_gettext("Seats"), [Optional(), NumberRange(1, 100_000)])
    booths = IntegerField(
        lazy_gettext("Booths for interpreters"), [Optional(), NumberRange(0, 50)], default=0
    )
    step_free = BooleanField(lazy_gettext("Reached without steps"))
    floor = TextsField(lazy_gettext("Floor or building"), [at_most(NAME)])
    site = StringField(
        lazy_gettext("Site"),
        description=lazy_gettext("Rooms of one site are near one another."),
        filters=[lambda text: clean_line(text or "")[:100]],
    )
    opens = TimeField(lazy_gettext("Opens"), [Optional()])
    closes = TimeField(
        lazy_gettext("Closes"),
        [Optional()],
        description=lazy_gettext("Leave both empty when it is open all day."),
    )

    def entered(self) -> dict[str, Any]:
        """Return what was entered, by field; no number of booths means none."""
        return {**super().entered(), "booths": self.booths.data or 0}


class ThemeForm(PartForm):
    """A theme."""

    description = TextsField(lazy_gettext("Description"), [at_most(LONG)], lines=4)
    colour = RadioField(
        lazy_gettext("Colour"),
        coerce=Colour,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colour.choices = [
            SelectChoice(colour.value, colour_label(colour)) for colour in Colour
        ]
