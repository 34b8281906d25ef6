"""The printed programme: A4, one document per language."""

import ctypes
import io
from contextlib import suppress
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

import segno
from flask import render_template

from planner.formats.pdf_overview import tables
from planner.formats.pdf_texts import Wording
from planner.formats.pdf_typesetting import Manuscript, typeset
from planner.i18n.formats import date_range, short_date
from planner.i18n.languages import language
from planner.programme.published import Published

_PANGO = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")


@cache
def is_possible() -> bool:
    """Tell whether WeasyPrint and Pango are there, without loading them all (half a second)."""
    if find_spec("weasyprint") is None:
        return False
    for name in _PANGO:
        with suppress(OSError):
            ctypes.CDLL(name)
            return True
    return False


def document(published: Published, lang: str, base_url: str, files: Path) -> bytes:
    """Return the programme as PDF; ``lang`` must be spoken already.

    ``files`` is the folder of the package's fonts and pictures. The same release gives the same
    octets.

    :raises planner.formats.pdf_typesetting.TypesettingError: when it cannot be made.
    """
    wording = Wording(published, lang, base_url)
    return typeset(
        Manuscript(
            html=page(published, lang, wording),
            pictures={"qr.svg": _qr_code(wording.address())},
            files=str(files),
            identifier=published.digest[:32],
        )
    )


def page(published: Published, lang: str, wording: Wording) -> str:
    """Return the programme as the HTML that is set as PDF."""
    event = published.event
    return render_template(
        "pdf/programme.html",
        published=published,
        language=language(lang),
        wording=wording,
        dates=date_range(event.first_day, event.last_day, lang),
        day_name=partial(short_date, reader=lang),
        overviews={day: tables(published, day) for day in published.sessions_by_day},
        index=wording.index(),
    )


def _qr_code(address: str) -> bytes:
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return picture.getvalue()
