"""What the desk calls the origins of releases, and why one was not published at its hour."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from planner.i18n.labels import N_
from planner.releases.models import Origin

_ORIGINS = {
    Origin.CORRECTION: N_("Correction of one session"),
    Origin.TAKEN_BACK: N_("What release %(number)s said"),
    Origin.REMOVAL: N_("Something was removed"),
}
_MISSED = {
    "released": N_("Release %(number)s became public meanwhile, and this one would undo it."),
    "unreadable": N_("Another version of this program prepared it."),
    "nothing": N_("The public read just that already."),
    "unmet": N_("A requirement that binds was not met any more."),
}


def origin_label(origin: Origin, of_number: int | None = None) -> str | None:
    """Return where the content of a release came from; None for the plan, as usual."""
    words = _ORIGINS.get(origin)
    return str(gettext(words, number=of_number)) if words else None


def missed_label(missed: Mapping[str, Any]) -> str:
    """Return why a release was not published at its hour."""
    words = _MISSED[str(missed["why"])]
    return str(gettext(words, number=missed.get("number")))
