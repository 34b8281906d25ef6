"""What people of released documents are called in the desk, before those who may not know them too.

An earlier release may name somebody who is not public any more. Who may know names reads documents
as they are; others read what the plan lets the public know now, and no text in which a name that
is gone may stand.
"""

from collections.abc import Iterable

from flask_babel import gettext

from planner.accounts.access import Access
from planner.events.models import Event
from planner.i18n.content import LocalText, localize
from planner.programme.document import Appearance, Programme, Speaker
from planner.programme.vocabulary import Role
from planner.public.discretion import Discretion
from planner.releases.builder import content_of
from planner.speakers.naming import numbered


class Naming:
    """Names people of documents before one organizer."""

    def __init__(
        self, access: Access, plan: Event, programmes: Iterable[Programme], reader: str
    ) -> None:
        """``programmes`` are all that were public, the newest first, and those that are shown."""
        self._reader = reader
        self._numbers = {speaker.code: speaker.number for speaker in plan.speakers}
        self._discretion = None
        if not access.sees_names:
            earlier = list(programmes)
            at = earlier[0].release.published_at
            self._discretion = Discretion([content_of(plan, at), *earlier])

    def appearance(self, programme: Programme, person: Appearance) -> LocalText:
        """Return what somebody who takes part in a session is called."""
        if person.speaker is not None:
            speaker = next((s for s in programme.speakers if s.code == person.speaker), None)
            if speaker is not None:
                return self.speaker(speaker)
        if person.pseudonym and self._allows(person):
            return localize(person.pseudonym, self._reader)
        return localize(programme.event.withheld_name, self._reader) or self._own(
            gettext("Name withheld")
        )

    def speaker(self, speaker: Speaker) -> LocalText:
        """Return what a speaker whom a document names is called."""
        if self.knows(speaker):
            return localize(speaker.name, self._reader)
        number = self._numbers.get(speaker.code)
        return self._own(gettext("(deleted)") if number is None else numbered(number))

    def knows(self, speaker: Speaker) -> bool:
        """Tell whether the reader may know what a document calls a speaker."""
        if self._discretion is None:
            return True
        # A name that somebody has no more is theirs alone to tell.
        return self._discretion.name_of(_part_of(speaker)) == speaker.name

    def allows(self, *texts: str) -> bool:
        """Tell whether texts may be shown to the reader."""
        return self._discretion is None or all(map(self._discretion.allows, texts))

    def _allows(self, person: Appearance) -> bool:
        return self._discretion is None or self._discretion.name_of(person) is not None

    def _own(self, text: str) -> LocalText:
        return LocalText(text, self._reader, False)


def _part_of(speaker: Speaker) -> Appearance:
    return Appearance(role=Role.SPEAKER, speaker=speaker.code)
