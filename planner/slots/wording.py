"""The words of requests, in the language spoken now."""

from flask_babel import gettext

from planner.i18n.labels import N_
from planner.slots.models import Outcome, Wish

_WISHES = {
    Wish.HOUR: N_("Another hour"),
    Wish.LENGTH: N_("More or less time"),
    Wish.EQUIPMENT: N_("Equipment"),
    Wish.INTERPRETATION: N_("Interpretation"),
    Wish.CO_SPEAKER: N_("Somebody with me"),
    Wish.OTHER: N_("Something else"),
    Wish.ERASURE: N_("To be erased"),
}
_OUTCOMES = {
    Outcome.OPEN: N_("Waits for an answer"),
    Outcome.ACCEPTED: N_("Agreed"),
    Outcome.REFUSED: N_("Not possible"),
    Outcome.WITHDRAWN: N_("Taken back"),
}


def wish_label(wish: Wish) -> str:
    """Return what somebody asks for, in a few words."""
    return str(gettext(_WISHES[wish]))


def outcome_label(outcome: Outcome) -> str:
    """Return what became of a request, in a few words."""
    return str(gettext(_OUTCOMES[outcome]))
