"""Draw the pictures that messengers show beside a link: the weave, for each colour of themes.

They hold no words, so that they serve every language: title and description stand beside them.
Run it when a colour or the mark changes: ``python tools/cards.py``.
"""

import re
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from planner.lib.palette import HEX_VALUES

_STATIC = Path(__file__).resolve().parent.parent / "planner" / "static"
_SIZE: Final = (1200, 630)
_PAPER, _LINE = "#fbf8f2", "#e4dccf"
#: The mark is drawn on a field of 32 × 32.
_FIELD: Final = 32
#: Drawn larger, then made smaller, for smooth edges.
_SCALE: Final = 2
_RECTANGLE = re.compile(r"M(\d+) (\d+)H(\d+)V(\d+)")
_PATH = re.compile(r'<path fill="(#[0-9a-f]{6})" d="([^"]+)"')


def main() -> None:
    """Draw one for events and one for each colour."""
    folder = _STATIC / "cards"
    folder.mkdir(exist_ok=True)
    _card(None).save(folder / "event.png", optimize=True)
    for colour, value in HEX_VALUES.items():
        _card(value).save(folder / f"{colour.value}.png", optimize=True)


def _card(accent: str | None) -> Image.Image:
    """Return the card: the mark between two bands of weave, in its colours or in one."""
    width, height = (side * _SCALE for side in _SIZE)
    image = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(image)
    band = 64 * _SCALE
    for top in (0, height - band):
        for left in range(0, width + band, band):
            _weave(draw, left, top, band, accent or _LINE)
    side = 300 * _SCALE
    _weave(draw, (width - side) // 2, (height - side) // 2, side, accent)
    return image.resize(_SIZE, Image.Resampling.LANCZOS).quantize(32)


def _weave(draw: ImageDraw.ImageDraw, left: int, top: int, side: int, only: str | None) -> None:
    """Draw the mark, as large as ``side``; all in one colour if there is one."""
    for colour, path in _PATH.findall((_STATIC / "mark.svg").read_text(encoding="utf-8")):
        for corners in _RECTANGLE.findall(path):
            x0, y0, x1, y1 = (int(corner) * side // _FIELD for corner in corners)
            draw.rectangle((left + x0, top + y0, left + x1 - 1, top + y1 - 1), fill=only or colour)


if __name__ == "__main__":
    main()
