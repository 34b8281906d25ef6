"""What the desk does for no event in particular: show texts as they look, and its language."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from planner.accounts.access import signed_in
from planner.desk.language import choose
from planner.i18n.languages import INTERFACE
from planner.lib.markup import html_of
from planner.lib.text import clean_text

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.post("/account/preview")
def preview() -> str:
    """Return a text in CommonMark as it will look, as HTML that is safe to show."""
    signed_in()
    return html_of(clean_text(request.form.get("text", "")))


@bp.post("/account/language")
def language() -> Response:
    """Speak another language in the desk, and go back to the page."""
    code = request.form.get("language", "")
    if code not in INTERFACE:
        abort(400)
    choose(code)
    return redirect(safe_next(request.form.get("next", "")) or url_for("desk.index"))


def safe_next(address: str) -> str | None:
    """Return an address of this site to which one may be sent on, or None."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address:
        return None
    if any(ord(character) <= 0x20 or ord(character) == 0x7F for character in address):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None
