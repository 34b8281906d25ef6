"""The addresses behind a speaker's link."""

from werkzeug.wrappers import Response

from planner.slots.frame import bp, render_visit, visit


@bp.get("/<token>")
def slots(token: str) -> Response:
    """Show a speaker what they take part in."""
    with visit(token) as visitor:
        return render_visit("speak/slots.html", visitor)
