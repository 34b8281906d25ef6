"""The public pages of an event as a folder of plain files, for any web space or a stick."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app, render_template
from flask.testing import FlaskClient
from flask_babel import gettext

from planner.exporting.folder import Folder, Written, replacing
from planner.exporting.leading import Leading, files_of_sheet
from planner.exporting.places import Place, Places
from planner.i18n.content import localize
from planner.i18n.interface import speaking
from planner.i18n.languages import INTERFACE
from planner.programme.published import Published
from planner.public.assets import assets
from planner.public.errors import told
from planner.public.programmes import source

_OK, _NOT_FOUND = 200, 404
#: What an installation need not be able to make.
_NOT_EVERYWHERE = ".pdf"


class UnknownProgrammeError(Exception):
    """There is no programme of this event to export."""


def write_site(slug: str, folder: Path, progress: Callable[[int, int], None]) -> Written:
    """Write the site of an event; ``progress`` is told how many pages of how many are done.

    :raises UnknownProgrammeError: when nothing of the event is public.
    :raises planner.lib.refusals.RefusedError: when the folder cannot be written, or is not ours.
    """
    published = source().current(slug)
    if published is None:
        raise UnknownProgrammeError(slug)
    with replacing(folder) as site, current_app.test_request_context():
        _Writer(published, site).write(progress)
        site.finish(slug, published.release.number, published.digest)
        return site.written


class _Writer:
    """Writes all files of one programme."""

    def __init__(self, published: Published, site: Folder) -> None:
        self._published = published
        self._site = site
        self._base_url: str = current_app.config["BASE_URL"]
        self._places = Places(current_app, published)
        self._leading = Leading(self._places, self._base_url)
        self._client: FlaskClient = current_app.test_client()
        self._words = {lang: _words(lang) for lang in INTERFACE}

    def write(self, progress: Callable[[int, int], None]) -> None:
        """Write pages, then what they load, then the way in."""
        pages = list(dict.fromkeys(self._places.pages()))
        for number, place in enumerate(pages, 1):
            self._write_page(place)
            progress(number, len(pages))
        for place in sorted(self._leading.loaded, key=lambda place: place.file):
            self._write_file(place)
        for name in ("index", "404"):
            page = render_template(f"site/{name}.html", **self._context())
            self._site.write(f"{name}.html", page.encode())
        self._site.write("choose.js", assets().body("site_choose.js"))

    def _write_page(self, place: Place) -> None:
        content = self._fetched(place.address)
        if content is None:
            self._places.lacking.add(place.file)
            return
        if place.file.endswith(".html") and not place.file.endswith("/one-file.html"):
            words = self._words[place.file.split("/")[0]]
            content = self._leading.page(place, content.decode(), *words).encode()
        self._site.write(place.file, content)

    def _write_file(self, place: Place) -> None:
        content = self._fetched(place.address) or b""
        self._site.write(place.file, content)
        if place.file.endswith(".css"):
            files_of_sheet(place.file, content.decode(), self._write_loaded)

    def _write_loaded(self, name: str) -> None:
        if name not in self._site:
            self._site.write(name, assets().body(name.removeprefix("static/")))

    def _fetched(self, address: str) -> bytes | None:
        """Return what the public would get; None for what cannot be made here."""
        response = self._client.get(address, base_url=self._base_url)
        if response.status_code != _OK and address.endswith(_NOT_EVERYWHERE):
            return None
        if response.status_code != _OK:
            raise click.ClickException(f"{address} cannot be made ({response.status_code}).")
        return bytes(response.data)

    def _context(self) -> dict[str, object]:
        event = self._published.event
        return {
            "event": event,
            "live": f"{self._base_url}/{event.slug}/",
            "languages": [
                (language, localize(event.name, code, order=event.languages), self._not_there(code))
                for code, language in INTERFACE.items()
            ],
        }

    def _not_there(self, lang: str) -> tuple[str, str]:
        with speaking(lang):
            return told(_NOT_FOUND)


def _words(lang: str) -> tuple[str, tuple[str, str]]:
    with speaking(lang):
        return gettext("Filter and search in one file"), (
            gettext("This page is a copy and stays as it is."),
            gettext("See what it says now"),
        )
