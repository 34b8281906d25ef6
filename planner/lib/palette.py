"""The eight colours of themes, tested for contrast in light and dark (WCAG 2.2, 1.4.3)."""

from enum import StrEnum


class Colour(StrEnum):
    """A theme's colour; the stylesheet holds its values, this its name."""

    TERRACOTTA = "terracotta"
    AMBER = "amber"
    OLIVE = "olive"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    ROSE = "rose"


#: The nearest CSS3 colour name, which calendars ask for (RFC 7986, section 5.9).
CSS3_NAMES = {
    Colour.TERRACOTTA: "sienna",
    Colour.AMBER: "goldenrod",
    Colour.OLIVE: "olive",
    Colour.GREEN: "seagreen",
    Colour.TEAL: "teal",
    Colour.BLUE: "steelblue",
    Colour.VIOLET: "slateblue",
    Colour.ROSE: "palevioletred",
}

#: The values that bars have on a light page in the stylesheet, for formats that ask for one.
HEX_VALUES = {
    Colour.TERRACOTTA: "#c55c43",
    Colour.AMBER: "#ab7302",
    Colour.OLIVE: "#7e8900",
    Colour.GREEN: "#319751",
    Colour.TEAL: "#029393",
    Colour.BLUE: "#3284d0",
    Colour.VIOLET: "#876cca",
    Colour.ROSE: "#bc598c",
}
