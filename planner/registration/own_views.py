"""The addresses behind a participant's private link, and the one for who lost it.

Opening one changes nothing: programs that look after mail open every link.
"""

from flask import redirect, request
from flask import url_for as url
from werkzeug.wrappers import Response

from planner.i18n.interface import speaking
from planner.registration import own_page
from planner.registration.forms import LostForm
from planner.registration.frame import bp, render_outside, spoken, visit
from planner.registration.operations import ask_for_link


@bp.route("/", methods=["GET", "POST"])
def lost() -> Response:
    """Let a lost link be sent again, with the same answer for everybody."""
    with speaking(spoken()):
        form = LostForm()
        if form.validate_on_submit():
            ask_for_link(form.email.data)
            return redirect(url(".lost", sent=1, lang=spoken()), 303)
        return render_outside(
            "lost", 422 if form.errors else 200, form=form, sent="sent" in request.args
        )


@bp.route("/<token>", methods=["GET", "POST"])
def show(token: str) -> Response:
    """Show how a registration stands, or what is to be confirmed; confirm it."""
    with visit(token) as visitor:
        if request.method == "POST":
            own_page.confirm_it(visitor)
            return redirect(visitor.way(".show", done="confirmed"), 303)
        return own_page.own_page(visitor)


@bp.route("/<token>/change", methods=["GET", "POST"])
def change(token: str) -> Response:
    """Let somebody change what they told."""
    with visit(token) as visitor:
        form = own_page.change_form(visitor)
        if form.validate_on_submit():
            own_page.change_it(visitor, form)
            return redirect(visitor.way(".show", done="changed"), 303)
        return own_page.change_page(visitor, form, 422 if form.errors else 200)


@bp.route("/<token>/cancel", methods=["GET", "POST"])
def cancel(token: str) -> Response:
    """Ask whether somebody means it, then cancel."""
    with visit(token) as visitor:
        if request.method == "POST":
            own_page.cancel_it(visitor)
            return redirect(visitor.way(".show", done="cancelled"), 303)
        return own_page.question_page(visitor, "cancel")


@bp.route("/<token>/erase", methods=["GET", "POST"])
def erase(token: str) -> Response:
    """Ask whether somebody means it, then delete everything that is stored about them."""
    with visit(token) as visitor:
        if request.method == "POST":
            own_page.erase_it(visitor)
            return redirect(url(".erased", lang=visitor.lang), 303)
        return own_page.question_page(visitor, "erase")


@bp.get("/erased/")
def erased() -> Response:
    """Say that nothing is stored any more; the link is dead by now."""
    return render_outside("erased")
