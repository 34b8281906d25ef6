"""What changed from release to release: a page, and a feed of it."""

from collections.abc import Iterable

from flask import Blueprint, Response, current_app

from planner.i18n.interface import speaking
from planner.programme.published import Published
from planner.public.atom import feed_of_changes
from planner.public.delivery import HTML, deliver
from planner.public.history import history
from planner.public.layout import render_page
from planner.public.programmes import EVENT_ADDRESS, published_or_404, releases_until
from planner.public.telling import words_of_changes

bp = Blueprint("changes", __name__, url_prefix=EVENT_ADDRESS)
_ATOM = "application/atom+xml; charset=utf-8"
_MAX_AGE = 300


@bp.get("/changes")
def changes(lang: str, event: str) -> Response:
    """Show every release, the newest first, and what it changed."""
    published = published_or_404(event)

    def make() -> bytes:
        with speaking(lang):
            return changes_page(published, lang, releases_until(published))

    return deliver(published, make, content_type=HTML)


@bp.get("/changes.atom")
def atom(lang: str, event: str) -> Response:
    """Send the feed of what each release changed."""
    published = published_or_404(event)

    def make() -> bytes:
        with speaking(lang):
            base_url: str = current_app.config["BASE_URL"]
            return feed_of_changes(published, lang, releases_until(published), base_url)

    return deliver(published, make, content_type=_ATOM, max_age=_MAX_AGE)


def changes_page(published: Published, lang: str, releases: Iterable[Published]) -> bytes:
    """Return the page of what releases, the newest first, changed; ``published`` is the newest."""
    return render_page(
        "public/changes.html",
        lang,
        published,
        releases=history(releases, lang),
        **words_of_changes(published, lang),
    )
