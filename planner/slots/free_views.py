"""The address at which a speaker says when they are free."""

from flask import abort, redirect
from werkzeug.wrappers import Response

from planner.journal.recording import GoneError, StaleError
from planner.slots.frame import Visit, bp, visit
from planner.slots.free_forms import FreeForm
from planner.slots.free_operations import say_free
from planner.slots.free_page import free_page


@bp.route("/<token>/free", methods=["GET", "POST"])
def free(token: str) -> Response:
    """Show the hours of the event, and keep when somebody is free."""
    with visit(token) as visitor:
        form = FreeForm(visitor.speaker)
        if not form.validate_on_submit():
            return free_page(visitor, form, 422 if form.errors else 200)
        try:
            _save(visitor, form)
        except StaleError:
            if not form.rejoin(visitor.speaker):
                return free_page(visitor, form, 409)
        return redirect(visitor.way("speak.free", done="saved"), 303)


def _save(visitor: Visit, form: FreeForm) -> None:
    try:
        say_free(
            visitor.event.id,
            visitor.speaker.id,
            form.cells.data,
            form.note.data,
            always=form.is_always,
            version=form.version.data or 0,
        )
    except GoneError:
        abort(404)
