"""The printed programme: in one language or in several, on A4 or as a booklet of A5."""

import ctypes
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import segno
from flask import get_template_attribute, render_template
from markupsafe import Markup

from planner.formats.pdf_editions import Edition
from planner.formats.pdf_overview import Table, tables
from planner.formats.pdf_patterns import patterns
from planner.formats.pdf_texts import Entry, Wording
from planner.formats.pdf_typesetting import Manuscript, typeset
from planner.i18n.content import LocalText
from planner.i18n.formats import date_range, short_date
from planner.i18n.interface import speaking
from planner.i18n.languages import Language, language
from planner.lib.palette import Colour
from planner.programme.document import Session
from planner.programme.published import Published

_PANGO = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")
#: As many rooms as can be told side by side on A4, and on A5.
_WIDEST, _WIDEST_OF_BOOKLET = 5, 3


@cache
def is_possible() -> bool:
    """Tell whether WeasyPrint, pypdf and Pango are there, without loading them all."""
    if find_spec("weasyprint") is None or find_spec("pypdf") is None:
        return False
    for name in _PANGO:
        with suppress(OSError):
            ctypes.CDLL(name)
            return True
    return False


def document(
    published: Published, edition: Edition, base_url: str, files: Path, *, behind: bool = False
) -> bytes:
    """Return the programme as PDF; needs an application context.

    ``files`` is the folder of the package's fonts and pictures. ``behind`` is for what nobody
    waits for. The same release gives the same octets.

    :raises planner.formats.pdf_typesetting.TypesettingError: when it cannot be made.
    """
    wording = Wording(published, edition.languages[0], base_url)
    codes = {"programme": wording.address(), "subscribe": wording.address("subscribe")}
    pictures = {f"qr-{name}.svg": _qr_code(address) for name, address in codes.items()}
    return typeset(
        Manuscript(
            html=page(published, edition, base_url),
            pictures={**pictures, **patterns()},
            files=str(files),
            identifier=published.digest[:32],
            is_booklet=edition.is_booklet,
            from_right=edition.direction == "rtl",
            behind=behind,
        )
    )


def page(published: Published, edition: Edition, base_url: str) -> str:
    """Return the programme as the HTML that is set as PDF."""
    with speaking(edition.languages[0]):
        tongues = tuple(Wording(published, lang, base_url) for lang in edition.languages)
        return render_template(
            "pdf/programme.html",
            published=published,
            edition=edition,
            language=language(edition.languages[0]),
            tongues=tongues,
            told=partial(_told, edition),
            day_called=partial(_day_called, edition.languages),
            entries=partial(_entries, tongues),
            colours=[*(colour.value for colour in Colour), "none"],
        )


@dataclass(frozen=True)
class _Of:
    """What parts of the document are made of besides their words."""

    language: Language
    #: Whether it is the first of the document's languages.
    is_first: bool
    dates: str
    day_name: Callable[[date], str]
    tables: Callable[[date], tuple[Table, ...]]


def _told(edition: Edition, part: str, wording: Wording) -> Markup:
    """Return a part of the document in the language of its words."""
    event = wording.published.event
    widest = _WIDEST_OF_BOOKLET if edition.is_booklet else _WIDEST
    of = _Of(
        language=language(wording.lang),
        is_first=wording.lang == edition.languages[0],
        dates=date_range(event.first_day, event.last_day, wording.lang),
        day_name=partial(short_date, reader=wording.lang),
        tables=partial(tables, wording.published, widest=widest),
    )
    return _made("pdf/parts.html", part, wording, of)


def _made(template: str, macro: str, wording: Wording, *arguments: object) -> Markup:
    with speaking(wording.lang):
        made: Markup = get_template_attribute(template, macro)(wording, *arguments)
    return made


class _Called(NamedTuple):
    """A day as all readers call it: each for themselves, and in one line for headers."""

    names: tuple[LocalText, ...]
    line: str


def _day_called(languages: tuple[str, ...], day: date) -> _Called:
    names = tuple(LocalText(short_date(day, lang), lang, False) for lang in languages)
    if len(names) == 1:
        return _Called(names, names[0].value)
    # Isolated from one another, because a header is one text without marks of language.
    return _Called(names, " · ".join(f"\u2068{name.value}\u2069" for name in names))


def _entries(tongues: Sequence[Wording], session: Session) -> list[tuple[Entry, Language, Markup]]:
    """Return a session in each language that it has a title in, else in the first one.

    An abstract that stands in for one that is missing is not told where it stands beside.
    """
    found: list[tuple[Wording, Entry]] = []
    for wording in tongues:
        with speaking(wording.lang):
            found.append((wording, wording.entry(session)))
    chosen = [each for each in found if not each[1].title.is_fallback] or found[:1]
    has_own = any(entry.has_own_abstract for _, entry in chosen)
    told = []
    for number, (wording, entry) in enumerate(chosen):
        stands_in = not entry.has_own_abstract and (has_own or number > 0)
        shown = entry.without_abstract() if stands_in else entry
        inner = _made("pdf/parts.html", "session_told", wording, shown)
        told.append((shown, language(wording.lang), inner))
    return told


def _qr_code(address: str) -> bytes:
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return picture.getvalue()
