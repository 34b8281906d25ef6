"""Making an event, its settings, and deleting it."""

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import (
    Access,
    Permission,
    authorise,
    confirm_identity,
    signed_in,
)
from planner.desk.language import spoken
from planner.events import operations
from planner.events.blueprint import bp
from planner.events.changes import Told, date_columns, date_values, what_dates_change
from planner.events.editing import Refused, edit, render, to_write
from planner.events.fields import as_lines
from planner.events.forms import (
    CreateForm,
    DatesForm,
    DeleteForm,
    EventForm,
    LimitsForm,
    PrinciplesForm,
    SecurityForm,
    SpeakersForm,
    TextsForm,
)
from planner.events.queries import contents, owns_some, with_days
from planner.i18n.languages import INTERFACE


@bp.route("/new", methods=["GET", "POST"])
def create() -> Response:
    """Make an event; whoever owns one may make others."""
    user = signed_in()
    if not owns_some(user.id):
        return render("events/cannot_create.html", None, status=403)
    order = sorted(INTERFACE, key=lambda code: code != spoken().code)
    form = CreateForm(languages=order, data={"languages_of_event": order})
    return edit(
        "events/create.html",
        None,
        form,
        save=partial(_found, user.id, form),
        current=lambda: ({}, None),
        done=lambda: url_for("desk.event", event=form.slug.data),
    )


def _found(user_id: int, form: CreateForm) -> None:
    values = form.entered()
    values["languages"] = values.pop("languages_of_event")
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    try:
        operations.found_event(user_id, uid_host=host, **values)
    except operations.SlugTakenError:
        raise Refused("slug", gettext("Another event has this address.")) from None


@bp.route("/<event>/settings", methods=["GET", "POST"])
def settings(event: str) -> Response:
    """Show and change what an event is called and says of itself."""
    access = authorise(event, to_write())
    return _section(access, TextsForm, operations.TEXTS, "texts")


@bp.route("/<event>/settings/principles", methods=["GET", "POST"])
def principles(event: str) -> Response:
    """Show and change what an event stands for, and with whom."""
    access = authorise(event, to_write())
    return _section(access, PrinciplesForm, operations.PRINCIPLES, "principles")


@bp.route("/<event>/settings/limits", methods=["GET", "POST"])
def limits(event: str) -> Response:
    """Show and change from where on the timetable warns."""
    access = authorise(event, to_write())
    return _section(access, LimitsForm, operations.LIMITS, "limits")


@bp.route("/<event>/settings/speakers", methods=["GET", "POST"])
def speakers(event: str) -> Response:
    """Show and change what speakers may do through their links."""
    access = authorise(event, to_write())
    return _section(access, SpeakersForm, operations.SPEAKERS, "speakers")


@bp.route("/<event>/settings/owner", methods=["GET", "POST"])
def security(event: str) -> Response:
    """Show and change what only owners decide."""
    access = authorise(event, Permission.OWN)
    confirm_identity()
    return _section(access, SecurityForm, operations.SECURITY, "security")


def _section(access: Access, sort: type[EventForm], action: str, name: str) -> Response:
    """Show or save a page of settings whose fields are columns of the event."""
    event = access.event
    form = sort(languages=event.languages, obj=event)

    def save() -> Any:
        return operations.change_event(
            event.id, access.user_id, action, version=form.version.data, values=form.entered()
        )

    def current() -> tuple[dict[str, Any], int]:
        return {field: getattr(event, field) for field in form.values()}, event.version

    here = request.endpoint or ""
    return edit(
        f"events/settings/{name}.html",
        access,
        form,
        save=save,
        current=current,
        done=lambda: url_for(here, event=event.slug),
        as_lines=as_lines,
    )


@bp.route("/<event>/settings/dates", methods=["GET", "POST"])
def dates(event: str) -> Response:
    """Show and change when an event is, and in which languages; ask before that loses anything."""
    access = authorise(event, to_write())
    plan = with_days(access.event_id)
    values = {**date_values(plan), "version": plan.version}
    form = DatesForm(languages=plan.languages, data=values)
    told = what_dates_change(plan, form) if form.validate_on_submit() else Told()
    if told and form.asked.data != told.digest:
        form.asked.data = told.digest
        return render("events/settings/dates.html", access, form=form, told=told)
    return _dates(access, form)


def _dates(access: Access, form: DatesForm) -> Response:
    def save() -> Any:
        return operations.change_dates(
            access.event_id,
            access.user_id,
            version=form.version.data,
            values=date_columns(form),
        )

    def current() -> tuple[dict[str, Any], int]:
        return date_values(access.event), access.event.version

    return edit(
        "events/settings/dates.html",
        access,
        form,
        save=save,
        current=current,
        done=lambda: url_for("events.dates", event=access.event.slug),
        told=Told(),
    )


@bp.route("/<event>/settings/delete", methods=["GET", "POST"])
def delete(event: str) -> Response:
    """Delete an event, once its address was written as a confirmation."""
    access = authorise(event, Permission.OWN)
    confirm_identity()
    form = DeleteForm()
    status = 200
    if form.validate_on_submit():
        if (form.slug.data or "").strip() == event:
            operations.delete_event(access.event_id, Path(current_app.instance_path) / "uploads")
            flash(gettext("The event “%(event)s” is deleted.", event=event), "done")
            return redirect(url_for("desk.index"))
        form.slug.errors = [gettext("This is not the address of this event.")]
        status = 422
    return render(
        "events/delete.html", access, status=status, form=form, going=contents(access.event_id)
    )
