"""The addresses of the board: its days, moving one session and many, and who is looking.

Each change answers a script with JSON, the fragments of the day among it, and everybody else with
a page. Both are told the same.
"""

from collections.abc import Callable
from datetime import date

from flask import abort, flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.layout import render_desk
from planner.journal.models import Entry
from planner.journal.queries import newest, since
from planner.timetable import operations
from planner.timetable.blueprint import bp
from planner.timetable.board_costs import costs_json
from planner.timetable.board_move_page import Moving, board_of, placement_values
from planner.timetable.board_moves import Outcome, attempt, told_news
from planner.timetable.board_overview import overview_page
from planner.timetable.board_page import Asked, day_page, parts_of, told_present
from planner.timetable.board_shift import Shifting
from planner.timetable.forms import MoveForm, clock_of
from planner.timetable.plan import plan_of
from planner.timetable.presence import present as others_present
from planner.timetable.presence import see
from planner.timetable.queries import codes_touched


@bp.get("/board/")
def overview(event: str) -> Response:
    """Show all days of the board at a glance."""
    access = authorise(event, Permission.VIEW)
    return render_desk("timetable/overview.html", access, page=overview_page(access))


@bp.get("/board/<day>")
def board(event: str, day: str) -> Response:
    """Show a day: rooms side by side, hours down; a script gets the parts that change."""
    access = authorise(event, Permission.VIEW)
    page = day_page(access, _day(day), Asked.of(request.args)) or abort(404)
    if _wants_json():
        return jsonify(html=parts_of(access, page), newest=page.newest)
    return render_desk("timetable/board.html", access, page=page)


@bp.get("/board/<day>/costs/<code>")
def costs(event: str, day: str, code: str) -> Response:
    """Tell a script what every slot of a day would cost a session, and the best ones anywhere."""
    access = authorise(event, Permission.PLAN)
    minutes = request.args.get("minutes", type=int)
    return jsonify(costs_json(Moving(access, code), _day(day), minutes))


@bp.get("/board/<day>/news")
def news(event: str, day: str) -> Response:
    """Tell a script what was done after the entry ``since``; 204 when nothing was."""
    access = authorise(event, Permission.VIEW)
    number = request.args.get("since", 0, type=int)
    if newest(access.event_id) <= number:
        return Response(status=204)
    entries = since(access.event_id, number)
    plan = plan_of(access.event_id)
    page = day_page(access, _day(day), Asked.of(request.args), plan=plan) or abort(404)
    return jsonify(
        html=parts_of(access, page),
        newest=page.newest,
        told=told_news(access, entries),
        codes=codes_touched(plan, entries),
    )


@bp.post("/board/<day>/present")
def present(event: str, day: str) -> Response:
    """Note that somebody looks at a day, and tell a script who else does."""
    access = authorise(event, Permission.VIEW)
    found = _day(day)
    see(access.event_id, access.user_id, found)
    names = others_present(access.event_id, found, but=access.user_id)
    return jsonify(html=told_present(names))


@bp.route("/sessions/<code>/move", methods=["GET", "POST"])
def move(event: str, code: str) -> Response:
    """Place a session with a form, or for a script."""
    access = authorise(event, Permission.PLAN)
    moving = Moving(access, code)
    form = moving.form()
    if not form.validate_on_submit():
        return _not_valid(moving, form) if form.errors else _move_page(moving, form)
    outcome = attempt(
        access,
        code,
        lambda: operations.move(
            access.event_id,
            access.user_id,
            code,
            moving.slot(form),
            version=form.version.data,
            anyway=form.anyway.data,
        ),
    )
    return _told(access, code, outcome, form.day.data, form)


@bp.post("/sessions/<code>/unplace")
def unplace(event: str, code: str) -> Response:
    """Take a session out of its place."""
    access = authorise(event, Permission.PLAN)
    return _changed(access, code, operations.take_out)


@bp.post("/sessions/<code>/pin")
def pin(event: str, code: str) -> Response:
    """Pin a session to its place, or let it go."""
    access = authorise(event, Permission.PLAN)
    pinned = request.form.get("pinned") == "y"
    return _changed(access, code, operations.pin, pinned=pinned)


