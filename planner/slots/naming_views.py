"""The addresses at which a speaker says how they are named."""

from flask import redirect
from werkzeug.wrappers import Response

from planner.slots import naming
from planner.slots.frame import Visit, bp, visit
from planner.slots.naming_forms import NamingForm
from planner.slots.naming_operations import choose_naming


@bp.route("/<token>/named", methods=["GET", "POST"])
def named(token: str) -> Response:
    """Show how somebody is named; say what a choice does, and do it once they are sure."""
    with visit(token) as visitor:
        form = NamingForm(visitor.speaker)
        if not form.validate_on_submit():
            return naming.naming_page(visitor, form, 422 if form.errors else 200)
        if not form.is_sure:
            return naming.sure_page(visitor, form)
        return redirect(visitor.way("speak.named", done=_choose(visitor, form)), 303)


def _choose(visitor: Visit, form: NamingForm) -> str:
    """Do what was chosen, and return the word for what was done."""
    was, wished = visitor.speaker.visibility, form.wished
    done = choose_naming(
        visitor.speaker.id, wished, form.pseudonym.data, instance=naming.instance()
    )
    if done.is_removed:
        return "removed"
    if done.is_less:
        return "less"
    return "more" if wished.shows_more_than(was) else "saved"


@bp.get("/<token>/named/page")
def own_page(token: str) -> Response:
    """Show somebody their page as the public would see it, were they named."""
    with visit(token) as visitor:
        response = Response(naming.own_page(visitor), content_type="text/html; charset=utf-8")
        response.headers["Content-Language"] = visitor.lang
        return response
