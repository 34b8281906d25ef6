"""What the pages behind a speaker's link have in common: whose it is, the language, the frame."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Flask, abort, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.desk.forms import DeskForm
from planner.events.models import Event
from planner.extensions import csrf
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import comma
from planner.i18n.interface import speaking
from planner.i18n.labels import N_
from planner.i18n.languages import INTERFACE, Language, language, name_of
from planner.links.models import Opens
from planner.links.operations import DeadLinkError, opened
from planner.sessions import answers
from planner.slots.calendar_queries import interprets
from planner.speakers.languages import language_of
from planner.speakers.models import Speaker

#: The slowest levels save next to nothing on pages as small as these.
_LEVEL = 6

bp = Blueprint("speak", __name__, url_prefix="/speak")

#: Ways on between the pages: words, and endpoint.
WAYS: list[tuple[str, str]] = [
    (N_("My slots"), "speak.slots"),
    (N_("When I am free"), "speak.free"),
    (N_("My texts"), "speak.texts"),
    (N_("My calendar"), "speak.calendar"),
    (N_("How I am named"), "speak.named"),
    (N_("What is stored about me"), "speak.data"),
]
#: One more for interpreters.
ROTA = [(N_("My turns"), "speak.rota")]


class SpeakForm(DeskForm):
    """A form behind a private link: who has the link is who may send it."""

    class Meta(DeskForm.Meta):
        """Needs no token besides that in the address, which no other site knows."""

        csrf = False


@dataclass(frozen=True)
class Visit:
    """Somebody's visit to their pages."""

    speaker: Speaker
    token: str
    lang: str

    @property
    def event(self) -> Event:
        """The event in which they take part."""
        return self.speaker.event

    def local(self, texts: dict[str, str], original: str | None = None) -> LocalText:
        """Return a text as this reader reads it."""
        return localize(texts, self.lang, original=original, order=tuple(self.event.languages))

    def way(self, endpoint: str, **values: Any) -> str:
        """Return the address of one of their pages, in their language."""
        asked = {"lang": request.args["lang"]} if "lang" in request.args else {}
        return url_for(endpoint, token=self.token, **{**asked, **values})


@contextmanager
def visit(token: str) -> Iterator[Visit]:
    """Find whose link this is, and speak their language meanwhile.

    :raises werkzeug.exceptions.NotFound: when the link opens nothing, whatever the reason.
    """
    try:
        speaker = opened(token, Opens.PAGE)
    except DeadLinkError:
        abort(404)
    asked = request.args.get("lang", "")
    lang = asked if asked in INTERFACE else language_of(speaker, speaker.event.languages)
    with speaking(lang):
        yield Visit(speaker, token, lang)


@dataclass(frozen=True)
class Way:
    """A way on, and whether it leads to where one is."""

    label: str
    href: str
    current: bool


def render_visit(template: str, visitor: Visit, *, status: int = 200, **context: Any) -> Response:
    """Return a page behind a link.

    Templates get ``visit``, ``ways``, ``languages`` (each with the address of this page in it),
    ``local(texts, original)``, ``language(code)``, ``language_name(code)`` and ``comma``.
    """
    page = render_template(
        template,
        visit=visitor,
        event_name=visitor.local(visitor.event.name),
        ways=[
            Way(gettext(words), visitor.way(endpoint), request.endpoint == endpoint)
            for words, endpoint in [*WAYS, *(ROTA if interprets(visitor.speaker) else [])]
        ],
        languages=_languages(visitor),
        spoken=language(visitor.lang),
        local=visitor.local,
        language=language,
        language_name=partial(name_of, reader=visitor.lang),
        comma=comma(),
        **context,
    )
    response = make_response(page, status)
    response.headers["Content-Language"] = visitor.lang
    return response


def _languages(visitor: Visit) -> list[tuple[Language, str]]:
    return [
        (
            language(code),
            url_for(request.endpoint or "", **{**(request.view_args or {}), "lang": code}),
        )
        for code in INTERFACE
    ]


def init_app(app: Flask) -> None:
    """Add the pages behind private links."""
    from planner.slots import (  # noqa: F401 -- they add to the blueprint, and elsewhere
        data_views,
        free_views,
        joining,
        lost_views,
        naming_views,
        rota_views,
        texts_views,
        views,
    )
    from planner.slots.calendar_views import calendar_bp
    from planner.slots.desk_views import bp as requests_bp
    from planner.slots.proposals_views import bp as proposals_bp

    answers.watch()
    csrf.exempt(bp)
    app.register_blueprint(bp)
    app.register_blueprint(requests_bp)
    app.register_blueprint(calendar_bp)
    app.register_blueprint(proposals_bp)


@bp.after_request
def _compress(response: Response) -> Response:
    """Send pages compressed to whoever takes that: lines are weak.

    Nobody but who has the link can put anything into them, so their length gives nothing away.
    """
    if response.mimetype != "text/html" or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


@bp.after_request
def _keep_private(response: Response) -> Response:
    """Let nobody keep, find or pass on what stands behind a link, errors included."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
