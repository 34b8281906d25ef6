"""The addresses of participants in the desk."""

from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise, confirm_identity
from planner.events.editing import Refused, edit, to_write
from planner.participants.models import Participant
from planner.registration import desk_operations as operations
from planner.registration import desk_page as page
from planner.registration.desk_forms import ParticipantsForm
from planner.registration.desk_queries import registration
from planner.registration.moments import kept_until
from planner.registration.operations import UnknownError

bp = Blueprint("participants", __name__, url_prefix="/desk/<event>")


@bp.get("/participants")
def index(event: str) -> Response:
    """Show how many registered and what they need, and to who may know names, who they are."""
    access = authorise(event)
    return page.index_page(access)


@bp.get("/participants/participants.<kind>")
def export(event: str, kind: str) -> Response:
    """Send all registrations as a file, once the password was given again."""
    access = _knowing(event, Permission.VIEW)
    if kind not in {"csv", "xlsx"}:
        abort(404)
    confirm_identity(url_for(".index", event=event))
    return page.file_of(access, kind)


@bp.get("/participants/<int:number>")
def show(event: str, number: int) -> Response:
    """Show one registration."""
    access = _knowing(event, Permission.VIEW)
    return page.show_page(access, _found(access, number))


@bp.post("/participants/<int:number>/confirm")
def confirm(event: str, number: int) -> Response:
    """Confirm a registration in its owner's place."""
    access = _knowing(event, Permission.PLAN)
    _found(access, number)
    operations.confirm(access.event_id, access.user_id, number)
    return _done(gettext("The registration is confirmed."), event, number)


@bp.post("/participants/<int:number>/first")
def put_first(event: str, number: int) -> Response:
    """Let somebody who waits be the next who gets a place."""
    access = _knowing(event, Permission.PLAN)
    _found(access, number)
    operations.put_first(access.event_id, access.user_id, number)
    return _done(gettext("They are the first on the waiting list now."), event, number)


@bp.get("/participants/<int:number>/cancel")
def cancelling(event: str, number: int) -> Response:
    """Ask whether a registration is to be cancelled."""
    access = _knowing(event, Permission.PLAN)
    return page.question_page(access, _found(access, number), "cancel")


@bp.post("/participants/<int:number>/cancel")
def cancel(event: str, number: int) -> Response:
    """Cancel a registration."""
    access = _knowing(event, Permission.PLAN)
    _found(access, number)
    operations.cancel(access.event_id, access.user_id, number)
    return _done(gettext("The registration is cancelled."), event, number)


@bp.get("/participants/<int:number>/erase")
def erasing(event: str, number: int) -> Response:
    """Ask whether everything about somebody is to be deleted."""
    access = _knowing(event, Permission.PLAN)
    return page.question_page(access, _found(access, number), "erase")


@bp.post("/participants/<int:number>/erase")
def erase(event: str, number: int) -> Response:
    """Delete everything that is stored about somebody."""
    access = _knowing(event, Permission.PLAN)
    _found(access, number)
    instance = Path(current_app.instance_path)
    operations.erase(access.event_id, access.user_id, number, instance=instance)
    flash(gettext("Everything about them is deleted."), "done")
    return redirect(url_for(".index", event=event))


@bp.route("/settings/participants", methods=["GET", "POST"])
def settings(event: str) -> Response:
    """Show and change how many may register, and until when is kept what they told."""
    access = authorise(event, to_write())
    form = ParticipantsForm(
        data=_values(access), time_zone=access.event.time_zone, last_day=access.event.last_day
    )
    return edit(
        "registration/desk_settings.html",
        access,
        form,
        save=lambda: _save(access, form),
        current=lambda: (_values(access), access.event.version),
        done=lambda: url_for(".settings", event=event),
        **page.settings_context(access),
    )


def _values(access: Access) -> dict[str, Any]:
    event = access.event
    return {
        "registration_places": event.registration_places,
        "participants_kept_until": kept_until(event.participants_kept_until, event.last_day),
        "may_be_embedded": event.may_be_embedded,
        "version": event.version,
    }


def _save(access: Access, form: ParticipantsForm) -> None:
    try:
        operations.change_settings(
            access.event_id, access.user_id, version=form.version.data, values=form.entered()
        )
    except operations.TooFewPlacesError as error:
        told = ngettext(
            "%(num)d person is registered already.",
            "%(num)d people are registered already.",
            error.registered,
        )
        raise Refused("registration_places", told) from None


def _knowing(event: str, permission: Permission) -> Access:
    """Return the access of who may know names.

    :raises 403: when they may not.
    """
    access = authorise(event, permission)
    if not access.sees_names:
        abort(403)
    return access


def _found(access: Access, number: int) -> Participant:
    return registration(access.event_id, number) or abort(404)


def _done(told: str, event: str, number: int) -> Response:
    flash(told, "done")
    return redirect(url_for(".show", event=event, number=number))


@bp.errorhandler(UnknownError)
def gone(_error: UnknownError) -> Response:
    """Answer when a registration was deleted just now."""
    abort(404)
