"""The addresses for who has no link that works: they all look alike, and nothing can be guessed."""

from typing import Any

from flask import current_app, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from planner.accounts.throttling import TooManyAttemptsError
from planner.i18n.interface import speaking
from planner.i18n.languages import INTERFACE, language
from planner.i18n.negotiation import negotiate
from planner.slots.frame import bp
from planner.slots.lost import ask_for_link
from planner.slots.lost_forms import LostForm


@bp.route("/", methods=["GET", "POST"])
def lost() -> Response:
    """Let a lost link be sent again, with the same answer for everybody."""
    with speaking(_language()):
        form = LostForm()
        if form.validate_on_submit():
            ask_for_link(form.email.data)
            return redirect(url_for(".lost", sent=1, **_chosen()), 303)
        status = 422 if form.errors else 200
        return _page("lost", status, form=form, sent="sent" in request.args)


@bp.errorhandler(NotFound)
def nothing_there(_error: NotFound) -> Response:
    """Answer for a link that was renewed or ended, opens something else, or never was one.

    The page says nothing of what was asked for, so that it is the same for all of these.
    """
    with speaking(_language()):
        return _page("dead", 404)


@bp.errorhandler(TooManyAttemptsError)
def too_many(error: TooManyAttemptsError) -> Response:
    """Answer for attempts that are held back for a while."""
    with speaking(_language()):
        response = _page("too_many", 429, minutes=max(1, -(-error.seconds // 60)))
    response.headers["Retry-After"] = str(error.seconds)
    return response


@bp.after_app_request
def _keep_private(response: Response) -> Response:
    """Let nobody keep, find or pass on what is asked for below, where no page is either."""
    if f"{request.path.lstrip('/')}/".startswith("speak/"):
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(name: str, status: int, **context: Any) -> Response:
    spoken = language(_language())
    page = render_template(
        f"speak/{name}.html",
        spoken=spoken,
        languages=[(language(code), url_for("speak.lost", lang=code)) for code in INTERFACE],
        has_mail=bool(current_app.config["SMTP_URL"]),
        chosen=_chosen(),
        **context,
    )
    response = make_response(page, status)
    response.headers["Content-Language"] = spoken.code
    return response


def _language() -> str:
    """Return the language that was chosen, or the one that the browser asks for."""
    asked = request.args.get("lang", "")
    if asked in INTERFACE:
        return asked
    return negotiate(request.headers.get("Accept-Language", ""), tuple(INTERFACE))


def _chosen() -> dict[str, Any]:
    """Return what keeps the language that was chosen in further addresses."""
    asked = request.args.get("lang", "")
    return {"lang": asked} if asked in INTERFACE else {}
