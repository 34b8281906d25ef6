"""The pages of the translation desk."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.layout import reader_of, render_desk
from planner.journal.recording import GoneError, StaleError
from planner.translating.finding import filter_of, following
from planner.translating.forms import UnitForm, fields_of, unit_form
from planner.translating.operations import translate
from planner.translating.page import gone_page, list_page, losses, overview_page, unit_page
from planner.translating.queries import Found, find, units

bp = Blueprint("translating", __name__, url_prefix="/desk/<event>/translations")


@bp.get("")
def index(event: str) -> Response:
    """Show how far the translation into each language has come."""
    access = authorise(event, Permission.VIEW)
    found = units(access.event_id, sees_names=access.sees_names)
    return render_desk("translating/index.html", access, **overview_page(access, found))


@bp.get("/<lang>", endpoint="list")
def list_units(event: str, lang: str) -> Response:
    """List what is to be translated into a language, filtered by the query."""
    access = authorise(event, Permission.VIEW)
    _known(access, lang)
    wanted = filter_of(request.args)
    found = units(access.event_id, sees_names=access.sees_names, kinds=wanted.kinds)
    page = request.args.get("page", 1, type=int)
    context = list_page(access, lang, found, wanted, page)
    return render_desk("translating/list.html", access, **context)


@bp.get("/<lang>/<unit>")
def unit(event: str, lang: str, unit: str) -> Response:
    """Show one text beside its original."""
    access = authorise(event, Permission.VIEW)
    found = _found(access, lang, unit)
    may_write = access.may(Permission.TRANSLATE, lang) and found.unit.original != lang
    form = unit_form(found.unit, lang) if may_write else None
    return _page(access, lang, found, form)


@bp.post("/<lang>/<unit>")
def save(event: str, lang: str, unit: str) -> Response:
    """Take a translation, and go on to the next one where that is asked for."""
    access = authorise(event, Permission.TRANSLATE, lang=lang)
    found = find(access.event_id, unit, sees_names=access.sees_names)
    if found is None:
        return _gone(access, lang, unit)
    if found.unit.original == lang:
        abort(403)
    form = unit_form(found.unit, lang)
    if not form.validate_on_submit():
        return _page(access, lang, found, form, status=422 if form.errors else 200)
    try:
        _translate(access, lang, found, form)
    except (GoneError, StaleError):
        fresh = find(access.event_id, unit, sees_names=access.sees_names)
        if fresh is None:
            return _gone(access, lang, unit)
        form.meet(fields_of(fresh.unit, lang), 0)
        return _page(access, lang, fresh, form, status=409)
    return _go_on(access, lang, unit)


@bp.get("/<lang>/<unit>/next", endpoint="next")
def next_unit(event: str, lang: str, unit: str) -> Response:
    """Go on to the next text of the list with which something is to be done."""
    access = authorise(event, Permission.VIEW)
    _known(access, lang)
    return _next(access, lang, unit)


def _gone(access: Access, lang: str, unit: str) -> Response:
    """Keep what was typed for a text that is not there any more."""
    _known(access, lang)
    context = gone_page(lang, unit, request.form)
    return render_desk("translating/gone.html", access, status=409, **context)


def _known(access: Access, lang: str) -> None:
    """Refuse languages that the event does not have."""
    if lang not in access.event.languages:
        abort(404)


def _found(access: Access, lang: str, unit: str) -> Found:
    _known(access, lang)
    found = find(access.event_id, unit, sees_names=access.sees_names)
    if found is None:
        abort(404)
    return found


def _page(
    access: Access, lang: str, found: Found, form: UnitForm | None, *, status: int = 200
) -> Response:
    context = unit_page(access, lang, found, form, filter_of(request.args))
    return render_desk("translating/unit.html", access, status=status, **context)


def _translate(access: Access, lang: str, found: Found, form: UnitForm) -> None:
    translate(
        access.event_id,
        access.user_id,
        found.unit.id,
        lang,
        entered=form.texts,
        shown=form.shown,
        source=form.source.data or "",
        sees_names=access.sees_names,
    )


def _go_on(access: Access, lang: str, unit: str) -> Response:
    """Say that a text is saved, and what it may lack; stay there, or go to the next one."""
    found = _found(access, lang, unit)
    if request.form.get("then") not in {"next", "right"}:
        flash(gettext("Saved."), "done")
        return redirect(
            url_for(
                "translating.unit",
                event=access.event.slug,
                lang=lang,
                unit=unit,
                **filter_of(request.args).query,
            )
        )
    title = reader_of(access)(found.unit.title, found.unit.original).value
    flash(gettext("Saved: “%(title)s”.", title=title), "done")
    missed = losses(found.unit, lang)
    if missed:
        words = gettext(
            "Of the original of “%(title)s” the translation lacks: %(things)s. Is that right?",
            title=title,
            things=", ".join(missed),
        )
        flash(words, "warning")
    return _next(access, lang, unit)


def _next(access: Access, lang: str, unit: str) -> Response:
    wanted = filter_of(request.args)
    found = units(access.event_id, sees_names=access.sees_names, kinds=wanted.kinds)
    following_unit = following(found, lang, wanted, unit)
    place: dict[str, Any] = {"event": access.event.slug, "lang": lang, **wanted.query}
    if following_unit is None:
        flash(gettext("Nothing else is left to do here."), "done")
        return redirect(url_for("translating.list", **place))
    return redirect(url_for("translating.unit", unit=following_unit.id, **place))
