"""The addresses of conflicts: all of them, accepting one with a reason, opening it again."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from planner.accounts.access import Access, Permission, authorise
from planner.desk.forms import DeskForm
from planner.desk.layout import render_desk
from planner.desk.pages import safe_next
from planner.i18n.labels import N_
from planner.journal.recording import GoneError, StaleError
from planner.lib.text import clean_line
from planner.timetable.acknowledging import MustBeMendedError, acknowledge, reopen
from planner.timetable.blueprint import bp
from planner.timetable.conflict_filters import Filters
from planner.timetable.conflict_page import conflict_page
from planner.timetable.plan import plan_of

LONGEST_REASON = 500


class AcceptForm(DeskForm):
    """Why a conflict is accepted, and the facts that were seen."""

    key = HiddenField()
    facts = HiddenField()
    reason = StringField(
        N_("Reason"),
        filters=[lambda text: clean_line(text or "")],
        validators=[
            DataRequired(N_("Say why this may stay as it is.")),
            Length(max=LONGEST_REASON, message=N_("This is too long.")),
        ],
    )


@bp.get("/conflicts")
def conflicts(event: str) -> Response:
    """List what the plan breaks, and what was accepted."""
    access = authorise(event, Permission.VIEW)
    return _listed(access)


@bp.post("/conflicts/accept")
def accept_conflict(event: str) -> Response:
    """Accept a conflict with a reason."""
    access = authorise(event, Permission.PLAN)
    form = AcceptForm()
    if not form.validate_on_submit():
        return _listed(access, form, status=422)
    return _accept(access, form)


@bp.post("/conflicts/reopen")
def reopen_conflict(event: str) -> Response:
    """Let an accepted conflict stand among the others again."""
    access = authorise(event, Permission.PLAN)
    try:
        reopen(plan_of(access.event_id), access.user_id, request.form.get("key", ""))
    except GoneError:
        flash(gettext("This conflict is gone already."), "warning")
    else:
        flash(gettext("The conflict is among the open ones again."), "done")
    return redirect(_back(access))


def _accept(access: Access, form: AcceptForm) -> Response:
    try:
        acknowledge(
            plan_of(access.event_id),
            access.user_id,
            form.key.data,
            digest=form.facts.data,
            reason=form.reason.data,
        )
    except GoneError:
        flash(gettext("This conflict is gone already."), "warning")
    except MustBeMendedError:
        abort(400)
    except StaleError:
        message = gettext(
            "What this conflict is about has changed meanwhile. Look at it again, then accept it."
        )
        form.reason.errors = [message]
        return _listed(access, form, status=409)
    else:
        flash(gettext("Accepted. It stands below with its reason."), "done")
    return redirect(_back(access))


def _listed(access: Access, form: AcceptForm | None = None, *, status: int = 200) -> Response:
    asked = Filters.of(request.values)
    number = request.values.get("page", 1, type=int)
    page = conflict_page(access, asked, number)
    return render_desk("timetable/conflicts.html", access, status=status, page=page, form=form)


def _back(access: Access) -> str:
    here = url_for("timetable.conflicts", event=access.event.slug)
    return safe_next(request.form.get("back", "")) or here
