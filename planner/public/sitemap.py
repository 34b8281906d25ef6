"""What search engines are to visit: the pages of each event, with their other languages.

See sitemaps.org (protocol 0.9) and, for the languages, the alternates that it is extended by.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response, current_app, url_for

from planner.i18n.languages import INTERFACE
from planner.programme.published import Published
from planner.public.delivery import deliver
from planner.public.programmes import published_or_404, source

bp = Blueprint("sitemap", __name__)
_TYPE = "application/xml; charset=utf-8"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
#: No more than so many addresses stand in one file; a programme has hardly a tenth of that.
_MOST = 50_000


@bp.get("/sitemap.xml")
def index() -> Response:
    """Send the list of the lists, one for each event."""
    base: str = current_app.config["BASE_URL"]
    entries = "".join(
        _element("sitemap", base + url_for(".event", event=each.event.slug), _moment(each))
        for each in source().events()
    )
    body = f"{_DECLARATION}<sitemapindex {_NAMESPACES}>\n{entries}</sitemapindex>\n"
    return Response(body, content_type=_TYPE, headers={"Cache-Control": "public, max-age=300"})


@bp.get("/<event>/sitemap.xml")
def event(event: str) -> Response:
    """Send the list of the pages of an event."""
    published = published_or_404(event)
    base: str = current_app.config["BASE_URL"]
    return deliver(published, partial(_pages, published, base), content_type=_TYPE, max_age=300)


def _pages(published: Published, base: str) -> bytes:
    per_page = len(INTERFACE)
    found = islice(_addresses(published), _MOST // per_page)
    entries = "".join(
        _element("url", base + addresses[lang], changed_at, _alternates(base, addresses))
        for addresses, changed_at in found
        for lang in INTERFACE
    )
    return f"{_DECLARATION}<urlset {_NAMESPACES}>\n{entries}</urlset>\n".encode()


def _addresses(published: Published) -> Iterator[tuple[dict[str, str], str]]:
    """Yield every page that is worth finding, by language, and when it changed."""
    released = _moment(published)
    slug = published.event.slug
    for endpoint in ("pages.event", "pages.programme"):
        yield _in_all(endpoint, slug), released
    for theme in published.theme_by_slug:
        yield _in_all("pages.theme", slug, slug=theme), released
    for room in published.room_by_slug:
        yield _in_all("pages.room", slug, slug=room), released
    for session in published.sessions:
        yield _in_all("pages.session", slug, code=session.code), _written(session.changed_at)
    for code in published.speaker_by_code:
        yield _in_all("pages.speaker", slug, code=code), released


def _in_all(endpoint: str, event: str, **values: Any) -> dict[str, str]:
    return {lang: url_for(endpoint, lang=lang, event=event, **values) for lang in INTERFACE}


def _alternates(base: str, addresses: dict[str, str]) -> str:
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(base + address)}/>'
        for lang, address in addresses.items()
    )


def _element(name: str, address: str, changed_at: str, more: str = "") -> str:
    location = address.replace("&", "&amp;")
    return f"<{name}><loc>{location}</loc><lastmod>{changed_at}</lastmod>{more}</{name}>\n"


def _moment(published: Published) -> str:
    return _written(published.release.published_at)


def _written(moment: datetime) -> str:
    """Return a moment to the second, as W3C's note on dates has it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
