"""What the pages behind a participant's private link have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Flask, abort, current_app, make_response, render_template, request
from flask import url_for as url
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from planner.accounts.throttling import TooManyAttemptsError
from planner.events.models import Event
from planner.extensions import csrf
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import comma
from planner.i18n.interface import speaking
from planner.i18n.languages import INTERFACE, language, name_of
from planner.i18n.negotiation import negotiate
from planner.lib.clock import now
from planner.participants.models import Participant, Standing
from planner.registration.keys import opened
from planner.registration.operations import TO_CONFIRM, UnknownError

bp = Blueprint("registered", __name__, url_prefix="/registration")


@dataclass(frozen=True)
class Visit:
    """Somebody's visit to their own page."""

    participant: Participant
    token: str
    lang: str

    @property
    def event(self) -> Event:
        """The event for which they registered."""
        return self.participant.event

    def local(self, texts: dict[str, str], original: str | None = None) -> LocalText:
        """Return a text as this reader reads it."""
        return localize(texts, self.lang, original=original, order=tuple(self.event.languages))

    def way(self, endpoint: str, **values: Any) -> str:
        """Return the address of one of their pages, in their language."""
        return url(endpoint, token=self.token, **{**_chosen(), **values})


@contextmanager
def visit(token: str) -> Iterator[Visit]:
    """Find whose link this is, and speak their language meanwhile.

    :raises werkzeug.exceptions.NotFound: when it opens nothing, whatever the reason.
    """
    participant = opened(token)
    if participant is None or _is_too_late(participant):
        abort(404)
    asked = request.args.get("lang", "")
    lang = asked if asked in INTERFACE else participant.language
    with speaking(lang):
        try:
            yield Visit(participant, token, lang)
        except UnknownError:
            abort(404)


def _is_too_late(participant: Participant) -> bool:
    """Tell whether a registration is past, and only waits to be deleted."""
    waits = participant.standing is Standing.UNCONFIRMED
    has_mail = bool(current_app.config["SMTP_URL"])
    return waits and has_mail and participant.created_at <= now() - TO_CONFIRM


def render_visit(template: str, visitor: Visit, *, status: int = 200, **context: Any) -> Response:
    """Return a page behind a link.

    Templates get ``visit``, ``person``, ``spoken``, ``languages`` (each with the address of this
    page in it), ``local(texts)``, ``language_name(code)`` and ``comma``.
    """
    endpoint, token = request.endpoint or "", visitor.token
    return _answer(
        template,
        visitor.lang,
        status,
        visit=visitor,
        person=visitor.participant,
        event_name=visitor.local(visitor.event.name),
        languages=[(language(code), url(endpoint, token=token, lang=code)) for code in INTERFACE],
        local=visitor.local,
        language_name=partial(name_of, reader=visitor.lang),
        comma=comma(),
        **context,
    )


def render_outside(name: str, status: int = 200, **context: Any) -> Response:
    """Return a page for who has no link that works."""
    with speaking(spoken()):
        return _answer(
            f"registration/{name}.html",
            spoken(),
            status,
            languages=[(language(code), url(".lost", lang=code)) for code in INTERFACE],
            has_mail=bool(current_app.config["SMTP_URL"]),
            chosen=_chosen(),
            **context,
        )


def spoken() -> str:
    """Return the language that was chosen, or the one that the browser asks for."""
    asked = request.args.get("lang", "")
    if asked in INTERFACE:
        return asked
    return negotiate(request.headers.get("Accept-Language", ""), tuple(INTERFACE))


def _answer(template: str, lang: str, status: int, **context: Any) -> Response:
    response = make_response(render_template(template, spoken=language(lang), **context), status)
    response.headers["Content-Language"] = lang
    return response


def _chosen() -> dict[str, str]:
    asked = request.args.get("lang", "")
    return {"lang": asked} if asked in INTERFACE else {}


def init_app(app: Flask) -> None:
    """Add registration: its public page, the pages behind private links, and those of the desk."""
    from planner.registration import own_views, sending, views  # noqa: F401 -- own_views adds to bp
    from planner.registration.desk_views import bp as desk_bp

    sending.init()
    csrf.exempt(bp)
    csrf.exempt(views.bp)
    app.register_blueprint(views.bp)
    app.register_blueprint(bp)
    app.register_blueprint(desk_bp)


@bp.errorhandler(NotFound)
def nothing_there(_error: NotFound) -> Response:
    """Answer for a link that is over, or never was one: the page is the same for both."""
    return render_outside("dead", 404)


@bp.errorhandler(TooManyAttemptsError)
def too_many(error: TooManyAttemptsError) -> Response:
    """Answer for attempts that are held back for a while."""
    response = render_outside("too_many", 429, minutes=max(1, -(-error.seconds // 60)))
    response.headers["Retry-After"] = str(error.seconds)
    return response


@bp.after_app_request
def _keep_private(response: Response) -> Response:
    """Let nobody keep, find or pass on what stands behind a link, errors included."""
    if f"{request.path.lstrip('/')}/".startswith("registration/"):
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
