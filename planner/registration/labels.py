"""How registrations stand, and what messages say, in words."""

from flask_babel import gettext

from planner.i18n.labels import N_
from planner.notices.models import NoticeKind
from planner.participants.models import Standing

_STANDINGS = {
    Standing.REGISTERED: N_("Registered"),
    Standing.WAITING: N_("Waiting"),
    Standing.UNCONFIRMED: N_("Not confirmed"),
    Standing.CANCELLED: N_("Registration cancelled"),
}
_KINDS = {
    NoticeKind.CONFIRMING: N_("Asks to confirm the registration"),
    NoticeKind.REGISTRATION: N_("Carries the private link"),
    NoticeKind.MOVED_UP: N_("Tells of the place that became free"),
    NoticeKind.CALLED_OFF: N_("Tells that organizers cancelled it"),
}


def standing_label(standing: Standing) -> str:
    """Return how a registration stands, in words."""
    return str(gettext(_STANDINGS[standing]))


def message_label(kind: NoticeKind) -> str:
    """Return what a message to a participant says, in words."""
    return str(gettext(_KINDS[kind]))
