"""The addresses at which speakers write of themselves and of their sessions."""

from typing import Any

from flask import Response, abort, redirect, request
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from planner.entering.speakers.pages import uploads
from planner.entering.speakers.views import take_the_rest
from planner.journal.recording import GoneError, StaleError
from planner.slots import texts_operations as operations
from planner.slots.frame import Visit, bp, visit
from planner.slots.proposals_queries import open_of, session_of
from planner.slots.texts_forms import PortraitForm, SessionTextsForm, SpeakerTextsForm
from planner.slots.texts_page import photo_of, picture_path, session_texts_page, texts_page
from planner.speakers.photos import MOST_OCTETS, PhotoError, re_encoded, store

#: What stands around a file in a form.
_ENVELOPE = 64 * 1024
_UPLOAD = "speak.give_photo"


@bp.url_value_preprocessor
def allow_photos(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let the one address that takes photos take more than the others, before the form is read."""
    if endpoint == _UPLOAD:
        request.max_content_length = MOST_OCTETS + _ENVELOPE


@bp.route("/<token>/texts", methods=["GET", "POST"])
def texts(token: str) -> AnyResponse:
    """Show what a speaker says of themselves, and keep what they change."""
    with visit(token) as visitor:
        form = SpeakerTextsForm(visitor, open_of(visitor.speaker.id, None))
        if not form.validate_on_submit():
            return texts_page(visitor, form, 422 if form.errors else 200)
        kept = _saved(visitor, form)
        kept = kept or form.rejoin(visitor.speaker, open_of(visitor.speaker.id, None))
        if kept is None:
            return texts_page(visitor, form, 409)
        return redirect(visitor.way("speak.texts", done=kept), 303)


@bp.route("/<token>/sessions/<code>/texts", methods=["GET", "POST"])
def session_texts(token: str, code: str) -> AnyResponse:
    """Show what a session of a speaker is called and is about, and keep what they change."""
    with visit(token) as visitor:
        session = session_of(visitor.speaker, code) or abort(404)
        form = SessionTextsForm(session, open_of(visitor.speaker.id, session.id))
        if not form.validate_on_submit():
            return session_texts_page(visitor, session, form, 422 if form.errors else 200)
        kept = _saved(visitor, form, code)
        if kept is None:
            session = session_of(visitor.speaker, code) or abort(404)
            kept = form.rejoin(session, open_of(visitor.speaker.id, session.id))
        if kept is None:
            return session_texts_page(visitor, session, form, 409)
        return redirect(visitor.way("speak.session_texts", code=code, done=kept), 303)


def _saved(
    visitor: Visit, form: SpeakerTextsForm | SessionTextsForm, code: str = ""
) -> operations.Kept | None:
    """Keep a form, and return what became of it; None when it was not what was read any more."""
    who = (visitor.event.id, visitor.speaker.id)
    read = operations.Read(form.version.data or 0, form.shown_proposal)
    try:
        if code:
            return operations.say_session_texts(*who, code, form.values(), read)
        return operations.say_texts(*who, form.values(), read)
    except StaleError:
        return None
    except GoneError:
        abort(404)


@bp.post("/<token>/texts/back")
def take_back(token: str) -> AnyResponse:
    """Forget what a speaker proposed."""
    with visit(token) as visitor:
        number, code = request.form.get("proposal", 0, type=int), request.form.get("session", "")
        operations.take_back(visitor.event.id, visitor.speaker.id, number)
        if code and session_of(visitor.speaker, code):
            return redirect(visitor.way("speak.session_texts", code=code, done="back"), 303)
        return redirect(visitor.way("speak.texts", done="back"), 303)


@bp.get("/<token>/texts/photo")
def photo(token: str) -> AnyResponse:
    """Send a speaker their own photo, or the one that they propose."""
    with visit(token) as visitor:
        name = visitor.speaker.photo
        if "proposed" in request.args:
            name = photo_of(open_of(visitor.speaker.id, None))
        path = picture_path(name) or abort(404)
        return Response(path.read_bytes(), content_type="image/jpeg")


@bp.post("/<token>/texts/photo")
def give_photo(token: str) -> AnyResponse:
    """Take a photo from a speaker."""
    with visit(token) as visitor:
        form = PortraitForm()
        if form.validate_on_submit():
            try:
                picture = re_encoded(form.photo.data.read())
            except PhotoError as error:
                form.photo.errors = [gettext(str(error))]
            else:
                name, folder = store(uploads(), picture), uploads()
                kept = operations.say_photo(visitor.event.id, visitor.speaker.id, name, folder)
                return redirect(visitor.way("speak.texts", done=kept), 303)
        shown = SpeakerTextsForm(visitor, open_of(visitor.speaker.id, None), formdata=None)
        return texts_page(visitor, shown, 422, form)


@bp.post("/<token>/texts/photo/remove")
def remove_photo(token: str) -> AnyResponse:
    """Take the photo of a speaker out."""
    with visit(token) as visitor:
        operations.remove_photo(visitor.event.id, visitor.speaker.id, uploads())
        return redirect(visitor.way("speak.texts", done="unpictured"), 303)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> AnyResponse | RequestEntityTooLarge:
    """Say of a photo that is too large how large it may be, on the page that it came from."""
    if request.endpoint != _UPLOAD:
        return error
    take_the_rest()
    with visit(str((request.view_args or {})["token"])) as visitor:
        return redirect(visitor.way("speak.texts", done="large"), 303)
