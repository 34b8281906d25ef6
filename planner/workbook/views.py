"""The addresses of spreadsheets in the desk."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise, confirm_identity
from planner.workbook import page
from planner.workbook.columns import SheetKind
from planner.workbook.forms import AgreementForm, UploadForm
from planner.workbook.operations import PlanChangedError, take
from planner.workbook.reading import read_file
from planner.workbook.telling import UnreadableWorkbookError
from planner.workbook.uploads import MOST_OCTETS

bp = Blueprint("imports", __name__, url_prefix="/desk/<event>/spreadsheets")
#: The sheets that tell who people are.
_WITH_NAMES = {SheetKind.SESSIONS, SheetKind.SPEAKERS}
#: What stands around a file in a form.
_ENVELOPE = 64 * 1024


@bp.url_value_preprocessor
def allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let the one address that takes files take more than the others, before the form is read."""
    if endpoint == f"{bp.name}.upload":
        request.max_content_length = MOST_OCTETS + _ENVELOPE


@bp.get("")
def spreadsheets(event: str) -> Response:
    """Offer the plan as a workbook, and take one back."""
    access = authorise(event)
    return page.start_page(access, UploadForm())


@bp.get("/plan.xlsx")
def workbook(event: str) -> Response:
    """Send the plan as a workbook."""
    access = authorise(event)
    _confirm_who_takes_names(access)
    return page.workbook_file(access)


@bp.get("/<sheet>.csv")
def table(event: str, sheet: str) -> Response:
    """Send one sheet of the plan as CSV."""
    access = authorise(event)
    kind = next((kind for kind in SheetKind if kind.value.lower() == sheet), None)
    if kind in _WITH_NAMES:
        _confirm_who_takes_names(access)
    return page.table_file(access, kind or abort(404))


def _confirm_who_takes_names(access: Access) -> None:
    """Ask for the password again before names leave in a file; the page offers it once more."""
    if access.sees_names:
        confirm_identity(url_for(".spreadsheets", event=access.event.slug))


@bp.post("")
def upload(event: str) -> Response:
    """Keep a file that can be read, and go on to what it would change."""
    access = authorise(event, Permission.PLAN)
    form = UploadForm()
    if form.validate_on_submit():
        try:
            token = page.keep(access, form)
        except UnreadableWorkbookError as error:
            form.file.errors = [error.told]
        else:
            return redirect(url_for(".proposal", event=event, token=token))
    return page.start_page(access, form, status=422)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> Response | RequestEntityTooLarge:
    """Say beside the field that a file is too large."""
    if request.endpoint != f"{bp.name}.upload":
        return error
    access = authorise((request.view_args or {})["event"], Permission.PLAN)
    form = UploadForm(formdata=None)
    form.file.errors = [gettext("The file is larger than 5 MB.")]
    response = page.start_page(access, form, status=413)
    response.headers["Connection"] = "close"  # the rest of the file is not read
    return response


@bp.get("/<token>")
def proposal(event: str, token: str) -> Response:
    """Show what a file would change, and what cannot be taken and why."""
    access = authorise(event, Permission.PLAN)
    kept = page.uploads(access).kept(token) or abort(404)
    return page.proposal_page(access, kept, page.proposed(access, kept))


@bp.post("/<token>")
def confirm(event: str, token: str) -> Response:
    """Take a file whose changes somebody has read; show them anew when they are others now."""
    access = authorise(event, Permission.PLAN)
    kept = page.uploads(access).kept(token) or abort(404)
    options, agreed = page.options(access, kept), AgreementForm().agreed.data or ""
    file, user_id = read_file(kept.content), access.user_id
    try:
        account = take(file, event, options, user_id=user_id, agreed=agreed)
    except PlanChangedError:
        return page.proposal_page(access, kept, page.proposed(access, kept), is_other=True)
    if account.is_refused:
        return page.proposal_page(access, kept, account)
    page.uploads(access).forget(token)
    flash(page.done(account), "done")
    return redirect(url_for(".spreadsheets", event=event))


@bp.post("/<token>/discard")
def discard(event: str, token: str) -> Response:
    """Delete a file that is not to be taken."""
    access = authorise(event, Permission.PLAN)
    page.uploads(access).forget(token)
    flash(gettext("Nothing was changed, and the file is deleted."), "done")
    return redirect(url_for(".spreadsheets", event=event))
