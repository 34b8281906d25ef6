"""What the journal says of who joins an event and leaves it."""

from typing import Any

from planner.accounts.models import MemberRole
from planner.accounts.words import role_label
from planner.i18n.interface import speaking
from planner.i18n.labels import N_
from planner.i18n.languages import INTERFACE
from planner.journal import words

JOINED = words.action("member.joined", N_("%(name)s joined as: %(role)s"))
INVITED = words.action("member.invited", N_("%(name)s invited as: %(role)s"))
WITHDRAWN = words.action("member.withdrawn", N_("Invitation of %(name)s withdrawn"))
CHANGED = words.action("member.changed", N_("Part of %(name)s changed: %(role)s"))
REMOVED = words.action("member.removed", N_("%(name)s removed from the organizers"))


def role_texts(role: MemberRole) -> dict[str, Any]:
    """Return a fact of the journal: a role, in every language of the interface."""
    told = {}
    for code in INTERFACE:
        with speaking(code):
            told[code] = role_label(role)
    return words.texts(told, "en")
