"""Pages for getting in."""

from typing import Any

from flask import current_app, flash, redirect, request, session, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from werkzeug.wrappers import Response

from planner.accounts.access import signed_in
from planner.accounts.blueprint import bp
from planner.accounts.links import DeadLinkError, opened_invitation, opened_reset
from planner.accounts.logins import sign_in as begin_session
from planner.accounts.logins import sign_out as end_session
from planner.accounts.models import Invitation, User
from planner.accounts.throttling import TooManyAttemptsError
from planner.accounts.words import role_label, role_meaning
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.desk.pages import safe_next
from planner.entrance import operations
from planner.entrance.forms import (
    AcceptForm,
    AccountForm,
    CodeForm,
    EmailForm,
    NewPasswordForm,
    PasswordForm,
    RecoveryForm,
    SignInForm,
)
from planner.entrance.steps import awaited, take_first_step, take_second_step
from planner.lib.clock import now


@bp.route("/account/login", methods=["GET", "POST"])
def sign_in() -> Response:
    """Sign in with an address and a password."""
    form = SignInForm(next=request.args.get("next"))
    if current_user.is_authenticated:
        return _onward(form)
    if form.validate_on_submit():
        user = operations.check_password(form.email.data, form.password.data)
        if user is not None:
            if take_first_step(user):
                return redirect(url_for(".second_step", recovery=False, next=form.next.data))
            return _onward(form)
        form.refused = True
    return _page("sign_in", form)


@bp.route("/account/login/code", methods=["GET", "POST"], defaults={"recovery": False})
@bp.route("/account/login/recovery", methods=["GET", "POST"], defaults={"recovery": True})
def second_step(recovery: bool) -> Response:
    """Give a code of the second factor, or a recovery code."""
    user = awaited()
    form = (RecoveryForm if recovery else CodeForm)(next=request.args.get("next"))
    if user is None:
        return redirect(url_for(".sign_in", next=form.next.data))
    if form.validate_on_submit():
        if operations.check_code(user, form.code.data, recovery=recovery):
            take_second_step(user)
            if recovery:
                _tell_how_many_are_left(len(user.recovery_codes))
            return _onward(form)
        form.code.errors = [gettext("This code is wrong, or was used already.")]
    return _page("second_step", form, recovery=recovery)


@bp.post("/account/logout")
def sign_out() -> Response:
    """Sign out in this browser."""
    end_session()
    return redirect(url_for(".sign_in"))


@bp.route("/account/verify", methods=["GET", "POST"])
def verify() -> Response:
    """Give the password once more, before what only its owner may do."""
    user = signed_in()
    form = PasswordForm(next=request.args.get("next"))
    if form.validate_on_submit():
        if operations.confirm_password(user, form.password.data):
            session["fs_paa"] = now().timestamp()
            return _onward(form)
        form.password.errors = [gettext("This is not your password.")]
    return _page("verify", form)


@bp.route("/account/forgotten", methods=["GET", "POST"])
def forgotten() -> Response:
    """Ask for a link to set a new password."""
    form = EmailForm()
    asked = form.validate_on_submit()
    if asked:
        operations.ask_for_reset(form.address, spoken().code)
    has_mail = bool(current_app.config["SMTP_URL"])
    return _page("forgotten", form, asked=asked, has_mail=has_mail)


@bp.route("/account/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> Response:
    """Set a new password by a link that works once."""
    user = opened_reset(token)
    form = NewPasswordForm(own=(user.email, user.name))
    if form.validate_on_submit():
        operations.reset_password(token, form.new_password.data)
        flash(gettext("Your password is set. Sign in with it."), "done")
        return redirect(url_for(".sign_in"))
    return _page("reset", form, user=user)


@bp.route("/account/invitation/<token>", methods=["GET", "POST"])
def invitation(token: str) -> Response:
    """Take an invitation up, with an account of one's own or with a new one."""
    offered = opened_invitation(token)
    if current_user.is_authenticated:
        return _accept_as_who_is_signed_in(token, offered)
    form = AcceptForm(own=(offered.email,), name=offered.name)
    if form.validate_on_submit():
        slug = offered.event.slug
        try:
            begin_session(_accepted_as_new(token, form))
            return redirect(url_for("desk.event", event=slug))
        except operations.AccountExistsError:
            form.refused = True
    return _invitation_page(form, offered)


def _accepted_as_new(token: str, form: AcceptForm) -> User:
    return operations.accept_as_new(
        token,
        name=form.name.data,
        password=form.new_password.data,
        language=spoken().code,
    )


def _accept_as_who_is_signed_in(token: str, offered: Invitation) -> Response:
    form = AccountForm()
    if not form.validate_on_submit():
        return _invitation_page(form, offered)
    slug = offered.event.slug
    operations.accept_as(current_user._get_current_object(), token)
    return redirect(url_for("desk.event", event=slug))


def _invitation_page(form: AccountForm, offered: Invitation) -> Response:
    return _page(
        "invitation",
        form,
        invitation=offered,
        role=role_label(offered.role),
        meaning=role_meaning(offered.role),
    )


def dead_link(_error: DeadLinkError) -> Response:
    """Answer for a link that was used, has expired, or never was one."""
    return render_desk("accounts/dead_link.html", status=404)


def too_many(error: TooManyAttemptsError) -> Response:
    """Answer for attempts that are held back for a while."""
    minutes = max(1, -(-error.seconds // 60))
    response = render_desk("accounts/too_many.html", status=429, minutes=minutes)
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _page(name: str, form: AccountForm, **context: Any) -> Response:
    """Return a page with a form; one that was sent and is shown again has something wrong."""
    is_wrong = form.refused or bool(form.errors)
    return render_desk(
        f"accounts/{name}.html", form=form, status=422 if is_wrong else 200, **context
    )


def _onward(form: AccountForm) -> Response:
    return redirect(safe_next(form.next.data or "") or url_for("desk.index"))


def _tell_how_many_are_left(number: int) -> None:
    told = ngettext("%(num)d recovery code is left.", "%(num)d recovery codes are left.", number)
    flash(told, "warning")
