"""The addresses of speakers in the desk."""

from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from planner.accounts.access import Access, Permission, authorise
from planner.desk.language import spoken
from planner.entering.gone import found_or_404
from planner.entering.lists import holds
from planner.entering.speakers import operations, pages
from planner.entering.speakers.filters import Filters
from planner.entering.speakers.forms import DO, PhotoForm, UnnamedForm
from planner.entering.speakers.merging import join_speakers
from planner.entering.speakers.queries import speaker_of
from planner.journal.recording import GoneError, StaleError
from planner.lib.text import fold
from planner.speakers.models import Speaker
from planner.speakers.naming import is_known
from planner.speakers.photos import MOST_OCTETS, PhotoError, re_encoded, store
from planner.speakers.queries import directory

bp = Blueprint("speakers", __name__, url_prefix="/desk/<event>/speakers")
#: What stands around a file in a form.
_ENVELOPE = 64 * 1024
#: Of what is too large so much is taken before that is said.
_MOST_TAKEN = 32 * 1024 * 1024
_SUGGESTED = 20


@bp.url_value_preprocessor
def allow_photos(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let the one address that takes photos take more than the others, before the form is read."""
    if endpoint == f"{bp.name}.upload":
        request.max_content_length = MOST_OCTETS + _ENVELOPE


@bp.get("")
def index(event: str) -> AnyResponse:
    """List speakers."""
    access = authorise(event)
    return pages.index_page(access, Filters.of(request.args))


@bp.get("/names")
def names(event: str) -> AnyResponse:
    """Return speakers whose names begin to match what somebody writes, as JSON."""
    access = authorise(event)
    words = fold(request.args.get("q", "")[:200]).split()
    everybody = directory(access.event_id, spoken().code, sees_names=access.sees_names)
    found = [
        known.label
        for known in everybody
        if words and holds(words, (*known.words, str(known.number), known.code))
    ]
    return jsonify(names=found[:_SUGGESTED])


@bp.route("/new", methods=["GET", "POST"])
def create(event: str) -> AnyResponse:
    """Add a speaker."""
    access = authorise(event, Permission.PLAN)
    form = pages.form_of(access, None)
    if DO in request.form:
        form.free.rearrange(request.form[DO])
    elif form.validate_on_submit():
        code = operations.create_speaker(access.event_id, access.user_id, form.values())
        flash(gettext("The speaker is added."), "done")
        return redirect(url_for(".show", event=event, code=code))
    return pages.new_page(access, form, 422 if form.errors else 200)


@bp.get("/<code>")
def show(event: str, code: str) -> AnyResponse:
    """Show a speaker: the form to those who plan, what is known to others."""
    access = authorise(event)
    speaker = _speaker(access, code)
    if not access.may(Permission.PLAN):
        return pages.read_page(access, speaker)
    return pages.form_page(access, speaker, pages.form_of(access, speaker), 200)


@bp.post("/<code>")
def save(event: str, code: str) -> AnyResponse:
    """Change a speaker."""
    access = authorise(event, Permission.PLAN)
    speaker = speaker_of(access.event_id, code)
    if speaker is None:
        return _gone(access, code)
    form = pages.form_of(access, speaker)
    status = 200
    if DO in request.form:
        form.free.rearrange(request.form[DO])
    elif form.validate_on_submit():
        status = _update(access, code, form)
        if status == _SAVED:
            flash(gettext("Saved."), "done")
            return redirect(url_for(".show", event=event, code=code))
    speaker = speaker_of(access.event_id, code)
    if speaker is None:
        return _gone(access, code)
    return pages.form_page(access, speaker, form, 422 if form.errors else status)


def _gone(access: Access, code: str) -> AnyResponse:
    """Keep what was typed for a speaker who is deleted."""
    return pages.new_page(access, pages.form_of(access, None), 409, gone=code)


_SAVED, _STALE = 303, 409


def _update(access: Access, code: str, form: UnnamedForm) -> int:
    """Save the form and return the status that says what became of it."""
    try:
        operations.update_speaker(
            access.event_id,
            access.user_id,
            code,
            form.values(),
            version=request.form.get("version", 0, type=int),
            fits=request.form.getlist("fits"),
            overrules="overrules" in request.form,
        )
    except (StaleError, GoneError):
        fresh = speaker_of(access.event_id, code)
        if fresh is not None:
            pages.meet(access, form, fresh)
        return _STALE
    return _SAVED


@bp.get("/<code>/photo")
def photo(event: str, code: str) -> AnyResponse:
    """Send the photo of a speaker to who may know them."""
    access = authorise(event)
    speaker = _known(access, code)
    path = pages.photo_path(speaker) or abort(404)
    return Response(path.read_bytes(), content_type="image/jpeg")


@bp.post("/<code>/photo")
def upload(event: str, code: str) -> AnyResponse:
    """Give a speaker a photo."""
    access = authorise(event, Permission.PLAN)
    speaker = _known(access, code)
    form = PhotoForm()
    if form.validate_on_submit():
        try:
            picture = re_encoded(form.photo.data.read())
        except PhotoError as error:
            form.photo.errors = [gettext(str(error))]
        else:
            name = store(pages.uploads(), picture)
            with found_or_404():
                operations.change_photo(
                    access.event_id, access.user_id, code, name, pages.uploads()
                )
            flash(gettext("The photo is saved."), "done")
            return redirect(url_for(".show", event=event, code=code))
    shown = pages.form_of(access, speaker, formdata=None)
    return pages.form_page(access, speaker, shown, 422, form)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> AnyResponse | RequestEntityTooLarge:
    """Say of a photo that is too large how large it may be, on the page that it came from."""
    if request.endpoint != f"{bp.name}.upload":
        return error
    take_the_rest()
    flash(gettext("The photo is larger than 5 MB."), "error")
    return redirect(url_for(".show", **(request.view_args or {})))


def take_the_rest() -> None:
    """Read what is still coming, within reason: browsers hear no answer before they have sent."""
    rest = min(request.content_length or 0, _MOST_TAKEN)
    while rest > 0 and (taken := request.environ["wsgi.input"].read(min(rest, _ENVELOPE))):
        rest -= len(taken)


@bp.post("/<code>/photo/remove")
def remove_photo(event: str, code: str) -> AnyResponse:
    """Take the photo of a speaker out."""
    access = authorise(event, Permission.PLAN)
    _known(access, code)
    with found_or_404():
        operations.change_photo(access.event_id, access.user_id, code, None, pages.uploads())
    flash(gettext("The photo is taken out."), "done")
    return redirect(url_for(".show", event=event, code=code))


@bp.route("/<code>/delete", methods=["GET", "POST"])
def delete(event: str, code: str) -> AnyResponse:
    """Name what depends on a speaker, and delete them."""
    access = authorise(event, Permission.PLAN)
    speaker = _speaker(access, code)
    if request.method == "GET":
        return pages.delete_page(access, speaker)
    with found_or_404():
        operations.delete_speaker(access.event_id, access.user_id, code)
    flash(gettext("The speaker is deleted."), "done")
    return redirect(url_for(".index", event=event))


@bp.route("/<code>/join", methods=["GET", "POST"])
def merge(event: str, code: str) -> AnyResponse:
    """Say what joining a speaker with another entry of the same person does, and do it."""
    access = authorise(event, Permission.PLAN)
    speaker = _known(access, code)
    other = _other(access, speaker, request.values.get("other", ""))
    if request.method == "GET" or other is None:
        asked = request.args.get("other") if request.method == "GET" else "?"
        return pages.merge_page(access, speaker, other, asked=asked)
    with found_or_404():
        join_speakers(access.event_id, access.user_id, code, other.code)
    flash(gettext("Both are one now."), "done")
    return redirect(url_for(".show", event=event, code=code))


def _other(access: Access, speaker: Speaker, written: str) -> Speaker | None:
    """Return whom somebody chose by number, code or name, if they may know that person."""
    everybody = directory(access.event_id, spoken().code, sees_names=access.sees_names)
    found = everybody.found(written)
    if len(found) != 1 or found[0].code == speaker.code or not found[0].names:
        return None
    return speaker_of(access.event_id, found[0].code)


def _speaker(access: Access, code: str) -> Speaker:
    return speaker_of(access.event_id, code) or abort(404)


def _known(access: Access, code: str) -> Speaker:
    """Return a speaker whom who asks may know."""
    speaker = _speaker(access, code)
    return speaker if is_known(speaker, sees_names=access.sees_names) else abort(404)
