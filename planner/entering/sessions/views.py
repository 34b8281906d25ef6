"""The addresses of sessions in the desk."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.entering.gone import found_or_404
from planner.entering.sessions import asking, operations, pages
from planner.entering.sessions.filters import NONE, Filters
from planner.entering.sessions.forms import DO, SessionForm, values_of
from planner.entering.sessions.queries import session_of
from planner.journal.recording import GoneError, StaleError
from planner.sessions.labels import state_label
from planner.sessions.models import Session, State, TransitionError
from planner.timetable.models import Relation
from planner.timetable.plan import plan_of

bp = Blueprint("sessions", __name__, url_prefix="/desk/<event>/sessions")


@bp.get("")
def index(event: str) -> Response:
    """List sessions."""
    access = authorise(event)
    return pages.index_page(access, Filters.of(request.args))


@bp.route("/new", methods=["GET", "POST"])
def create(event: str) -> Response:
    """Add a session."""
    access = authorise(event, Permission.PLAN)
    form = pages.new_form(access)
    if DO in request.form:
        form.people.rearrange(request.form[DO])
    elif form.validate_on_submit():
        code = operations.create_session(access.event_id, access.user_id, form.values())
        flash(gettext("The session is added."), "done")
        return redirect(url_for(".show", event=event, code=code))
    return pages.new_page(access, form, 422 if form.errors else 200)


@bp.get("/<code>")
def show(event: str, code: str) -> Response:
    """Show a session: the form to those who plan, its texts to others."""
    access = authorise(event)
    session = _session(access, code)
    if not access.may(Permission.PLAN):
        return pages.read_page(access, session)
    plan = plan_of(access.event_id)
    return pages.form_page(access, session, pages.form_of(access, session, plan), plan, 200)


@bp.post("/<code>")
def save(event: str, code: str) -> Response:
    """Change a session."""
    access = authorise(event, Permission.PLAN)
    session = session_of(access.event_id, code)
    if session is None:
        return _gone(access, code)
    form = pages.form_of(access, session, plan_of(access.event_id))
    status = 200
    if DO in request.form:
        form.people.rearrange(request.form[DO])
    elif form.validate_on_submit():
        status = _update(access, session.code, form)
        if status == _SAVED:
            flash(gettext("Saved."), "done")
            return redirect(url_for(".show", event=event, code=code))
    session = session_of(access.event_id, code)
    if session is None:
        return _gone(access, code)
    plan = plan_of(access.event_id)
    return pages.form_page(access, session, form, plan, 422 if form.errors else status)


def _gone(access: Access, code: str) -> Response:
    """Keep what was typed for a session that is deleted."""
    return pages.new_page(access, pages.new_form(access), 409, gone=code)


_SAVED, _STALE, _WRONG = 303, 409, 422


def _update(access: Access, code: str, form: SessionForm) -> int:
    """Save the form and return the status that says what became of it."""
    try:
        operations.update_session(
            access.event_id,
            access.user_id,
            code,
            form.values(),
            version=request.form.get("version", 0, type=int),
            fits=form.fits.data,
        )
    except (StaleError, GoneError):
        fresh = session_of(access.event_id, code)
        if fresh is not None:
            form.meet(values_of(fresh), fresh.version)
        return _STALE
    except TransitionError:
        form.refuse_state()
        return _WRONG
    return _SAVED


@bp.post("/<code>/duplicate")
def duplicate(event: str, code: str) -> Response:
    """Add a session like another."""
    access = authorise(event, Permission.PLAN)
    with found_or_404():
        copy = operations.duplicate_session(access.event_id, access.user_id, code)
    flash(gettext("This is the copy: unplaced, and proposed."), "done")
    return redirect(url_for(".show", event=event, code=copy))


@bp.post("/<code>/withdraw")
def withdraw(event: str, code: str) -> Response:
    """Withdraw a session."""
    access = authorise(event, Permission.PLAN)
    with found_or_404():
        operations.withdraw_session(access.event_id, access.user_id, code)
    flash(gettext("The session is withdrawn."), "done")
    return redirect(url_for(".show", event=event, code=code))


@bp.post("/<code>/bring-back")
def bring_back(event: str, code: str) -> Response:
    """Take the withdrawal of a session back."""
    access = authorise(event, Permission.PLAN)
    with found_or_404():
        state = operations.bring_back_session(access.event_id, access.user_id, code)
    told = gettext("The session is back. Its state: %(state)s.", state=state_label(state))
    flash(told, "done")
    return redirect(url_for(".show", event=event, code=code))


@bp.route("/<code>/delete", methods=["GET", "POST"])
def delete(event: str, code: str) -> Response:
    """Name what depends on a session, and delete it."""
    access = authorise(event, Permission.PLAN)
    session = _session(access, code)
    if request.method == "GET":
        return pages.delete_page(access, session)
    with found_or_404():
        operations.delete_session(access.event_id, access.user_id, code)
    flash(gettext("The session is deleted."), "done")
    return redirect(url_for(".index", event=event))


@bp.post("/change")
def change(event: str) -> Response:
    """Give several sessions a state or a theme, and go back to the list."""
    access = authorise(event, Permission.PLAN)
    codes = request.form.getlist("session")
    with found_or_404():
        flash(*_changed(access, codes))
    filters = Filters.of(request.args)
    query = filters.query(page=filters.page)
    return redirect(f"{url_for('.index', event=event)}{'?' if query else ''}{query}")


def _changed(access: Access, codes: list[str]) -> tuple[str, str]:
    """Change what was checked, and return what to say of it, with the kind of message."""
    state, theme = request.form.get("state", ""), request.form.get("theme", "")
    if not codes:
        return gettext("Check the sessions first."), "warning"
    if request.form.get("do") == "theme":
        slug = "" if theme == NONE else theme
        changed, refused = (
            operations.change_themes(access.event_id, access.user_id, codes, slug),
            0,
        )
    elif state in set(State):
        changed, refused = operations.change_states(
            access.event_id, access.user_id, codes, State(state)
        )
    else:
        return gettext("Choose what they are to become."), "warning"
    told = ngettext("%(num)d session changed.", "%(num)d sessions changed.", changed)
    if not refused:
        return told, "done"
    rest = ngettext(
        "%(num)d session cannot go there from its state.",
        "%(num)d sessions cannot go there from their state.",
        refused,
    )
    return f"{told} {rest}", "warning"


@bp.get("/<code>/asked")
def asked(event: str, code: str) -> Response:
    """Show what is asked of a session and others."""
    access = authorise(event, Permission.PLAN)
    return pages.asked_page(access, _session(access, code), 200, entered={})


@bp.post("/<code>/asked")
def ask(event: str, code: str) -> Response:
    """Ask something of a session and another."""
    access = authorise(event, Permission.PLAN)
    session = _session(access, code)
    problem = _ask(access, code)
    if problem:
        return pages.asked_page(access, session, 422, entered=request.form, problem=problem)
    flash(gettext("Saved."), "done")
    return redirect(url_for(".asked", event=event, code=code))


def _ask(access: Access, code: str) -> str:
    """Ask what the form says, and return what is wrong with it."""
    told = request.form.get("relation", "")
    other = request.form.get("other", "").strip().split(" ")[0].upper()
    turned = told == pages.AFTER
    if not turned and told not in set(Relation):
        return gettext("Not a valid choice.")
    relation = Relation.BEFORE if turned else Relation(told)
    first, second = (other, code) if turned else (code, other)
    try:
        asking.ask(access.event_id, access.user_id, first, relation, second)
    except GoneError:
        return gettext("Choose another session, by its code.")
    except asking.AskedAlreadyError:
        return gettext("This, or the opposite of it, is asked of both already.")
    return ""


@bp.post("/<code>/asked/<int:number>/drop")
def unask(event: str, code: str, number: int) -> Response:
    """Ask something of a session and another no more."""
    access = authorise(event, Permission.PLAN)
    with found_or_404():
        asking.unask(access.event_id, access.user_id, number)
    flash(gettext("Saved."), "done")
    return redirect(url_for(".asked", event=event, code=code))


def _session(access: Access, code: str) -> Session:
    return session_of(access.event_id, code) or abort(404)
