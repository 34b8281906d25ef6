"""The releases of an event in the desk: what there is, and publishing the next."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.layout import render_desk
from planner.journal.models import Entry
from planner.journal.queries import newest, since
from planner.programme.vocabulary import Stage
from planner.releases import operations
from planner.releases.forms import PublishForm
from planner.releases.issuing import OtherwiseReviewedError
from planner.releases.models import Release
from planner.releases.page import Preview, preview_of, releases_page, told

bp = Blueprint("releases", __name__, url_prefix="/desk/<event>")


@bp.get("/releases")
def index(event: str) -> Response:
    """List the releases, and show what the next would change."""
    access = authorise(event)
    number = newest(access.event_id)
    preview = preview_of(access)
    stage = preview.review.previous.release.stage if preview.review.previous else Stage.DRAFT
    form = PublishForm(
        languages=access.event.languages,
        data={"stage": stage, "newest": number, "reviewed": preview.review.digest},
    )
    return _page(access, form, preview)


@bp.post("/releases")
def publish(event: str) -> Response:
    """Publish what was reviewed, unless it has changed since."""
    access = authorise(event, Permission.RELEASE)
    form = PublishForm(languages=access.event.languages)
    preview = preview_of(access)
    if not form.validate_on_submit() or not form.check_errors(preview.errors):
        return _page(access, form, preview, status=422)
    try:
        release = _publish(access, form)
    except OtherwiseReviewedError:
        return _reviewed_anew(access, form)
    except operations.NothingToPublishError:
        flash(gettext("Nothing to publish: this is what the public reads already."), "warning")
        return _page(access, form, preview, status=422)
    flash(gettext("Release %(number)s is public.", number=release.number), "done")
    return redirect(url_for("releases.index", event=event))


def _publish(access: Access, form: PublishForm) -> Release:
    return operations.publish(
        access.event.slug,
        Stage(form.stage.data),
        note={lang: text for lang, text in form.note.data.items() if text},
        user_id=access.user_id,
        reviewed=form.reviewed.data or "",
    )


def _reviewed_anew(access: Access, form: PublishForm) -> Response:
    """Show the release as it would be now, with what was done since it was reviewed."""
    number = newest(access.event_id)
    seen = form.newest.data if form.newest.data is not None else number
    meanwhile = since(access.event_id, seen)
    preview = preview_of(access)
    form.reviewed.data, form.reviewed.raw_data = preview.review.digest, None
    form.newest.data, form.newest.raw_data = number, None
    return _page(access, form, preview, status=409, meanwhile=meanwhile)


def _page(
    access: Access,
    form: PublishForm,
    preview: Preview,
    *,
    status: int = 200,
    meanwhile: list[Entry] | None = None,
) -> Response:
    before = request.args.get("before", type=int)
    return render_desk(
        "releases/index.html",
        access,
        status=status,
        form=form,
        preview=preview,
        stale=status == 409,
        meanwhile=told(access, meanwhile or ()),
        **releases_page(access, before),
    )
