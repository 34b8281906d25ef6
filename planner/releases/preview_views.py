"""The addresses of the preview: those of the public pages, for organizers and before a release."""

from functools import partial

from flask import Blueprint, Response, abort, request

from planner.accounts.access import authorise
from planner.i18n.languages import INTERFACE
from planner.public import days, details
from planner.public.changes import changes_page
from planner.public.filters import Filters
from planner.public.layout import render_page
from planner.public.photos import photo_or_404
from planner.releases.preview import next_published, shown, today_in, unkept, with_what_was_public

_PREFIX = "/desk/<event>/releases/next"
_IN = f"/<any({','.join(INTERFACE)}):lang>"
bp = Blueprint("preview", __name__, url_prefix=_PREFIX)


@bp.get(f"{_IN}/")
def event(event: str, lang: str) -> Response:
    """Show the page of the event as it would be."""
    access = authorise(event)
    published = next_published(access)
    return shown(event, lang, lambda: details.event_page(published, lang))


@bp.get(f"{_IN}/programme")
def programme(event: str, lang: str) -> Response:
    """Show the programme as it would be, with its filters."""
    access = authorise(event)
    published, asked = next_published(access), Filters.of(request.args)

    def make() -> bytes:
        return days.programme_page(published, lang, asked, today_in(published, lang))

    return shown(event, lang, make)


@bp.get(f"{_IN}/sessions/<code>")
def session(event: str, lang: str, code: str) -> Response:
    """Show a session as it would be."""
    access = authorise(event)
    published = next_published(access)
    found = published.session_by_code.get(code) or abort(404)
    return shown(event, lang, lambda: details.session_page(published, lang, found))


@bp.get(f"{_IN}/speakers/<code>")
def speaker(event: str, lang: str, code: str) -> Response:
    """Show somebody who would be named."""
    access = authorise(event)
    published = next_published(access)
    found = published.speaker_by_code.get(code) or abort(404)
    return shown(event, lang, lambda: details.speaker_page(published, lang, found))


@bp.get(f"{_IN}/themes/<slug>")
def theme(event: str, lang: str, slug: str) -> Response:
    """Show a theme as it would be."""
    access = authorise(event)
    published = next_published(access)
    found = published.theme_by_slug.get(slug) or abort(404)
    return shown(event, lang, lambda: details.theme_page(published, lang, found))


@bp.get(f"{_IN}/rooms/<slug>")
def room(event: str, lang: str, slug: str) -> Response:
    """Show a room as it would be."""
    access = authorise(event)
    published = next_published(access)
    found = published.room_by_slug.get(slug) or abort(404)
    return shown(event, lang, lambda: details.room_page(published, lang, found))


@bp.get(f"{_IN}/changes")
def changes(event: str, lang: str) -> Response:
    """Show the page of changes as it would be."""
    access = authorise(event)
    published = next_published(access)
    releases = with_what_was_public(published)
    return shown(event, lang, lambda: changes_page(published, lang, releases))


@bp.get(f"{_IN}/later")
def later(event: str, lang: str) -> Response:
    """Say that calendars and files are made only when a programme is released."""
    access = authorise(event)
    published = next_published(access)
    return shown(event, lang, partial(render_page, "releases/later.html", lang, published))


@bp.get("/photos/<filename>")
def photo(event: str, filename: str) -> Response:
    """Send a photo that would be public."""
    access = authorise(event)
    path = photo_or_404(next_published(access), filename)
    return unkept(Response(path.read_bytes(), content_type="image/jpeg"))
