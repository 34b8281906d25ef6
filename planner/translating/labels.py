"""The words of the translation desk, in the language spoken now."""

from flask_babel import gettext

from planner.i18n.labels import N_
from planner.translating.units import Part, Standing, Unit, UnitKind

_KINDS = {
    UnitKind.SESSION: N_("Sessions"),
    UnitKind.SPEAKER: N_("Speakers"),
    UnitKind.THEME: N_("Themes"),
    UnitKind.ROOM: N_("Rooms"),
    UnitKind.DAY: N_("Days"),
    UnitKind.EVENT: N_("Event"),
}
_ONE_OF = {
    UnitKind.SESSION: N_("Session"),
    UnitKind.SPEAKER: N_("Speaker"),
    UnitKind.THEME: N_("Theme"),
    UnitKind.ROOM: N_("Room"),
    UnitKind.DAY: N_("Day"),
}
_STANDINGS = {
    Standing.MISSING: N_("Missing"),
    Standing.STALE: N_("Original changed"),
    Standing.MACHINE: N_("Machine translation"),
    Standing.DRAFT: N_("Draft text"),
    Standing.REVIEWED: N_("Reviewed"),
}
#: What the texts of units are called, by the names of their parts.
TEXTS = {
    "title": N_("Title"),
    "abstract": N_("Abstract"),
    "display_name": N_("Name"),
    "pseudonym": N_("Pseudonym"),
    "organisation": N_("Organisation"),
    "biography": N_("Biography"),
    "name": N_("Name"),
    "description": N_("Description"),
    "floor": N_("Floor"),
    "tagline": N_("Tagline"),
    "call": N_("Call"),
    "notice": N_("Notice"),
    "venue_name": N_("Venue"),
    "venue_address": N_("Address of the venue"),
    "withheld_name": N_("Words for a withheld name"),
    "principle": N_("Principle"),
    "supporter": N_("Supporter"),
    "partner": N_("Partner"),
}
_OF_EVENT = {
    "name": N_("Name of the event"),
    "tagline": N_("Tagline"),
    "call": N_("Call"),
    "notice": N_("Notice"),
    "venue": N_("Venue"),
    "withheld": N_("Words for a withheld name"),
}
_NUMBERED = {
    "principle": N_("Principle %(number)s"),
    "supporter": N_("Supporter %(number)s"),
    "partner": N_("Partner %(number)s"),
}


def kind_label(kind: UnitKind) -> str:
    """Return what things of a kind are called together."""
    return str(gettext(_KINDS[kind]))


def standing_label(standing: Standing) -> str:
    """Return where a translation stands, in a few words."""
    return str(gettext(_STANDINGS[standing]))


def part_label(part: Part) -> str:
    """Return what one text is called."""
    return text_label(part.name)


def text_label(name: str) -> str:
    """Return what the text of a part with this name is called."""
    return str(gettext(TEXTS[name]))


def sort_label(unit: Unit) -> str:
    """Return what sort of thing a unit is of; of the event's own texts, which of them."""
    if unit.kind is not UnitKind.EVENT:
        return str(gettext(_ONE_OF[unit.kind]))
    name, _, number = unit.key.partition("-")
    if number:
        return str(gettext(_NUMBERED[name], number=number))
    return str(gettext(_OF_EVENT[name]))
