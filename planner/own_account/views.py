"""Pages of one's own account."""

import io
from typing import TYPE_CHECKING, Any

import segno
from flask import Response as FlaskResponse
from flask import abort, flash, redirect, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import confirm_identity, memberships_of, signed_in
from planner.accounts.blueprint import bp
from planner.accounts.logins import current_login, end_login, renew_session, sign_in
from planner.accounts.models import User
from planner.accounts.queries import logins_of
from planner.accounts.second_factor import (
    address_of,
    enable,
    key_of,
    new_secret,
    renew_recovery_codes,
    takes,
)
from planner.accounts.throttling import admit
from planner.desk.language import choose, spoken
from planner.desk.layout import render_desk
from planner.entrance.forms import AccountForm, CodeForm
from planner.entrance.operations import confirm_password
from planner.history.account import ago
from planner.lib.clock import now
from planner.own_account import operations
from planner.own_account.forms import ChangePasswordForm, ProfileForm

if TYPE_CHECKING:
    from planner.events.models import Event

#: The secret that is being set up, encrypted, in the browser's session.
_NEW_SECRET = "new_secret"  # noqa: S105 -- where it is kept


@bp.get("/account/security")
def security() -> Response:
    """Show the own account, and what an event asks of it."""
    user = signed_in()
    return render_desk(
        "accounts/security.html",
        user=user,
        login=current_login(),
        logins=logins_of(user),
        since=lambda at: ago(at, now()),
        needed=_event_that_asks(user),
    )


@bp.route("/account/profile", methods=["GET", "POST"])
def profile() -> Response:
    """Change the own name, and the language of the desk."""
    user = signed_in()
    form = ProfileForm(name=user.name, language=user.language or spoken().code)
    if form.validate_on_submit():
        operations.set_profile(user, name=form.name.data, language=form.language.data)
        choose(form.language.data)
        flash(gettext("Saved."), "done")
        return redirect(url_for(".security"))
    return _page("profile", form)


@bp.route("/account/password", methods=["GET", "POST"])
def password() -> Response:
    """Change the own password, which signs out everywhere else."""
    user = signed_in()
    login = current_login()
    second_factor = login is not None and login.second_factor
    form = ChangePasswordForm(own=(user.email, user.name))
    if form.validate_on_submit():
        if confirm_password(user, form.password.data):
            operations.change_password(user, form.new_password.data, spoken().code)
            sign_in(user, second_factor=second_factor)
            flash(gettext("Your password was changed. Elsewhere you are signed out."), "done")
            return redirect(url_for(".security"))
        form.password.errors = [gettext("This is not your password.")]
    return _page("password", form, user=user)


@bp.route("/account/second-factor", methods=["GET", "POST"])
def second_factor() -> Response:
    """Set the second factor up: the secret for the app, and a first code from it."""
    user = signed_in()
    confirm_identity()
    if user.has_second_factor:
        return redirect(url_for(".security"))
    if _NEW_SECRET not in session:
        session[_NEW_SECRET] = new_secret()
    secret = session[_NEW_SECRET]
    form = CodeForm()
    if form.validate_on_submit():
        attempt = admit("code", str(user.id))
        if takes(user, form.code.data, secret):
            attempt.succeeded()
            return _enabled(user, session.pop(_NEW_SECRET))
        form.code.errors = [gettext("This code is wrong. Is the clock of your phone right?")]
    return _page("second_factor", form, key=key_of(secret), user=user)


@bp.get("/account/second-factor/code.svg")
def second_factor_picture() -> Response:
    """Return the QR code for the app, which nobody may keep."""
    user = signed_in()
    secret = session.get(_NEW_SECRET)
    if secret is None:
        abort(404)
    picture = io.BytesIO()
    segno.make(address_of(secret, user), error="m").save(
        picture, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return FlaskResponse(picture.getvalue(), mimetype="image/svg+xml")


@bp.route("/account/second-factor/remove", methods=["GET", "POST"])
def remove_second_factor() -> Response:
    """Ask for no code any more."""
    user = signed_in()
    confirm_identity()
    form = AccountForm()
    if form.validate_on_submit():
        operations.remove_second_factor(user, spoken().code)
        flash(gettext("Your second factor was removed."), "done")
        return redirect(url_for(".security"))
    asking = [part.event for part in memberships_of(user) if part.event.requires_second_factor]
    return _page("remove_second_factor", form, asking=asking)


@bp.route("/account/recovery-codes", methods=["GET", "POST"])
def recovery_codes() -> Response:
    """Replace the recovery codes, and show the new ones once."""
    user = signed_in()
    confirm_identity()
    if not user.has_second_factor:
        return redirect(url_for(".security"))
    form = AccountForm()
    if form.validate_on_submit():
        return _page("new_recovery_codes", form, codes=renew_recovery_codes(user), is_first=False)
    return _page("recovery_codes", form, left=len(user.recovery_codes))


@bp.post("/account/browsers/<int:login>/end")
def end_browser(login: int) -> Response:
    """Sign out in another browser."""
    if not end_login(signed_in(), login):
        abort(404)
    flash(gettext("Signed out there."), "done")
    return redirect(url_for(".security"))


@bp.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """Sign out in all browsers, this one as well."""
    operations.sign_out_everywhere(signed_in())
    renew_session()
    flash(gettext("You are signed out everywhere."), "done")
    return redirect(url_for(".sign_in"))


def _enabled(user: User, secret: str) -> Response:
    login = current_login()
    codes = enable(user, secret, login.id if login else None)
    asked_by = _event_that_asks(user)
    onward = url_for("desk.event", event=asked_by.slug) if asked_by else None
    return _page("new_recovery_codes", AccountForm(), codes=codes, is_first=True, onward=onward)


def _event_that_asks(user: User) -> "Event | None":
    """Return the event of the user that asks for a second factor, where one sent them here."""
    slug = request.args.get("needed")
    found = (part.event for part in memberships_of(user) if part.event.slug == slug)
    return next((event for event in found if event.requires_second_factor), None)


def _page(name: str, form: AccountForm, **context: Any) -> Response:
    return render_desk(
        f"accounts/{name}.html", form=form, status=422 if form.errors else 200, **context
    )
