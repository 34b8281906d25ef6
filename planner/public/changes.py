"""The page of what changed from release to release."""

from functools import partial

from flask import Blueprint, Response

from planner.i18n.interface import speaking
from planner.programme.published import Published
from planner.public.delivery import HTML, deliver
from planner.public.history import Group, history
from planner.public.layout import render_page
from planner.public.programmes import EVENT_ADDRESS, published_or_404, source

bp = Blueprint("changes", __name__)


@bp.get(f"{EVENT_ADDRESS}/changes")
def changes(lang: str, event: str) -> Response:
    """Show every release, the newest first, and what it changed."""
    published = published_or_404(event)
    return deliver(published, partial(_page, published, lang), content_type=HTML)


def _page(published: Published, lang: str) -> bytes:
    releases = history(source().history(published.event.slug), lang)
    with speaking(lang):
        return render_page(
            "public/changes.html", lang, published, releases=releases, groups=list(Group)
        )
