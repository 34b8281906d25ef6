"""Who will be told of a release, for organizers: by their names only before those who may know."""

from dataclasses import dataclass

from flask_babel import gettext

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.i18n.content import LocalText
from planner.i18n.labels import N_, change_label
from planner.letters.composing import to_be_told
from planner.letters.differences import Concerned, Difference
from planner.programme.vocabulary import Change
from planner.releases.review import Review
from planner.speakers.naming import called

_CHANGES = {
    Difference.NEW: Change.NEW,
    Difference.CANCELLED: Change.CANCELLED,
    Difference.RESTORED: Change.RESTORED,
    Difference.MOVED: Change.MOVED,
    Difference.ROOM: Change.ROOM,
    Difference.LENGTH: Change.LENGTH,
    Difference.TITLE: Change.TEXT,
    Difference.LANGUAGES: Change.LANGUAGES,
    Difference.PEOPLE: Change.PEOPLE,
}
_OFF = N_("No longer takes part")


@dataclass(frozen=True)
class Reached:
    """A speaker whom a release concerns, and what is different for them."""

    code: str
    name: LocalText
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Audience:
    """Whom a release concerns: those who get a letter, and those who have no address."""

    told: tuple[Reached, ...]
    unreachable: tuple[Reached, ...]


def audience_of(access: Access, found: Review) -> Audience:
    """Return who will be told of the release that was reviewed."""
    # The event of the access is the plan that was reviewed, in the same database session.
    concerned = to_be_told(access.event, found.programme)
    told, unreachable = (
        tuple(_reached(access, one) for one in concerned if one.can_be_written_to is has_address)
        for has_address in (True, False)
    )
    return Audience(told, unreachable)


def _reached(access: Access, one: Concerned) -> Reached:
    name = called(one.speaker, spoken().code, sees_names=access.sees_names)
    differing = [difference for difference in Difference if difference in one.differences]
    return Reached(one.speaker.code, name, tuple(map(_label, differing)))


def _label(difference: Difference) -> str:
    change = _CHANGES.get(difference)
    return change_label(change) if change else str(gettext(_OFF))
