"""The desk's addresses of what speakers propose."""

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from planner.accounts.access import Access, Permission, authorise
from planner.entering.speakers.pages import uploads
from planner.journal.recording import GoneError, StaleError
from planner.slots import proposals_operations as operations
from planner.slots.models import Outcome, Proposal
from planner.slots.proposals_page import (
    DecisionForm,
    form_of,
    index_page,
    proposal_page,
)
from planner.slots.proposals_queries import proposal_by
from planner.slots.texts_page import photo_of, picture_path
from planner.speakers.naming import is_known

bp = Blueprint("proposals", __name__, url_prefix="/desk/<event>/proposals")


@bp.get("")
def index(event: str) -> AnyResponse:
    """List what speakers propose."""
    access = authorise(event)
    return index_page(access)


@bp.get("/<int:number>")
def show(event: str, number: int) -> AnyResponse:
    """Show a proposal against what is there now."""
    access = authorise(event)
    proposal = _known(access, number)
    return proposal_page(access, proposal, form_of(proposal), 200)


@bp.post("/<int:number>")
def decide(event: str, number: int) -> AnyResponse:
    """Accept a proposal, whole or in part, or refuse it."""
    access = authorise(event, Permission.PLAN)
    proposal = _known(access, number)
    form = form_of(proposal)
    if proposal.outcome is not Outcome.OPEN:
        return proposal_page(access, proposal, form, 409, is_stale=True)
    if not form.validate_on_submit():
        return proposal_page(access, proposal, form, 422)
    try:
        _decide(access, number, form)
    except StaleError:
        proposal = _known(access, number)
        form.version.data, form.version.raw_data = form_of(proposal).version.object_data, None
        return proposal_page(access, proposal, form, 409, is_stale=True)
    return redirect(url_for(".index", event=event), 303)


def _decide(access: Access, number: int, form: DecisionForm) -> None:
    who, answer = (access.event_id, access.user_id, number), form.answer.data
    try:
        if form.refuses:
            operations.refuse(*who, answer)
            flash(gettext("Refused. The speaker sees it on their page."), "done")
        else:
            version = form.version.data or 0
            operations.accept(*who, form.taken.data, answer, version=version, folder=uploads())
            flash(gettext("Accepted. The speaker sees it on their page."), "done")
    except GoneError:
        abort(404)


@bp.get("/<int:number>/photo")
def photo(event: str, number: int) -> AnyResponse:
    """Send the photo that somebody proposes to who may know them."""
    access = authorise(event)
    path = picture_path(photo_of(_known(access, number))) or abort(404)
    return Response(path.read_bytes(), content_type="image/jpeg")


def _known(access: Access, number: int) -> Proposal:
    """Return a proposal of somebody whom who asks may know."""
    proposal = proposal_by(access.event_id, number)
    if proposal is None or not is_known(proposal.speaker, sees_names=access.sees_names):
        abort(404)
    return proposal
