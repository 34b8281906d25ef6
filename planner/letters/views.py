"""The pages of letters: organizers read them, change them, hold, send or discard them."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.forms import Clash
from planner.desk.layout import render_desk
from planner.letters import operations
from planner.letters.forms import LetterForm
from planner.letters.operations import ChangedLetterError, GoneLetterError
from planner.letters.page import form_values, outbox, read, state_label
from planner.letters.queries import State, counts, hidden_names, letter_numbered, newest_waiting
from planner.notices.models import Notice

bp = Blueprint("letters", __name__, url_prefix="/desk/<event>/outbox")


@bp.get("")
def index(event: str) -> Response:
    """List the letters of an event."""
    access = authorise(event)
    wanted = request.args.get("state", "")
    state = State(wanted) if wanted in set(State) else None
    page = max(request.args.get("page", 1, type=int), 1)
    return render_desk("letters/index.html", access, **outbox(access, state, page))


@bp.get("/<int:number>")
def show(event: str, number: int) -> Response:
    """Show a letter, with the form that changes it."""
    access = authorise(event)
    letter = _letter(access, number)
    return _page(access, letter, LetterForm(data=form_values(letter)))


@bp.post("/<int:number>")
def change(event: str, number: int) -> Response:
    """Give a letter another text."""
    access = authorise(event, Permission.RELEASE)
    form = LetterForm()
    if not form.validate_on_submit() or not _names_nobody(access, form):
        return _page(access, _letter(access, number), form, status=422)
    try:
        operations.change(
            access.event_id,
            number,
            subject=form.subject.data,
            text=form.text.data,
            read=form.read.data or "",
        )
    except GoneLetterError:
        return _gone(access)
    except ChangedLetterError:
        return _changed_meanwhile(access, _letter(access, number), form)
    flash(gettext("Saved."), "done")
    return redirect(url_for("letters.show", event=event, number=number))


@bp.post("/<int:number>/hold")
def hold(event: str, number: int) -> Response:
    """Hold a letter back, or let it wait with the others again."""
    access = authorise(event, Permission.RELEASE)
    held = request.form.get("held") == "1"
    try:
        operations.hold(access.event_id, number, held=held)
    except GoneLetterError:
        return _gone(access)
    flash(gettext("Held back.") if held else gettext("It waits with the others again."), "done")
    return redirect(url_for("letters.show", event=event, number=number))


@bp.post("/<int:number>/send")
def send(event: str, number: int) -> Response:
    """Let one letter be sent."""
    access = authorise(event, Permission.RELEASE)
    try:
        operations.send(access.event_id, access.user_id, number)
    except GoneLetterError:
        return _gone(access)
    flash(gettext("The letter goes out with the next mail, within a minute or so."), "done")
    return redirect(url_for("letters.index", event=event))


@bp.get("/<int:number>/discard")
def discarding(event: str, number: int) -> Response:
    """Ask before a letter is discarded."""
    access = authorise(event, Permission.RELEASE)
    letter = read(access, _letter(access, number))
    if not letter.is_open:
        return _gone(access)
    return render_desk("letters/discard.html", access, letter=letter)


@bp.post("/<int:number>/discard")
def discard(event: str, number: int) -> Response:
    """Discard a letter, because its speaker knows already."""
    access = authorise(event, Permission.RELEASE)
    try:
        operations.discard(access.event_id, access.user_id, number)
    except GoneLetterError:
        return _gone(access)
    flash(gettext("Discarded: what it said counts as told."), "done")
    return redirect(url_for("letters.index", event=event))


@bp.get("/send")
def sending(event: str) -> Response:
    """Ask before all letters that wait are sent."""
    access = authorise(event, Permission.RELEASE)
    return _send_page(access)


@bp.post("/send")
def send_all(event: str) -> Response:
    """Let all letters be sent that wait, but none that nobody has seen."""
    access = authorise(event, Permission.RELEASE)
    newest = request.form.get("newest", 0, type=int)
    if newest != newest_waiting(access.event_id):
        return _send_page(access, status=409)
    count = operations.send_all(access.event_id, access.user_id, up_to=newest)
    flash(
        ngettext(
            "%(num)d letter goes out with the next mail.",
            "%(num)d letters go out with the next mail.",
            count,
        ),
        "done",
    )
    return redirect(url_for("letters.index", event=event))


def _send_page(access: Access, *, status: int = 200) -> Response:
    found = counts(access.event_id)
    return render_desk(
        "letters/send.html",
        access,
        status=status,
        count=found.get(State.WAITING, 0),
        held=found.get(State.HELD, 0),
        newest=newest_waiting(access.event_id),
        stale=status == 409,
    )


def _letter(access: Access, number: int) -> Notice:
    letter = letter_numbered(access.event_id, number)
    if letter is None:
        abort(404)
    return letter


def _names_nobody(access: Access, form: LetterForm) -> bool:
    """Tell whether a text names nobody who is withheld; who knows no names can name nobody."""
    return not access.sees_names or form.check_names(hidden_names(access.event_id))


def _changed_meanwhile(access: Access, letter: Notice, form: LetterForm) -> Response:
    """Show what was written beside what somebody else wrote meanwhile; nothing is lost."""
    theirs = form_values(letter)
    for name in ("subject", "text"):
        if form[name].data != theirs[name]:
            form.clashes[name] = Clash(None, theirs[name])
    form.read.data, form.read.raw_data = theirs["read"], None
    return _page(access, letter, form, status=409)


def _page(access: Access, letter: Notice, form: LetterForm, *, status: int = 200) -> Response:
    found = read(access, letter)
    if status != 200 and not found.is_open:
        return _gone(access)
    return render_desk(
        "letters/show.html",
        access,
        status=status,
        letter=found,
        form=form,
        state_label=state_label,
    )


def _gone(access: Access) -> Response:
    """Say that a letter was sent meanwhile, or gave way to that of another release."""
    return render_desk("letters/gone.html", access, status=409)
