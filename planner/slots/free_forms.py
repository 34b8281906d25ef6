"""The form in which a speaker says when they are free."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import SelectMultipleField, TextAreaField, ValidationError
from wtforms.validators import Length

from planner.events.hours import Hours, hours_of
from planner.lib.intervals import Interval
from planner.lib.text import clean_text
from planner.slots.frame import SpeakForm
from planner.slots.free import become, checked, grid_of
from planner.speakers.models import Speaker

#: The button that says «free at all times».
ALWAYS = "always"
_MOST_LETTERS = 2_000


class FreeForm(SpeakForm):
    """The cells in which somebody is free, and a note."""

    cells = SelectMultipleField(validate_choice=False)
    note = TextAreaField(
        lazy_gettext("What we should know"),
        [Length(max=_MOST_LETTERS)],
        description=lazy_gettext("For example when you arrive and leave, or hours of prayer."),
        filters=[lambda text: clean_text(text or "")],
    )

    def __init__(self, speaker: Speaker, **kwargs: Any) -> None:
        hours = hours_of(speaker.event)
        self.grid = grid_of(hours)
        self.free = intervals_of(speaker)
        #: Cells that somebody else changed meanwhile.
        self.changed: set[str] = set()
        super().__init__(data={**values_of(speaker, hours), "version": speaker.version}, **kwargs)
        if ALWAYS in request.form:
            self.cells.data = [cell.value for cell in self.grid.cells]

    @property
    def is_always(self) -> bool:
        """Whether somebody pressed that they are free at all times."""
        return ALWAYS in request.form

    def validate_cells(self, field: SelectMultipleField) -> None:
        """Refuse somebody who is never free: no hour at all would mean any hour.

        :raises ValidationError: then.
        """
        if not self.is_always and not become(self.grid, self.free, field.data) and not field.data:
            raise ValidationError(
                gettext("Mark one hour at least. If you cannot come at all, say so in My slots.")
            )

    def rejoin(self, speaker: Speaker) -> bool:
        """Join what was entered with what the speaker has become.

        Tell whether all of it stands there already: it was sent twice.
        """
        self.free = intervals_of(speaker)
        present = values_of(speaker)
        self.meet(present, speaker.version)
        return set(self.cells.data) == set(present["cells"]) and self.note.data == present["note"]

    def meet(self, current: Mapping[str, Any], version: int) -> None:
        """Join what was entered with what is there now, cell by cell: these never clash."""
        base, theirs = _shown(self.base.data), set(current["cells"])
        mine = set(self.cells.data)
        self.changed = base ^ theirs
        super().meet(current, version)
        self.cells.data = sorted(mine ^ ((base ^ theirs) - (base ^ mine)))
        self.clashes.pop("cells", None)
        if self.changed and "cells" not in self.taken:
            self.taken.append("cells")


def _shown(base: str | None) -> set[str]:
    """Return the cells that were checked when the form was shown."""
    try:
        return {str(cell) for cell in json.loads(base or "{}").get("cells") or ()}
    except (ValueError, AttributeError, TypeError):
        return set()


def intervals_of(speaker: Speaker) -> list[Interval]:
    """Return when a speaker is free as far as they said so."""
    return [(span.starts_at, span.ends_at) for span in speaker.free]


def values_of(speaker: Speaker, hours: Mapping[date, Hours] | None = None) -> dict[str, Any]:
    """Return what the form of a speaker holds."""
    grid = grid_of(hours or hours_of(speaker.event))
    return {"cells": checked(grid, intervals_of(speaker)), "note": speaker.free_note}
