"""The printed programme as PDF: in one language or in all of the event's, on A4 or as a booklet."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore

from flask import Blueprint, Response, abort, current_app
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import ServiceUnavailable

from planner.formats.pdf import is_possible
from planner.formats.pdf_editions import Edition, languages_together
from planner.formats.pdf_typesetting import TypesettingError
from planner.programme.published import Published
from planner.public.delivery import deliver
from planner.public.printed import place_of
from planner.public.printing import BusyError, printed
from planner.public.programmes import EVENT_ADDRESS, published_or_404

bp = Blueprint("documents", __name__)
_MAX_AGE = 300
#: Who asks for what is not made yet waits for it, but only so many at once: threads remain for
#: readers of pages.
_places = BoundedSemaphore(2)
_RETRY_SECONDS = 20
_RETRY_LATER = 3600


@bp.record_once
def _find_out(state: BlueprintSetupState) -> None:
    state.app.extensions["planner.pdf"] = is_possible()


@bp.get(f"{EVENT_ADDRESS}/programme.pdf")
def pdf(lang: str, event: str) -> Response:
    """Send the programme for printing, where this installation can make it."""
    return _send(_published(event), Edition((lang,)))


@bp.get(f"{EVENT_ADDRESS}/programme-booklet.pdf")
def booklet(lang: str, event: str) -> Response:
    """Send the programme as sheets to be folded."""
    return _send(_published(event), Edition((lang,), is_booklet=True))


@bp.get("/<event>/programme.pdf")
def pdf_of_all(event: str) -> Response:
    """Send the programme for printing, in every language of the event."""
    published = _published(event)
    return _send(published, Edition(languages_together(published.event)))


@bp.get("/<event>/programme-booklet.pdf")
def booklet_of_all(event: str) -> Response:
    """Send the programme as sheets to be folded, in every language of the event."""
    published = _published(event)
    return _send(published, Edition(languages_together(published.event), is_booklet=True))


def _published(event: str) -> Published:
    if not current_app.extensions["planner.pdf"]:
        abort(404)
    return published_or_404(event)


def _send(published: Published, edition: Edition) -> Response:
    place = place_of(published, edition)
    if place.failed_lately():
        raise ServiceUnavailable(retry_after=_RETRY_LATER)
    name = f"{published.event.slug}-{edition.name}.pdf"
    send = partial(
        deliver,
        published,
        partial(printed, published, edition),
        content_type="application/pdf",
        headers=(("Content-Disposition", f'inline; filename="{name}"'),),
        max_age=_MAX_AGE,
    )
    if place.exists():
        return send()
    with _waiting():
        return send()


@contextmanager
def _waiting() -> Iterator[None]:
    """Wait for a document, if not too many do already.

    :raises werkzeug.exceptions.ServiceUnavailable: with the time to come back.
    """
    if not _places.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=_RETRY_SECONDS)
    try:
        yield
    except BusyError:
        raise ServiceUnavailable(retry_after=_RETRY_SECONDS) from None
    except TypesettingError as error:
        current_app.logger.error("a document could not be made: %s", error)
        raise ServiceUnavailable(retry_after=_RETRY_LATER) from None
    finally:
        _places.release()
