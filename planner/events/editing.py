"""How pages save what a form holds: in one way, whether it is right, wrong or met by others."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import abort, flash, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission
from planner.desk.forms import DeskForm
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.i18n.formats import short_date, time_range
from planner.journal.recording import GoneError, StaleError

#: The present values of a form's fields, and the version of the thing.
Current = Callable[[], tuple[Mapping[str, Any], int | None]]


class Refused(Exception):  # noqa: N818 -- it is an answer, not a failure
    """What was entered cannot be done; ``field`` is where that is said."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def to_write(permission: Permission = Permission.PLAN) -> Permission:
    """Return what one must be allowed: to write when the form is sent, to look otherwise."""
    return permission if request.method == "POST" else Permission.VIEW


def edit(
    template: str,
    access: Access | None,
    form: DeskForm,
    *,
    save: Callable[[], Any],
    current: Current,
    done: Callable[[], str],
    gone: Callable[[], Response] | None = None,
    **context: Any,
) -> Response:
    """Show a form, or save what it holds and go on to where ``done`` says.

    A save that others were ahead of is tried once more when they changed nothing of this form;
    otherwise the form shows both (409). What is wrong is said beside the fields (422). ``gone``
    answers when the thing was deleted meanwhile.
    """
    status = 200
    if form.validate_on_submit():
        try:
            _save(form, save, current)
        except GoneError:
            return gone() if gone else abort(404)
        except StaleError:
            status = 409
        except Refused as refusal:
            form[refusal.field].errors = [*form[refusal.field].errors, refusal.message]
            status = 422
        else:
            flash(gettext("Saved."), "done")
            return redirect(done())
    elif form.errors:
        status = 422
    return render(template, access, status=status, form=form, **context)


def render(template: str, access: Access | None, *, status: int = 200, **context: Any) -> Response:
    """Return a page of the desk that can tell days (``date_of``) and hours (``time_range``)."""
    return render_desk(
        template,
        access,
        status=status,
        date_of=partial(short_date, reader=spoken().code),
        time_range=time_range,
        **context,
    )


def _save(form: DeskForm, save: Callable[[], Any], current: Current) -> None:
    try:
        save()
    except StaleError:
        values, version = current()
        form.meet(values, version)  # type: ignore[arg-type]
        if form.clashes or form.taken:
            raise
        save()
