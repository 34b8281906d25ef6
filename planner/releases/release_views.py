"""The addresses of one release, and of those that wait for their hour."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Permission, authorise
from planner.releases.forms import NoteForm, written
from planner.releases.issuing import OtherwiseReviewedError
from planner.releases.operations import NothingToPublishError, take_back
from planner.releases.release_page import (
    release_page,
    restore_page,
    shown_or_404,
    take_back_page,
)
from planner.releases.restoring import restore
from planner.releases.scheduling import UnknownAppointmentError, call_off
from planner.releases.views import bp


@bp.get("/releases/<int:number>")
def show(event: str, number: int) -> Response:
    """Show what a release was."""
    access = authorise(event)
    return release_page(access, number)


@bp.route("/releases/<int:number>/take-back", methods=["GET", "POST"])
def take_back_to(event: str, number: int) -> Response:
    """Make an earlier release current again, as a new one."""
    access = authorise(event, Permission.RELEASE)
    form = NoteForm(languages=access.event.languages)
    if not form.validate_on_submit():
        return take_back_page(access, number, form, status=422 if form.errors else 200)
    try:
        release = take_back(
            event,
            number,
            current=form.current.data,
            note=written(form.note),
            user_id=access.user_id,
        )
    except OtherwiseReviewedError:
        return take_back_page(access, number, form, status=409)
    except NothingToPublishError:
        flash(gettext("Nothing to publish: this is what the public reads already."), "warning")
        return take_back_page(access, number, form, status=422)
    flash(gettext("Release %(number)s is public.", number=release.number), "done")
    return redirect(url_for("releases.index", event=event))


@bp.route("/releases/<int:number>/restore", methods=["GET", "POST"])
def restore_into_plan(event: str, number: int) -> Response:
    """Bring what a release said back into the plan."""
    access = authorise(event, Permission.PLAN)
    shown_or_404(access, number)
    if request.method == "GET":
        return restore_page(access, number)
    if restore(access.event_id, access.user_id, event, number) is None:
        flash(gettext("The plan says just that already."), "warning")
    else:
        flash(gettext("The plan says what release %(number)s said.", number=number), "done")
    return redirect(url_for("releases.index", event=event))


@bp.post("/releases/scheduled/<int:number>/call-off")
def call_off_scheduled(event: str, number: int) -> Response:
    """Let a release that waits for its hour not be published."""
    access = authorise(event, Permission.RELEASE)
    try:
        call_off(access.event_id, access.user_id, number)
    except UnknownAppointmentError:
        flash(gettext("It does not wait any more."), "warning")
    else:
        flash(gettext("It will not be published."), "done")
    return redirect(url_for("releases.index", event=event))
