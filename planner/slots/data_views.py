"""The addresses at which a speaker sees and takes what is stored, or asks to be erased."""

import json

from flask import Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from planner.lib.clock import now
from planner.slots.data import everything_of
from planner.slots.data_page import data_page
from planner.slots.erasing import ask_to_be_erased, leave_it
from planner.slots.erasing_forms import ErasureForm
from planner.slots.frame import bp, visit
from planner.slots.operations import ChangedError, TooManyError


@bp.get("/<token>/data")
def data(token: str) -> AnyResponse:
    """Say what is stored about a speaker, and for what."""
    with visit(token) as visitor:
        return data_page(visitor, ErasureForm(formdata=None))


@bp.get("/<token>/data/download")
def download(token: str) -> AnyResponse:
    """Give a speaker everything that is stored about them, as JSON."""
    with visit(token) as visitor:
        content = everything_of(visitor.speaker, visitor.lang)
        told = json.dumps(content, ensure_ascii=False, indent=2)
        name = f"{visitor.event.slug}-{visitor.speaker.code}-{now():%Y-%m-%d}.json"
        return Response(
            told,
            content_type="application/json; charset=utf-8",
            headers=[("Content-Disposition", f'attachment; filename="{name}"')],
        )


@bp.post("/<token>/data/erasure")
def erasure(token: str) -> AnyResponse:
    """Keep that a speaker asks to be erased, or that they ask for it no more."""
    with visit(token) as visitor:
        form = ErasureForm()
        if not form.validate_on_submit():
            return data_page(visitor, form, 422)
        try:
            if form.takes_back:
                leave_it(visitor.speaker)
            else:
                ask_to_be_erased(visitor.speaker, form.text.data)
        except ChangedError:
            abort(404)
        except TooManyError:
            return data_page(visitor, form, 429)
        return redirect(visitor.way("speak.data"), 303)


@bp.get("/<token>/data/erasure")
def erasure_asked(token: str) -> AnyResponse:
    """Lead to the page of which this is a part: who changes its language comes here."""
    with visit(token) as visitor:
        return redirect(visitor.way("speak.data"), 303)
