"""What can be pressed on the page of slots: answers, requests, and “I have seen it”."""

from collections.abc import Callable

from flask import abort, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.i18n.labels import N_
from planner.sessions.models import Answer
from planner.slots import operations
from planner.slots.frame import Visit
from planner.slots.models import Wish
from planner.slots.operations import ChangedError, TooManyError
from planner.slots.slots_forms import AskForm, DeclineForm, SayForm
from planner.slots.slots_page import Entered, slots_page

_CHANGED = N_(
    "This was changed meanwhile, so nothing is kept of what you sent. Look at it as it is now, "
    "and send it again."
)
_TOO_MANY = N_(
    "You have many requests already. Take one back, or wait until the organizers answered."
)


def act(visitor: Visit) -> Response:
    """Do what was pressed, and go back to the page; say there what is wrong."""
    do = _DO.get(request.form.get("do", "")) or abort(400)
    sort, done, run = do
    form = sort()
    if not form.validate_on_submit():
        errors = [str(error) for found in form.errors.values() for error in found]
        return slots_page(visitor, 422, _entered(form, errors=errors))
    try:
        run(visitor, form)
    except ChangedError:
        return slots_page(visitor, 409, _entered(form, alert=gettext(_CHANGED)))
    except TooManyError:
        return slots_page(visitor, 429, _entered(form, alert=gettext(_TOO_MANY)))
    anchor = f"session-{form.code.data}" if form.code.data else None
    return redirect(visitor.way("speak.slots", done=done, _anchor=anchor), 303)


def _entered(form: SayForm, *, errors: list[str] | None = None, alert: str = "") -> Entered:
    return Entered(
        form.do.data or "",
        form.code.data or "",
        form.typed,
        request.form.get("wish", ""),
        errors or [],
        alert,
    )


def _confirm(visitor: Visit, form: SayForm) -> None:
    operations.answer(
        visitor.speaker.id,
        form.code.data or "",
        Answer.CONFIRMED,
        holds_for=form.holds_for.data or "",
    )


def _decline(visitor: Visit, form: SayForm) -> None:
    operations.answer(
        visitor.speaker.id,
        form.code.data or "",
        Answer.DECLINED,
        holds_for=form.holds_for.data or "",
        reason=form["text"].data,
    )


def _ask(visitor: Visit, form: SayForm) -> None:
    wish = Wish(form["wish"].data or Wish.OTHER)
    operations.ask(visitor.speaker.id, form.code.data or None, wish, form["text"].data)


def _take_back(visitor: Visit, _form: SayForm) -> None:
    operations.take_back(visitor.speaker.id, request.form.get("number", 0, type=int))


def _see(visitor: Visit, form: SayForm) -> None:
    operations.see(visitor.speaker.id, form.holds_for.data or "")


#: By what a form says: how it is read, what the page says afterwards, and what is done.
_DO: dict[str, tuple[type[SayForm], str, Callable[[Visit, SayForm], None]]] = {
    "confirm": (SayForm, "confirmed", _confirm),
    "decline": (DeclineForm, "declined", _decline),
    "ask": (AskForm, "asked", _ask),
    "take-back": (SayForm, "taken-back", _take_back),
    "seen": (SayForm, "seen", _see),
}
