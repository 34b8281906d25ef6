"""Codes that carry an address from paper or a screen to a phone."""

from io import BytesIO

import segno
from flask import current_app

#: Dark on light in dark surroundings too, because cameras want it so.
_INK, _PAPER = "#221e1a", "#ffffff"
#: The light margin that a reader of codes needs, in modules (ISO/IEC 18004, section 5.3.8).
_QUIET_ZONE = 4


def qr_code(path: str) -> bytes:
    """Return a QR code of an address of this installation, as SVG."""
    svg = BytesIO()
    segno.make_qr(f"{current_app.config['BASE_URL']}{path}", error="m").save(
        svg,
        kind="svg",
        border=_QUIET_ZONE,
        dark=_INK,
        light=_PAPER,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )
    return svg.getvalue()
