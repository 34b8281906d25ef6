"""An agenda on other devices, and with other people."""

from flask import Response, abort, request

from planner.agenda import private
from planner.agenda.frame import Own, bp, own_agenda, page, room_for_another, starred, to_agenda
from planner.agenda.operations import FullError, change_stars, delete_agenda
from planner.agenda.page import shared_page, take_page
from planner.agenda.queries import Kept, agenda_of, shared_agenda
from planner.i18n.interface import speaking
from planner.programme.published import Published
from planner.public.programmes import published_or_404


@bp.route("/agenda/<token>", methods=["GET", "POST"])
def shared(lang: str, event: str, token: str) -> Response:
    """Show somebody's agenda to others, and add its sessions to theirs."""
    published = published_or_404(event)
    kept = shared_agenda(event, token) or abort(404)
    own = own_agenda(event)
    if request.method == "POST":
        return _joined(published, lang, own.key if own else None, kept)
    is_own = own is not None and own.token == token
    with speaking(lang):
        return page(shared_page(published, lang, kept, token, is_own=is_own), lang)


@bp.route("/agenda/take/<token>", methods=["GET", "POST"])
def take(lang: str, event: str, token: str) -> Response:
    """Ask whether this device should have an agenda, with what it may have already, and do it."""
    published = published_or_404(event)
    kept = agenda_of(event, token) or abort(404)
    own = own_agenda(event)
    is_own = own is not None and own.key == token
    if request.method == "POST":
        return _taken(published, lang, token, None if is_own else own)
    with speaking(lang):
        return page(take_page(published, lang, kept, own, is_own=is_own), lang)


def _taken(published: Published, lang: str, key: str, other: Own | None) -> Response:
    """Give this device an agenda, joined with the other one that it had, or in its place."""
    event = published.event.slug
    if other is not None and request.form.get("how") == "join":
        return _joined(published, lang, key, other.kept, done="taken")
    if other is not None:
        delete_agenda(event, other.key)
    response = to_agenda(lang, event, done="taken")
    private.give_key(response, published, key)
    return response


def _joined(
    published: Published, lang: str, key: str | None, other: Kept, done: str = "joined"
) -> Response:
    """Add the sessions of another agenda to that of a key, or to a new one."""
    event = published.event.slug
    codes = starred(published, list(other.seen))
    if key is None and codes:
        room_for_another()
    try:
        if codes:
            key = change_stars(
                event, key, language=lang, release=published.release.number, add=codes
            )
    except FullError:
        return to_agenda(lang, event, done="full")
    response = to_agenda(lang, event, done=done)
    if key is not None:
        private.give_key(response, published, key)
    return response
