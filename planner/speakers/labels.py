"""The words of speakers that only organizers read, in the language spoken now."""

from flask_babel import gettext

from planner.i18n.labels import N_
from planner.speakers.models import Visibility

_VISIBILITIES = {
    Visibility.PUBLIC: N_("Named in public"),
    Visibility.PSEUDONYM: N_("Under a pseudonym"),
    Visibility.WITHHELD: N_("Name withheld from the public"),
}


def visibility_label(visibility: Visibility) -> str:
    """Return how the public may know a speaker, in words."""
    return str(gettext(_VISIBILITIES[visibility]))
