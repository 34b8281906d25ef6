"""What the colours of themes are called."""

from flask_babel import gettext

from planner.i18n.labels import N_
from planner.lib.palette import Colour

_COLOURS = {
    Colour.TERRACOTTA: N_("Terracotta"),
    Colour.AMBER: N_("Amber"),
    Colour.OLIVE: N_("Olive"),
    Colour.GREEN: N_("Green"),
    Colour.TEAL: N_("Teal"),
    Colour.BLUE: N_("Blue"),
    Colour.VIOLET: N_("Violet"),
    Colour.ROSE: N_("Rose"),
}


def colour_label(colour: Colour) -> str:
    """Return what a colour is called, in words."""
    return str(gettext(_COLOURS[colour]))
