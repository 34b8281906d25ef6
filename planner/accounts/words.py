"""What roles are called, and what they mean."""

from flask_babel import gettext

from planner.accounts.models import MemberRole
from planner.i18n.labels import N_

_ROLES = {
    MemberRole.OWNER: N_("Owner"),
    MemberRole.EDITOR: N_("Editor"),
    MemberRole.TRANSLATOR: N_("Translator"),
    MemberRole.VIEWER: N_("Viewer"),
}
_MEANINGS = {
    MemberRole.OWNER: N_("Everything, and who else may do what."),
    MemberRole.EDITOR: N_("Plans and releases the programme."),
    MemberRole.TRANSLATOR: N_("Writes texts in some languages, and changes nothing else."),
    MemberRole.VIEWER: N_("Looks, and changes nothing."),
}


def role_label(role: MemberRole) -> str:
    """Return what a role is called, in the language spoken now."""
    return str(gettext(_ROLES[role]))


def role_meaning(role: MemberRole) -> str:
    """Return what somebody in a role does, in the language spoken now."""
    return str(gettext(_MEANINGS[role]))
