"""What requirements are called in the language spoken now."""

from flask_babel import gettext

from planner.history import fields
from planner.readiness import requirements as _registered  # noqa: F401 -- registers them
from planner.readiness.registry import requirements
from planner.readiness.weighing import Finding


def requirement_label(key: str) -> str:
    """Return what is met when a requirement is; of one that is no longer known, its key."""
    found = requirements().get(key)
    return str(gettext(found.label)) if found else key


def unmet_in_a_line(found: Finding) -> str:
    """Return a requirement that is not met for who reads a terminal."""
    binds = ", binds" if found.is_binding else ""
    key = found.requirement.key
    return f"{key}: {requirement_label(key)} ({len(found.missing)} missing{binds})"


fields.VALUES["binding"] = requirement_label
