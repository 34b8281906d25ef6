"""What requirements are called in the language spoken now."""

from flask_babel import gettext

from planner.readiness import requirements as _registered  # noqa: F401 -- registers them
from planner.readiness.registry import requirements


def requirement_label(key: str) -> str:
    """Return what is met when a requirement is; of one that is no longer known, its key."""
    found = requirements().get(key)
    return str(gettext(found.label)) if found else key
