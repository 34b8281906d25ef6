"""The printed programme as PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore, Lock

from flask import Blueprint, Response, abort, current_app
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import ServiceUnavailable

from planner.formats import pdf as formats_pdf
from planner.i18n.interface import speaking
from planner.programme.published import Published
from planner.public.delivery import deliver
from planner.public.programmes import EVENT_ADDRESS, published_or_404

bp = Blueprint("documents", __name__)
_MAX_AGE = 300
#: One document is made at a time; the next request waits for it, further ones are sent away,
#: so that threads remain for readers of pages.
_typesetter = Lock()
_places = BoundedSemaphore(2)
_RETRY_SECONDS = 20


@bp.record_once
def _find_out(state: BlueprintSetupState) -> None:
    state.app.extensions["planner.pdf"] = formats_pdf.is_possible()


@bp.get(f"{EVENT_ADDRESS}/programme.pdf")
def pdf(lang: str, event: str) -> Response:
    """Send the programme for printing, where this installation can make it."""
    if not current_app.extensions["planner.pdf"]:
        abort(404)
    published = published_or_404(event)
    with _place():
        return deliver(
            published,
            partial(_make, published, lang),
            content_type="application/pdf",
            headers=(("Content-Disposition", f'inline; filename="{event}-{lang}.pdf"'),),
            max_age=_MAX_AGE,
        )


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=_RETRY_SECONDS)
    try:
        yield
    finally:
        _places.release()


def _make(published: Published, lang: str) -> bytes:
    files = Path(current_app.root_path) / "static"
    with _typesetter, speaking(lang):
        return formats_pdf.document(published, lang, current_app.config["BASE_URL"], files)
