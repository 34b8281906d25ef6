"""One's own agenda: its page, its stars, and its end."""

from flask import Response, jsonify, request

from planner.agenda import private
from planner.agenda.frame import Own, bp, own_agenda, page, room_for_another, starred, to_agenda
from planner.agenda.operations import (
    FullError,
    change_stars,
    delete_agenda,
    empty_agenda,
    mark_seen,
)
from planner.agenda.page import agenda_page, sure_page
from planner.agenda.queries import agenda_of
from planner.i18n.interface import speaking
from planner.programme.published import Published
from planner.public.programmes import published_or_404

#: Longer than any code: what is longer is none, and is not looked for.
_LONGEST_CODE = 12


@bp.get("/agenda")
def show(lang: str, event: str) -> Response:
    """Show one's agenda, or how to begin one. Nothing is changed by looking at it."""
    published = published_or_404(event)
    own = own_agenda(event)
    with speaking(lang):
        return page(agenda_page(published, lang, own, request.args.to_dict()), lang)


@bp.get("/agenda/stars.json")
def stars_json(lang: str, event: str) -> Response:
    """Tell a page which sessions are in the agenda."""
    published_or_404(event)
    return _stars(own_agenda(event))


@bp.post("/agenda/stars")
def stars(lang: str, event: str) -> Response:
    """Put sessions into the agenda (``code``) and take others out (``off``)."""
    published = published_or_404(event)
    add = starred(published, request.form.getlist("code"))
    drop = [code for code in request.form.getlist("off") if len(code) <= _LONGEST_CODE]
    own = own_agenda(event)
    try:
        key = _changed(published, lang, own, add, drop)
    except FullError:
        return _told(lang, event, own, done="full")
    told = {"added": add[0]} if add else {"removed": drop[0]} if drop else {}
    own = _now(event, key)
    response = _told(lang, event, own, **told)
    if key:
        private.give_key(response, published, key)
    return response


@bp.post("/agenda/seen")
def seen(lang: str, event: str) -> Response:
    """Note that the reader saw what changed, up to the release that was shown."""
    published = published_or_404(event)
    own = own_agenda(event)
    if own is not None:
        shown = request.form.get("release", type=int) or 0
        mark_seen(event, own.key, min(shown, published.release.number))
    return to_agenda(lang, event)


@bp.route("/agenda/empty", methods=["GET", "POST"])
def empty(lang: str, event: str) -> Response:
    """Ask, and take everything out of the agenda."""
    published = published_or_404(event)
    own = own_agenda(event)
    if own is None:
        return to_agenda(lang, event)
    if request.method == "POST":
        empty_agenda(event, own.key, lang)
        return to_agenda(lang, event, done="emptied")
    with speaking(lang):
        return page(sure_page(published, lang, own, "empty"), lang)


@bp.route("/agenda/delete", methods=["GET", "POST"])
def delete(lang: str, event: str) -> Response:
    """Ask, and delete the agenda."""
    published = published_or_404(event)
    own = own_agenda(event)
    if own is None:
        return to_agenda(lang, event)
    if request.method == "POST":
        delete_agenda(event, own.key)
        response = to_agenda(lang, event, done="deleted")
        private.take_key(response, event)
        return response
    with speaking(lang):
        return page(sure_page(published, lang, own, "delete"), lang)


def _changed(
    published: Published, lang: str, own: Own | None, add: list[str], drop: list[str]
) -> str | None:
    """Change the agenda if there is anything to change; return its key, None without one."""
    known = own.kept.seen.keys() if own else set()
    if not set(add) - known and not set(drop) & known:
        return own.key if own else None
    if own is None:
        room_for_another()
    return change_stars(
        published.event.slug,
        own.key if own else None,
        language=lang,
        release=published.release.number,
        add=add,
        drop=drop,
    )


def _now(event: str, key: str | None) -> Own | None:
    kept = agenda_of(event, key) if key and _wants_json() else None
    return Own(key, kept) if key and kept else None


def _told(lang: str, event: str, own: Own | None, **told: str) -> Response:
    """Answer a script with the stars that are set now, and lead everybody else on."""
    if not _wants_json():
        return to_agenda(lang, event, **told)
    response = _stars(own)
    response.status_code = 409 if told.get("done") == "full" else 200
    return response


def _wants_json() -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _stars(own: Own | None) -> Response:
    return jsonify(stars=sorted(own.kept.seen) if own else [])
