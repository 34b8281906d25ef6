"""The address of an interpreter's rota."""

from werkzeug.wrappers import Response

from planner.slots.frame import bp, render_visit, visit
from planner.slots.rota import rota_of


@bp.get("/<token>/rota")
def rota(token: str) -> Response:
    """Show interpreters their turns, day by day."""
    with visit(token) as visitor:
        return render_visit("speak/rota.html", visitor, days=rota_of(visitor))
