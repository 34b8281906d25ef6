"""The words of what organizers ask of the timetable, in the language spoken now."""

from flask_babel import gettext

from planner.i18n.labels import N_
from planner.timetable.models import Relation

_RELATIONS = {
    Relation.BEFORE: N_("before"),
    Relation.APART: N_("not at the same time as"),
    Relation.SAME_ROOM: N_("in the same room as"),
}


def relation_label(relation: Relation) -> str:
    """Return how one session must stand to another, in words that stand between both."""
    return str(gettext(_RELATIONS[relation]))
