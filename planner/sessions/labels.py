"""The words of sessions that only organizers read, in the language spoken now."""

from flask_babel import gettext

from planner.events.models import TextState
from planner.i18n.labels import N_
from planner.sessions.models import Answer, State

_STATES = {
    State.PROPOSED: N_("Proposed"),
    State.ACCEPTED: N_("Accepted"),
    State.CONFIRMED: N_("Confirmed"),
    State.WITHDRAWN: N_("Withdrawn"),
}
_TEXT_STATES = {
    TextState.MISSING: N_("Missing"),
    TextState.MACHINE: N_("Machine translation"),
    TextState.DRAFT: N_("Draft text"),
    TextState.REVIEWED: N_("Reviewed"),
}
_ANSWERS = {
    Answer.ASKED: N_("No answer yet"),
    Answer.CONFIRMED: N_("Said yes"),
    Answer.DECLINED: N_("Said no"),
}


def state_label(state: State) -> str:
    """Return how far a session has come, in words."""
    return str(gettext(_STATES[state]))


def text_state_label(state: TextState) -> str:
    """Return how far a text has come, in words."""
    return str(gettext(_TEXT_STATES[state]))


def answer_label(answer: Answer) -> str:
    """Return what a speaker said to being asked, in words."""
    return str(gettext(_ANSWERS[answer]))
