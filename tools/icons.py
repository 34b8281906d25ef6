"""Draw the icons of the home screen from the mark, which is made of rectangles only.

The maskable ones stand on paper, within the circle that every system leaves (four fifths across).
"""

import re
from pathlib import Path

from PIL import Image, ImageDraw

STATIC = Path(__file__).resolve().parent.parent / "planner/static"
MARK = STATIC / "mark.svg"
FOLDER = STATIC / "icons"
PAPER = "#fbf8f2"
#: The mark is drawn on a square of so many units.
UNITS = 32
#: Name, width in pixels, share of the width that the mark takes, what is behind it.
ICONS = (
    ("icon-192.png", 192, 1.0, None),
    ("icon-512.png", 512, 1.0, None),
    ("maskable-192.png", 192, 0.56, PAPER),
    ("maskable-512.png", 512, 0.56, PAPER),
    ("touch-180.png", 180, 0.72, PAPER),
)
_PATH = re.compile(r'<path fill="(#[0-9a-f]{6})" d="([^"]+)"/>')
_RECTANGLE = re.compile(r"M(\d+) (\d+)H(\d+)V(\d+)H\1z")


def draw(width: int, share: float, behind: str | None) -> Image.Image:
    """Return the mark as a square picture of that many pixels."""
    picture = Image.new("RGBA", (width, width), behind or (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    unit = width * share / UNITS
    margin = (width - unit * UNITS) / 2
    for colour, path in _PATH.findall(MARK.read_text(encoding="utf-8")):
        for corners in _RECTANGLE.findall(path):
            left, top, right, bottom = (round(margin + unit * int(value)) for value in corners)
            pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)
    return picture.quantize(64) if behind else picture


def main() -> None:
    """Write the icons."""
    FOLDER.mkdir(exist_ok=True)
    for name, *how in ICONS:
        draw(*how).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
