"""The address at which one session of the public programme is put right at once."""

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Permission, authorise
from planner.releases.correction_page import Correcting
from planner.releases.views import bp


@bp.route("/sessions/<code>/correct", methods=["GET", "POST"])
def correct(event: str, code: str) -> Response:
    """Put a session of the public programme right, in the plan and in public at once."""
    access = authorise(event, Permission.RELEASE)
    correcting = Correcting(access, code)
    form = correcting.correction_form()
    if not form.validate_on_submit():
        return correcting.correction_page(form)
    outcome = correcting.publish(form)
    if outcome.kind != "done":
        return Correcting(access, code).correction_page(form, outcome)
    flash(gettext("The correction is public."), "done")
    return redirect(url_for("releases.index", event=event))
