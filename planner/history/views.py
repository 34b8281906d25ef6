"""The pages of an event's history, and the buttons that take back and do once more."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.layout import render_desk
from planner.desk.pages import safe_next
from planner.history.account import Words
from planner.history.page import history_page
from planner.journal import undoing
from planner.journal.models import Entry
from planner.journal.queries import entry_of

bp = Blueprint("journal", __name__, url_prefix="/desk/<event>")


@bp.get("/history")
def index(event: str) -> Response:
    """Show what was done in an event, the newest first, filtered by the query."""
    access = authorise(event)
    return render_desk("history/index.html", access, **history_page(access, request.args))


@bp.post("/history/<int:entry>/undo")
def undo(event: str, entry: int) -> Response:
    """Take something back."""
    access = authorise(event, Permission.TRANSLATE)
    _check_whose(access, entry)
    return _taken_back(access, entry, redo=False)


@bp.post("/history/<int:entry>/redo")
def redo(event: str, entry: int) -> Response:
    """Do once more what was taken back."""
    access = authorise(event, Permission.TRANSLATE)
    _check_whose(access, entry)
    return _taken_back(access, entry, redo=True)


def _check_whose(access: Access, entry_id: int) -> None:
    """Let translators take back only what they did themselves."""
    entry = entry_of(access.event_id, entry_id)
    if entry is None:
        abort(404)
    if entry.user_id != access.user_id and not access.may(Permission.PLAN):
        abort(403)


def _taken_back(access: Access, entry_id: int, *, redo: bool) -> Response:
    step = undoing.redo if redo else undoing.undo
    asked = safe_next(request.form.get("next", ""))
    back = asked or url_for("journal.index", event=access.event.slug)
    try:
        done = step(access.event_id, access.user_id, entry_id)
    except undoing.LastingError:
        flash(gettext("That can be undone no more: a removal went through it."), "warning")
        return redirect(back)
    except undoing.UnknownEntryError:
        flash(gettext("That was taken back already."), "warning")
        return redirect(back)
    except undoing.BuiltOnError as error:
        return _built_on(access, entry_id, error.entries, back)
    flash(Words(access, [done]).of(done), "done")
    return redirect(back)


def _built_on(access: Access, entry_id: int, others: list[Entry], back: str) -> Response:
    entry = entry_of(access.event_id, entry_id) or abort(404)
    told = Words(access, [entry, *others])
    return render_desk(
        "history/built_on.html",
        access,
        status=409,
        step=told.step(entry),
        others=[told.step(other) for other in others],
        back=back,
    )
