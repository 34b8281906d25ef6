"""The page that says what is stored about a speaker, and for what."""

from zoneinfo import ZoneInfo

from werkzeug.wrappers import Response

from planner.i18n.formats import plain_date
from planner.slots.erasing import erasure_of
from planner.slots.erasing_forms import ErasureForm
from planner.slots.frame import Visit, render_visit


def data_page(visitor: Visit, form: ErasureForm, status: int = 200) -> Response:
    """Say what is stored, offer it to be taken, and let somebody ask to be erased."""
    asked = erasure_of(visitor.speaker)
    at = asked.created_at.astimezone(ZoneInfo(visitor.event.time_zone)) if asked else None
    return render_visit(
        "speak/data.html",
        visitor,
        status=status,
        form=form,
        asked=asked,
        asked_on=plain_date(at.date(), visitor.lang) if at else "",
        email=visitor.speaker.email,
    )
