"""What lets a device keep the programme of an event, in one language, for when there is no line.

The worker is a script at the top of all addresses of an event in a language, so its scope holds
neither the desk nor speakers' pages, and what it keeps is dropped with the release that it is of.
It is made anew by every release; one that the browser has keeps the old programme until the new
one is there as a whole, unless that was rewritten because something must not be known any more.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore

import msgspec
from flask import Blueprint, Response, current_app, url_for
from werkzeug.exceptions import ServiceUnavailable

from planner.formats import single_file as formats_single_file
from planner.i18n.interface import speaking
from planner.i18n.languages import INTERFACE, language
from planner.programme.published import Published
from planner.public.assets import assets
from planner.public.delivery import HTML, deliver
from planner.public.layout import reader
from planner.public.offline_bundle import bundle_of, frame
from planner.public.programmes import EVENT_ADDRESS, published_or_404, releases_until

bp = Blueprint("offline", __name__, url_prefix=EVENT_ADDRESS)
#: So many releases are told to the worker; what is kept of an older one is dropped at once.
_RELEASES = 20
#: One bundle is made at a time, which takes seconds for a large event; another request may wait
#: for it, further ones are sent away and come again with the next page.
_places = BoundedSemaphore(2)
_RETRY_SECONDS = 20
_PAPER = "#fbf8f2"
#: What the style sheet asks for. Its font is for pages in Arabic script only.
_PICTURES = ("weave.svg",)
_FONTS = re.compile(r"vendor/[\w.-]+/vazirmatn-arabic-\d+\.woff2")


@bp.get("/worker.js")
def worker(lang: str, event: str) -> Response:
    """Send the script that keeps the programme; without an event there is none, and it ends."""
    published = published_or_404(event)
    return deliver(
        published,
        partial(_worker, published, lang),
        content_type="text/javascript; charset=utf-8",
        max_age=0,
    )


def _worker(published: Published, lang: str) -> bytes:
    address = partial(url_for, lang=lang, event=published.event.slug)
    scope = address("pages.event")
    about = {
        "scope": scope,
        "caches": f"barnama {scope} ",
        "version": f"{published.digest[:12]}-{current_app.extensions['planner.build']}",
        "releases": [each.digest[:12] for each in releases_until(published)[:_RELEASES]],
        "shell": address("offline.page"),
        "bundle": address("offline.bundle"),
        "static": url_for("assets.file", filename="_", v=None).removesuffix("_"),
        "files": _files(lang),
        "agendas": [f"/{code}/{published.event.slug}/agenda" for code in INTERFACE],
    }
    return b"const HERE = " + msgspec.json.encode(about) + b";\n" + assets().body("worker.js")


def _files(lang: str) -> list[str]:
    """Return the addresses of the files that the style sheet of all pages asks for."""
    names = [*_PICTURES]
    if language(lang).direction == "rtl":
        names += sorted(set(_FONTS.findall(assets().body("barnama.css").decode())))
    return [url_for("assets.file", filename=name, v=None) for name in names]


@bp.get("/offline")
def page(lang: str, event: str) -> Response:
    """Show what stands for a page that is not kept; others are put into its frame."""
    published = published_or_404(event)

    def make() -> bytes:
        with speaking(lang):
            return frame(published, lang)

    return deliver(published, make, content_type=HTML, headers=(("X-Robots-Tag", "noindex"),))


@bp.get("/offline.json")
def bundle(lang: str, event: str) -> Response:
    """Send the middles of all pages at once.

    :raises werkzeug.exceptions.ServiceUnavailable: while it is being made for others.
    """
    published = published_or_404(event)

    def make() -> bytes:
        with speaking(lang):
            return bundle_of(published, lang)

    with _place():
        return deliver(published, make, content_type="application/json; charset=utf-8")


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=_RETRY_SECONDS)
    try:
        yield
    finally:
        _places.release()


@bp.get("/manifest.webmanifest")
def manifest(lang: str, event: str) -> Response:
    """Send what the home screen shows: the event's name, its pages, the mark."""
    published = published_or_404(event)
    return deliver(
        published,
        partial(_manifest, published, lang),
        content_type="application/manifest+json; charset=utf-8",
        max_age=300,
    )


@bp.get("/programme.html")
def single_file(lang: str, event: str) -> Response:
    """Send the whole programme as one file, to be passed on without a line."""
    published = published_or_404(event)

    def make() -> bytes:
        files = Path(current_app.root_path) / "static"
        with speaking(lang):
            return formats_single_file.document(
                published, lang, current_app.config["BASE_URL"], files
            )

    return deliver(
        published,
        make,
        content_type=HTML,
        headers=(("Content-Disposition", f'attachment; filename="{event}-{lang}.html"'),),
        max_age=300,
    )


def _manifest(published: Published, lang: str) -> bytes:
    address = partial(url_for, lang=lang, event=published.event.slug)
    local = reader(lang, published)
    name = local(published.event.name)
    return msgspec.json.encode(
        {
            "id": address("pages.event"),
            "name": name.value,
            "short_name": name.value,
            "description": local(published.event.tagline).value,
            "lang": name.lang,
            "dir": name.direction,
            "start_url": address("pages.programme"),
            "scope": address("pages.event"),
            "display": "minimal-ui",
            "background_color": _PAPER,
            "theme_color": _PAPER,
            "icons": [
                {
                    "src": url_for("assets.file", filename=f"icons/{kind}-{width}.png"),
                    "sizes": f"{width}x{width}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for kind, purpose in (("icon", "any"), ("maskable", "maskable"))
                for width in (192, 512)
            ],
        }
    )
