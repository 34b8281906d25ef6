"""The address of a speaker's slots."""

from flask import request
from werkzeug.wrappers import Response

from planner.slots.frame import bp, visit
from planner.slots.slots_acts import act
from planner.slots.slots_page import slots_page


@bp.route("/<token>", methods=["GET", "POST"])
def slots(token: str) -> Response:
    """Show a speaker what they take part in, and take what they say to it."""
    with visit(token) as visitor:
        return act(visitor) if request.method == "POST" else slots_page(visitor)
