"""The patterns that tell themes apart where colours are not printed."""

from planner.lib.palette import HEX_VALUES, Colour

#: What is drawn in a square of 8 × 8, again and again along a bar.
_PATTERNS = {
    Colour.TERRACOTTA: "M0 0H8V8H0z",
    Colour.AMBER: "M0 0H8V4H0z",
    Colour.OLIVE: "M4 1.2A2.8 2.8 0 0 1 4 6.8A2.8 2.8 0 0 1 4 1.2z",
    Colour.GREEN: "M0 0H4L0 4zM8 0V4L4 8H0z",
    Colour.TEAL: "M0 0L4 4L8 0V4L4 8L0 4z",
    Colour.BLUE: "M0 0H4V4H0zM4 4H8V8H4z",
    Colour.VIOLET: "M0 0H2.6V8H0zM5.4 0H8V8H5.4z",
    Colour.ROSE: "M4 0L7 4L4 8L1 4z",
}
#: Of sessions without a theme: a thin line.
_PLAIN = '<path fill="#857b6d" d="M3.2 0H4.8V8H3.2z"/>'


def patterns() -> dict[str, bytes]:
    """Return a picture for each colour, and for none, by the names of their files."""
    drawn = {
        colour.value: f'<path fill="{HEX_VALUES[colour]}" d="{path}"/>'
        for colour, path in _PATTERNS.items()
    }
    return {
        f"pattern-{name}.svg": _picture(shape) for name, shape in {**drawn, "none": _PLAIN}.items()
    }


def _picture(shape: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" viewBox="0 0 8 8">'
        f'<path fill="#fff" d="M0 0H8V8H0z"/>{shape}</svg>'
    ).encode()
