"""Pages of the application as pages of a folder: what they lead to, and what they lose.

Only tags are looked at, which the application wrote: within texts every ``<`` is escaped.
"""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

from markupsafe import escape

from planner.exporting.places import Place, Places, way_between

_TAG = re.compile(r"<(?:a|link|script|img)\b[^<>]*>")
_ADDRESS = re.compile(r'(?<= )(href|src)="(/[^"]*)"')
#: Scripts that need no server. The others are taken out.
_ALONE = ("/programme.js", "/copy.js")
_SCRIPT = re.compile(r'<script [^<>]*\bsrc="([^"?]*)[^<>]*></script>\n?')
_SEARCH = re.compile(r'<form\b(?=[^<>]*method="get")[^<>]*>.*?</form>', re.S)
#: Stars, forms, what has a page kept on a device, and what is true on one day only.
_OF_SERVER = re.compile(
    r'<form\b.*?</form>|<button class="star\b.*?</button>|<link rel="manifest"[^<>]*>'
    r'|<div class="offline-bar".*?</div>|<aside class="today".*?</aside>',
    re.S,
)


class Leading:
    """Turns the pages of one event into pages of a folder, and notes which files they load."""

    def __init__(self, places: Places, base_url: str) -> None:
        self._places = places
        self._base_url = base_url
        #: Style sheets, pictures and whatever else pages load or lead to, by their addresses.
        self.loaded: set[Place] = set()

    def page(self, place: Place, page: str, search: str, copy: tuple[str, str]) -> str:
        """Return a page as it stands in the folder.

        ``search`` are the words that lead from where the form was to the programme in one file,
        ``copy`` that it is a copy, and those that lead to the page that is kept up to date.
        """
        lang = place.file.split("/")[0]
        one_file = way_between(place.file, f"{lang}/one-file.html")
        found = f'<p><a class="button" href="{one_file}">{escape(search)}</a></p>'
        page = _SEARCH.sub(lambda _: found, page)
        page = _OF_SERVER.sub("", page)
        page = _SCRIPT.sub(_kept_script, page)
        page = _TAG.sub(lambda tag: self._tag(tag[0], place), page)
        live = escape(self._base_url + place.address)
        told = f'<p>{escape(copy[0])} <a href="{live}">{escape(copy[1])}</a></p>\n'
        return page.replace("</footer>", f"{told}</footer>", 1)

    def _tag(self, tag: str, place: Place) -> str:
        return _ADDRESS.sub(lambda found: f'{found[1]}="{self._way(found[2], place)}"', tag)

    def _way(self, written: str, place: Place) -> str:
        address = unescape(written)
        parts = urlsplit(address)
        try:
            target = self._places.of(address)
        except LookupError:
            return str(escape(self._base_url + address))
        if target.file == place.file and "/programme" not in target.file and parts.query:
            target = self._places.of(parts.path)  # from the page of a theme on to the programme
        if target.file.startswith(("static/", "photos/")):
            self.loaded.add(target)
        way = way_between(place.file, target.file)
        if target.file.startswith("static/") and parts.query:
            way += f"?{parts.query}"
        if parts.fragment:
            way += f"#{parts.fragment}"
        return str(escape(way))


def _kept_script(script: re.Match[str]) -> str:
    return script[0] if script[1].endswith(_ALONE) else ""


def files_of_sheet(file: str, sheet: str, fetch: Callable[[str], None]) -> None:
    """Call ``fetch`` with each file, named as in the folder, that a style sheet loads."""
    for name in re.findall(r'url\("([^":]+)"\)', sheet):
        fetch(f"{file.rpartition('/')[0]}/{name}")
