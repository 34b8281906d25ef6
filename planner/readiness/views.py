"""What stands between the plan and a good programme, and which of it binds."""

from typing import Any

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.layout import render_desk
from planner.events.editing import edit
from planner.readiness.forms import BindingForm
from planner.readiness.operations import decide
from planner.readiness.page import readiness_page
from planner.readiness.registry import requirements

bp = Blueprint("readiness", __name__, url_prefix="/desk/<event>/readiness")


@bp.get("")
def index(event: str) -> Response:
    """Show what each stage asks for, what is missing, and how far the plan has come."""
    access = authorise(event, Permission.VIEW)
    return render_desk("readiness/index.html", access, form=_form(access), **readiness_page(access))


@bp.post("")
def bind(event: str) -> Response:
    """Decide which requirements bind, and whether texts must be reviewed."""
    access = authorise(event, Permission.OWN)
    form = _form(access)
    return edit(
        "readiness/index.html",
        access,
        form,
        save=lambda: decide(
            access.event_id,
            access.user_id,
            version=form.version.data,
            binding=form.binding.data,
            reviews_texts=form.reviews_texts.data,
        ),
        current=lambda: (_values(access), access.event.version),
        done=lambda: url_for("readiness.index", event=event),
        **readiness_page(access),
    )


def _form(access: Access) -> BindingForm:
    return BindingForm(data={**_values(access), "version": access.event.version})


def _values(access: Access) -> dict[str, Any]:
    event = access.event
    # One that is no longer known binds nothing, and can be kept by nobody.
    binding = [key for key in requirements() if key in event.binding]
    return {"binding": binding, "reviews_texts": event.reviews_texts}