@bp.post("/sessions/<code>/swap")
def swap(event: str, code: str) -> Response:
    """Let two sessions change places; the other comes as ``CODE:version``."""
    access = authorise(event, Permission.PLAN)
    other, _, version = request.form.get("other", "").partition(":")
    if other == code or not version.isdecimal():
        abort(400)
    versions = {code: request.form.get("version", type=int), other: int(version)}
    outcome = attempt(
        access,
        code,
        lambda: operations.swap(
            access.event_id, access.user_id, versions, anyway="anyway" in request.form
        ),
    )
    return _told(access, code, outcome, request.form.get("board"))


@bp.post("/sessions/<code>/copy")
def copy(event: str, code: str) -> Response:
    """Copy a session, a break as a rule, to the other rooms."""
    access = authorise(event, Permission.PLAN)
    return _changed(access, code, operations.copy_to_rooms)


@bp.route("/board/<day>/shift", methods=["GET", "POST"])
def shift(event: str, day: str) -> Response:
    """Move the sessions of a room between two times, all of them or none."""
    access = authorise(event, Permission.PLAN)
    shifting = Shifting(access, _day(day))
    if request.method == "GET":
        return shifting.shown()
    outcome = shifting.tried()
    if outcome is None or outcome.kind != "done":
        return shifting.shown(outcome)
    flash(outcome.message, "done")
    return redirect(board_of(access, day))


def _changed(
    access: Access, code: str, operation: Callable[..., Entry | None], **wanted: bool
) -> Response:
    """Make a change that needs no more than the version of a session."""
    version = request.form.get("version", type=int)
    outcome = attempt(
        access,
        code,
        lambda: operation(access.event_id, access.user_id, code, version=version, **wanted),
    )
    return _told(access, code, outcome, request.form.get("board"))


def _told(
    access: Access, code: str, outcome: Outcome, day: str | None, form: MoveForm | None = None
) -> Response:
    """Answer with what came of a change: a script with JSON, others with a page."""
    if _wants_json():
        return _told_json(access, outcome)
    if outcome.kind == "gone":
        flash(outcome.message, "error")
        return redirect(url_for("timetable.overview", event=access.event.slug))
    if outcome.kind == "done":
        flash(outcome.message, "done")
        return redirect(board_of(access, day, code) if day else _back(access, code))
    moving = Moving(access, code)
    if form is None:
        form = moving.form()
    elif outcome.kind == "stale" and outcome.version is not None:
        form.meet(placement_values(moving.plan, moving.session), outcome.version)
    return _move_page(moving, form, outcome)


def _told_json(access: Access, outcome: Outcome) -> Response:
    answer = outcome.as_json
    if outcome.kind == "done":
        day = _day(request.form.get("board") or request.form.get("day") or "")
        page = day_page(access, day, Asked.of(request.args)) or abort(404)
        answer |= {"html": parts_of(access, page), "newest": page.newest}
    response = jsonify(answer)
    response.status_code = outcome.status
    return response


def _not_valid(moving: Moving, form: MoveForm) -> Response:
    """Say what is wrong with a form."""
    if not _wants_json():
        return _move_page(moving, form, status=422)
    reasons = [str(error) for errors in form.errors.values() for error in errors]
    message = gettext("This could not be done.")
    answer = {"ok": False, "status": "invalid", "message": message, "reasons": reasons}
    response = jsonify(answer)
    response.status_code = 422
    return response


def _move_page(
    moving: Moving, form: MoveForm, outcome: Outcome | None = None, *, status: int = 200
) -> Response:
    return render_desk(
        "timetable/move.html",
        moving.access,
        status=outcome.status if outcome else status,
        page=moving.page(outcome),
        session=moving.session,
        form=form,
        clock=clock_of,
    )


def _back(access: Access, code: str) -> str:
    return url_for("timetable.move", event=access.event.slug, code=code)


def _day(written: str) -> date:
    """Return the day of an address, or answer that there is no such page."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        abort(404)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
