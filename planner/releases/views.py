"""The releases of an event in the desk: what there is, and publishing the next."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.layout import render_desk
from planner.journal.models import Entry
from planner.journal.queries import newest, since
from planner.programme.vocabulary import Stage
from planner.readiness.binding import NotReadyError
from planner.releases import operations
from planner.releases.compare_letters import audience_of
from planner.releases.compare_page import told_of_next
from planner.releases.forms import PublishForm, written
from planner.releases.issuing import OtherwiseReviewedError
from planner.releases.page import Preview, preview_of, releases_page, there, told
from planner.releases.scheduling import schedule

#: The name of the button that puts a release off.
LATER = "later"

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
    if not form.validate_on_submit() or not _may_go_on(access, form, preview):
        return _page(access, form, preview, status=422)
    try:
        flash(_published(access, form), "done")
    except OtherwiseReviewedError:
        return _reviewed_anew(access, form)
    except NotReadyError as error:
        form.reasons.ask(*error.requirements)
        return _page(access, form, preview_of(access), status=422)
    except operations.NothingToPublishError:
        flash(gettext("Nothing to publish: this is what the public reads already."), "warning")
        return _page(access, form, preview, status=422)
    return redirect(url_for("releases.index", event=event))


def _may_go_on(access: Access, form: PublishForm, preview: Preview) -> bool:
    """Tell whether everything was said that publishing needs; what was not is said beside."""
    if LATER in request.form and not form.check_hour(ZoneInfo(access.event.time_zone)):
        return False
    held = preview.readiness[Stage(form.stage.data)].hindrances
    is_told = form.reasons.ask(*(found.requirement.key for found in held))
    return form.check_errors(preview.unbound_errors) and is_told


def _published(access: Access, form: PublishForm) -> str:
    """Publish what was reviewed now, or put it off to an hour; return what was done."""
    slug, stage = access.event.slug, Stage(form.stage.data)
    note, reviewed = written(form.note), form.reviewed.data or ""
    user_id, reasons = access.user_id, form.reasons.data
    if form.publish_at is None:
        release = operations.publish(
            slug, stage, note=note, user_id=user_id, reviewed=reviewed, reasons=reasons
        )
        return gettext("Release %(number)s is public.", number=release.number)
    schedule(
        slug,
        stage,
        form.publish_at,
        note=note,
        user_id=user_id,
        reviewed=reviewed,
        reasons=reasons,
        is_latest=form.is_latest.data,
    )
    return gettext("It will be published: %(time)s.", time=there(access)(form.publish_at))


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
        differing=told_of_next(access, preview.review),
        audience=audience_of(access, preview.review),
        stale=status == 409,
        meanwhile=told(access, meanwhile or ()),
        **releases_page(access, before),
    )
