"""Pages about the people of an event, for its owners."""

from typing import Any

from flask import abort, current_app, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise, confirm_identity
from planner.accounts.blueprint import bp
from planner.accounts.links import LIFETIMES
from planner.accounts.models import MemberRole, Membership, Purpose
from planner.accounts.words import role_label, role_meaning
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.entrance.forms import AccountForm
from planner.history.account import ago
from planner.journal.recording import GoneError, StaleError
from planner.lib.clock import now
from planner.organizers import operations, queries
from planner.organizers.forms import InviteForm, MemberForm


@bp.get("/<event>/organizers")
def people(event: str) -> Response:
    """List who has a part in an event, and who is invited."""
    access = authorise(event, Permission.OWN)
    return _page(
        "people",
        access,
        members=queries.members(access.event_id),
        invitations=queries.invitations(access.event_id),
        run_out=lambda invitation: now() - invitation.created_at > LIFETIMES[Purpose.INVITATION],
    )


@bp.route("/<event>/organizers/invite", methods=["GET", "POST"])
def invite(event: str) -> Response:
    """Invite somebody; the link is shown this once."""
    access = authorise(event, Permission.OWN)
    confirm_identity()
    form = InviteForm()
    form.offer(access.event.languages)
    if form.validate_on_submit():
        try:
            return _invited(access, form)
        except operations.MemberAlreadyError:
            form.email.errors = [gettext("Whoever has this address is among the organizers.")]
    return _page("invite", access, form)


@bp.post("/<event>/organizers/invitations/<int:invitation>/renew")
def renew_invitation(event: str, invitation: int) -> Response:
    """Send an invitation once more; the new link is shown this once."""
    access = authorise(event, Permission.OWN)
    confirm_identity(url_for(".people", event=event))
    try:
        found, link = operations.renew(access.event_id, invitation, spoken().code)
    except GoneError:
        abort(404)
    return _page("invited", access, name=found.name, link=link)


@bp.post("/<event>/organizers/invitations/<int:invitation>/withdraw")
def withdraw_invitation(event: str, invitation: int) -> Response:
    """Take an invitation back."""
    access = authorise(event, Permission.OWN)
    confirm_identity(url_for(".people", event=event))
    try:
        operations.withdraw(access.event_id, access.user_id, invitation)
    except GoneError:
        abort(404)
    flash(gettext("The invitation was withdrawn: its link works no more."), "done")
    return redirect(url_for(".people", event=event))


@bp.route("/<event>/organizers/<int:member>", methods=["GET", "POST"])
def member(event: str, member: int) -> Response:
    """Say what somebody may do."""
    access = authorise(event, Permission.OWN)
    confirm_identity()
    found = _member(access, member)
    form = MemberForm(data={**_values(found), "version": found.version})
    form.offer(access.event.languages)
    if form.validate_on_submit():
        try:
            return _changed(access, form, member)
        except StaleError:
            found = _member(access, member)
            form.meet(_values(found), found.version)
            return _page("member", access, form, status=409, member=found)
        except operations.LastOwnerError:
            form.role.errors = [_nobody_left()]
    return _page("member", access, form, member=found)


@bp.route("/<event>/organizers/<int:member>/remove", methods=["GET", "POST"])
def remove_member(event: str, member: int) -> Response:
    """Take somebody's part away."""
    access = authorise(event, Permission.OWN)
    confirm_identity()
    found = _member(access, member)
    form = AccountForm()
    if form.validate_on_submit():
        onward = "desk.index" if found.user_id == access.user_id else ".people"
        try:
            operations.remove(access.event_id, access.user_id, member)
        except operations.LastOwnerError:
            form.form_errors.append(_nobody_left())
        else:
            flash(gettext("Removed from the organizers of this event."), "done")
            return redirect(url_for(onward, event=event if onward == ".people" else None))
    return _page("remove_member", access, form, member=found)


def _invited(access: Access, form: InviteForm) -> Response:
    link = operations.invite(
        access.event_id,
        access.user_id,
        email=form.email.data,
        name=form.name.data,
        part=form.part,
        language=spoken().code,
    )
    return _page("invited", access, name=form.name.data, link=link)


def _changed(access: Access, form: MemberForm, number: int) -> Response:
    operations.change(access.event_id, access.user_id, number, form.part, version=form.version.data)
    flash(gettext("Saved."), "done")
    # Who gave up being an owner may see the list no more.
    is_owner = queries.part_of(access.event_id, access.user_id) is MemberRole.OWNER
    return redirect(url_for(".people" if is_owner else "desk.event", event=access.event.slug))


def _member(access: Access, number: int) -> Membership:
    """Return one part in the event.

    :raises 404: when there is none.
    """
    found = queries.member(access.event_id, number)
    if found is None:
        abort(404)
    return found


def _values(found: Membership) -> dict[str, object]:
    return {
        "role": found.role.value,
        "translates": list(found.languages),
        "sees_names": found.sees_names,
    }


def _nobody_left() -> str:
    return str(
        gettext(
            "This is the only owner: nobody would be left who may say who may do what. "
            "Make somebody else an owner first."
        )
    )


def _page(
    page: str,
    access: Access,
    form: Any = None,
    *,
    status: int | None = None,
    **context: Any,
) -> Response:
    if status is None:
        status = 422 if form is not None and (form.errors or form.form_errors) else 200
    return render_desk(
        f"accounts/{page}.html",
        access,
        status=status,
        form=form,
        role_label=role_label,
        role_meaning=role_meaning,
        since=lambda at: ago(at, now()),
        has_mail=bool(current_app.config["SMTP_URL"]),
        **context,
    )
