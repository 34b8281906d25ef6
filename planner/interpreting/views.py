"""The addresses of the interpretation plan: days, the turns of a session, proposals, sheets."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.layout import render_desk
from planner.interpreting.operations import fill, set_turns
from planner.interpreting.page import day_page, first_day
from planner.interpreting.proposal_page import Proposal, proposal
from planner.interpreting.session_page import Dealing, Sheet, TurnsForm, dealing
from planner.interpreting.sheets import sheets
from planner.journal.recording import GoneError, StaleError
from planner.timetable.plan import plan_of

bp = Blueprint("interpreting", __name__, url_prefix="/desk/<event>/interpretation")
_ALL_DAYS = "all"


@bp.get("")
def index(event: str) -> Response:
    """Go to the first day on which something is interpreted."""
    access = authorise(event, Permission.VIEW)
    first = first_day(plan_of(access.event_id)).isoformat()
    return redirect(url_for("interpreting.day", event=event, day=first))


@bp.get("/<day>")
def day(event: str, day: str) -> Response:
    """Show what is interpreted on a day, by whom, and where nobody is."""
    access = authorise(event, Permission.VIEW)
    page = day_page(access, _day(day)) or abort(404)
    return render_desk("interpreting/day.html", access, page=page)


@bp.get("/<day>/sheets")
def print_sheets(event: str, day: str) -> Response:
    """Show sheets to print: one for each interpreter, or for each booth."""
    access = authorise(event, Permission.VIEW)
    by = "booth" if request.args.get("by") == "booth" else "interpreter"
    page = sheets(access, _day(day), by) or abort(404)
    return render_desk("interpreting/sheets.html", access, page=page)


@bp.get("/<day>/proposal")
def propose(event: str, day: str) -> Response:
    """Show what a proposal would fill, for a day or all of them."""
    access = authorise(event, Permission.PLAN)
    return _proposal(access, proposal(access, _day_or_all(day)))


@bp.post("/<day>/proposal")
def take_proposal(event: str, day: str) -> Response:
    """Take a proposal over as it was shown."""
    access = authorise(event, Permission.PLAN)
    found = proposal(access, _day_or_all(day))
    if request.form.get("digest") != found.digest:
        return _proposal(access, found, status=409)
    try:
        fill(access.event_id, access.user_id, found.stints, versions=found.versions)
    except (GoneError, StaleError):
        return _proposal(access, proposal(access, found.day), status=409)
    count = len(found.stints)
    flash(ngettext("%(num)d turn filled.", "%(num)d turns filled.", count), "done")
    return redirect(url_for("interpreting.day", event=event, day=_shown(found)))


@bp.get("/sessions/<code>")
def session(event: str, code: str) -> Response:
    """Show the turns of a session, to deal them out."""
    access = authorise(event, Permission.PLAN)
    return _form(access, dealing(access, code) or abort(404), TurnsForm())


@bp.post("/sessions/<code>")
def deal(event: str, code: str) -> Response:
    """Deal out the turns of a session."""
    access = authorise(event, Permission.PLAN)
    found = dealing(access, code) or abort(404)
    form, sheet = TurnsForm(), found.read(request.form)
    if not form.validate_on_submit() or not sheet.is_valid:
        return _form(access, found, form, sheet, status=422)
    try:
        set_turns(
            access.event_id, access.user_id, code, sheet.turns, version=form.version.data or 0
        )
    except (GoneError, StaleError):
        return _form(access, dealing(access, code) or abort(404), form, sheet, status=409)
    flash(gettext("Saved."), "done")
    return redirect(url_for("interpreting.day", event=event, day=_day_of(found), _anchor=code))


def _form(
    access: Access,
    found: Dealing,
    form: TurnsForm,
    sheet: Sheet | None = None,
    *,
    status: int = 200,
) -> Response:
    page = found.page(sheet.rows if sheet else None)
    if status != 422:
        form.version.data, form.version.raw_data = page.version, None
    current = found.page() if status == 409 else None
    return render_desk(
        "interpreting/session.html", access, status=status, page=page, form=form, current=current
    )


def _proposal(access: Access, found: Proposal, *, status: int = 200) -> Response:
    return render_desk(
        "interpreting/proposal.html",
        access,
        status=status,
        proposal=found,
        back=url_for("interpreting.day", event=access.event.slug, day=_shown(found)),
        is_stale=status != 200,
    )


def _shown(found: Proposal) -> str:
    return (found.day or first_day(found.voice.plan)).isoformat()


def _day_of(found: Dealing) -> str:
    return found.voice.plan.day_of(found.session.start).isoformat()


def _day(told: str) -> date:
    try:
        found = date.fromisoformat(told)
    except ValueError:
        abort(404)
    return found if found.isoformat() == told else abort(404)


def _day_or_all(told: str) -> date | None:
    return None if told == _ALL_DAYS else _day(told)
