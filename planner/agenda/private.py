"""What keeps an agenda its reader's own: the cookie that holds its key, and who may change it.

Readers have no account and no session, so nothing but the cookie tells whose agenda it is. A page
of another site must not put sessions into it, and nobody may keep what is sent of it.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Response, abort, current_app, request

from planner.agenda.keys import is_token
from planner.agenda.operations import KEPT_DAYS
from planner.lib.clock import now
from planner.programme.published import Published
from planner.public.headers import Prepared

#: Where the address holds a token, other pages learn the site at most. Nothing at all would hide
#: from ourselves, in browsers that tell it in no other way, that a form of ours was sent.
_WITH_TOKEN = "strict-origin"  # noqa: S105 -- no password
_SITE, _OWN = "Sec-Fetch-Site", {"same-origin", "none"}


def refuse_other_sites() -> None:
    """Let nobody change an agenda but from our own pages.

    :raises werkzeug.exceptions.Forbidden: when a page of another site sends something.
    """
    if request.method != "POST":
        return
    site = request.headers.get(_SITE)
    origin = request.headers.get("Origin")  # all that older browsers tell, if anything
    if site not in _OWN if site else origin and origin not in _own_origins():
        abort(403)


def _own_origins() -> set[str]:
    """Return how our origin may be told: as it is configured, and as it was asked for."""
    base = urlsplit(current_app.config["BASE_URL"])
    return {f"{base.scheme}://{base.netloc}", request.host_url.rstrip("/")}


def keep_private(response: Response) -> Response:
    """Let nobody keep or find what is sent of an agenda, errors included."""
    if isinstance(response, Prepared):  # a calendar, which says so itself
        return response
    if "Cache-Control" not in response.headers or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    if request.view_args and "token" in request.view_args:
        response.headers["Referrer-Policy"] = _WITH_TOKEN
    return response


def key_brought(event: str) -> str | None:
    """Return the key that the reader's browser has for an event; None when it has none."""
    brought = request.cookies.get(_cookie(event), "")
    return brought if is_token(brought) else None


def give_key(response: Response, published: Published, key: str) -> None:
    """Let the browser keep a key for as long as the agenda is kept."""
    today = now().date()
    kept_until = max(today, published.event.last_day) + timedelta(days=KEPT_DAYS)
    response.set_cookie(
        _cookie(published.event.slug),
        key,
        max_age=kept_until - today,
        httponly=True,
        secure=current_app.config["BASE_URL"].startswith("https://"),
        samesite="Lax",
    )


def take_key(response: Response, event: str) -> None:
    """Let the browser forget the key of an event."""
    response.delete_cookie(_cookie(event), httponly=True, samesite="Lax")


def _cookie(event: str) -> str:
    return f"agenda-{event}"
