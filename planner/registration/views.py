"""The address at which everybody can register for an event."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from planner.i18n.interface import speaking
from planner.public.programmes import EVENT_ADDRESS, published_or_404
from planner.registration import guards, page
from planner.registration.moments import Stage, period_of

bp = Blueprint("registration", __name__, url_prefix=EVENT_ADDRESS)


@bp.route("/registration", methods=["GET", "POST"])
def register(lang: str, event: str) -> Response:
    """Show the form while registration is open, and take it; else say when it is, or was."""
    with _asking(lang, event) as asking:
        stage = page.stage_of(asking)
        if stage is not Stage.OPEN:
            return page.closed_page(asking, stage)
        if request.method != "POST":
            return page.sent_page(asking) if "sent" in request.args else _form(asking)
        if guards.is_of_another_site():
            abort(403)
        hindered = page.answer(asking, asking.form())
        return hindered or redirect(url_for(".register", lang=lang, event=event, sent=1), 303)


def _form(asking: page.Asking) -> Response:
    return page.form_page(asking, asking.form())


@contextmanager
def _asking(lang: str, event: str) -> Iterator[page.Asking]:
    """Find the registration of an event, and speak the reader's language meanwhile.

    :raises werkzeug.exceptions.NotFound: when nothing of the event is public, or it has none.
    """
    published = published_or_404(event)
    period = period_of(published.event) or abort(404)
    with speaking(lang):
        yield page.Asking(published, period, lang)
