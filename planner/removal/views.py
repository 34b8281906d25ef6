"""The addresses at which a name, or a session, is taken out of everything published."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise, confirm_identity
from planner.removal import operations
from planner.removal.forms import RemovalForm
from planner.removal.page import instance, name_page, session_page, unfinished_page
from planner.removal.sweeping import sweep
from planner.removal.targets import NotThereError, Way

bp = Blueprint("removal", __name__, url_prefix="/desk/<event>")


@bp.route("/speakers/<code>/remove", methods=["GET", "POST"])
def name(event: str, code: str) -> Response:
    """Show where a name stands, and take it out of everything published."""
    access = _authorised(event)
    form = RemovalForm(data={"way": _asked_way(), "pseudonym": True})
    if not form.validate_on_submit():
        return name_page(access, code, form, 422 if form.errors else 200)
    try:
        operations.remove_name(
            event,
            code,
            form.chosen,
            instance=instance(),
            with_pseudonym=form.pseudonym.data,
            user_id=access.user_id,
        )
    except NotThereError:
        abort(404)
    return _swept(event, gettext("The name is removed from everything published."))


@bp.route("/sessions/<code>/remove", methods=["GET", "POST"])
def session(event: str, code: str) -> Response:
    """Show where a session stands, and take it out of everything published."""
    access = _authorised(event)
    form = RemovalForm(data={"way": Way.WITHHOLD.value})
    if not form.validate_on_submit():
        return session_page(access, code, form, 422 if form.errors else 200)
    try:
        operations.remove_session(
            event, code, form.chosen, instance=instance(), user_id=access.user_id
        )
    except NotThereError:
        abort(404)
    return _swept(event, gettext("The session is removed from everything published."))


@bp.get("/removals")
def unfinished(event: str) -> Response:
    """Say whether something is left to sweep up after removals."""
    return unfinished_page(_authorised(event))


@bp.post("/removals")
def finish(event: str) -> Response:
    """Try once more to sweep up."""
    access = _authorised(event)
    if not sweep(instance()):
        return unfinished_page(access, 409)
    flash(gettext("Nothing is left of what was removed."), "done")
    return redirect(url_for("releases.index", event=event))


def _asked_way() -> str:
    """Return how far the link that led here says that it goes; who reads the page decides."""
    return Way.ERASE.value if request.args.get("way") == Way.ERASE else Way.WITHHOLD.value


def _authorised(event: str) -> Access:
    """Return the access of who may publish and know all names, and has just shown who they are.

    :raises 403: when they may not know names.
    """
    access = authorise(event, Permission.RELEASE)
    if not access.sees_names:
        abort(403)
    confirm_identity()
    return access


def _swept(event: str, done: str) -> Response:
    """Sweep up after a removal; where that fails, lead to where it can be tried again."""
    flash(done, "done")
    if sweep(instance()):
        return redirect(url_for("releases.index", event=event))
    return redirect(url_for("removal.unfinished", event=event))
