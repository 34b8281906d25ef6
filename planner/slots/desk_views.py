"""The addresses of requests in the desk."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.journal.recording import GoneError, StaleError
from planner.slots import operations
from planner.slots.desk_forms import Filters, SettleForm
from planner.slots.desk_page import Typed, requests_page
from planner.slots.models import Outcome

bp = Blueprint("requests", __name__, url_prefix="/desk/<event>/requests")


@bp.get("")
def index(event: str) -> Response:
    """List what speakers ask for."""
    access = authorise(event)
    return requests_page(access, Filters.of(request.args))


@bp.post("/<int:number>")
def settle(event: str, number: int) -> Response:
    """Answer a request."""
    access = authorise(event, Permission.PLAN)
    form, filters = SettleForm(), Filters.of(request.args)
    if not form.validate_on_submit():
        errors = tuple(str(error) for error in form["text"].errors) or (gettext("Choose one."),)
        return requests_page(
            access, filters, status=422, typed=Typed(number, form["text"].data, errors)
        )
    try:
        _settle(access, number, form)
    except StaleError:
        alert = gettext("This was answered or taken back meanwhile: look at it as it is now.")
        typed = Typed(number, form["text"].data, alert=alert)
        return requests_page(access, filters, status=409, typed=typed)
    flash(gettext("The speaker reads your answer on their page."), "done")
    return redirect(f"{url_for('requests.index', event=event)}?{filters.query(page=filters.page)}")


def _settle(access: Access, number: int, form: SettleForm) -> None:
    try:
        operations.settle(
            access.event_id,
            access.user_id,
            number,
            Outcome(form.outcome.data),
            form["text"].data,
            was=form.was.data or "",
        )
    except GoneError:
        abort(404)
