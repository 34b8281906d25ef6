"""The words of the programme, as the interface calls them in the language spoken now."""

from collections.abc import Callable

from flask_babel import gettext

from planner.programme.vocabulary import Change, Kind, Role, Stage, Status

#: Marks a msgid for the extractor (it is among Babel's keywords) without translating it yet.
N_: Callable[[str], str] = str

_KINDS = {
    Kind.PLENARY: N_("Plenary"),
    Kind.PANEL: N_("Panel"),
    Kind.WORKSHOP: N_("Workshop"),
    Kind.TESTIMONY: N_("Testimony"),
    Kind.PERFORMANCE: N_("Performance"),
    Kind.SPORT: N_("Sport"),
    Kind.CEREMONY: N_("Ceremony"),
    Kind.BREAK: N_("Break"),
    Kind.MEAL: N_("Meal"),
    # Most of what others import: “Other” would say less than nothing on a card.
    Kind.OTHER: N_("Session"),
}
_ROLES = {
    Role.SPEAKER: N_("Speaker"),
    Role.MODERATOR: N_("Moderator"),
    Role.FACILITATOR: N_("Facilitator"),
    Role.PERFORMER: N_("Performer"),
    Role.INTERPRETER: N_("Interpreter"),
}
_STAGES = {
    Stage.DRAFT: N_("Draft"),
    Stage.FINAL: N_("Final"),
}
_STATUSES = {
    Status.TENTATIVE: N_("Tentative"),
    Status.CONFIRMED: N_("Confirmed"),
    Status.CANCELLED: N_("Cancelled"),
}
_CHANGES = {
    Change.NEW: N_("New"),
    Change.CANCELLED: N_("Cancelled"),
    Change.RESTORED: N_("Back in the programme"),
    Change.MOVED: N_("New time"),
    Change.ROOM: N_("New room"),
    Change.LENGTH: N_("New length"),
    Change.TEXT: N_("Text changed"),
    Change.PEOPLE: N_("People changed"),
    Change.LANGUAGES: N_("Languages changed"),
    Change.THEME: N_("Theme changed"),
}


def kind_label(kind: Kind) -> str:
    """Return what sort of item a session is, in words."""
    return str(gettext(_KINDS[kind]))


def role_label(role: Role) -> str:
    """Return what a person does in a session, in words."""
    return str(gettext(_ROLES[role]))


def stage_label(stage: Stage) -> str:
    """Return how settled a release is, in words."""
    return str(gettext(_STAGES[stage]))


def status_label(status: Status) -> str:
    """Return how settled a session is, in words."""
    return str(gettext(_STATUSES[status]))


def change_label(change: Change) -> str:
    """Return what happened to a session since the release before, in a few words."""
    return str(gettext(_CHANGES[change]))
