"""The pages behind a participant's private link, and what they do there."""

from pathlib import Path

from flask import current_app, request
from flask import url_for as url
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from planner.extensions import db
from planner.i18n.formats import plain_date
from planner.i18n.languages import INTERFACE
from planner.participants.models import Participant, Standing
from planner.registration import operations
from planner.registration.forms import PersonForm
from planner.registration.frame import Visit, render_visit
from planner.registration.moments import kept_until

_DONE = frozenset({"confirmed", "changed", "cancelled"})


def own_page(visitor: Visit) -> Response:
    """Return the page that says how a registration stands."""
    person, event = visitor.participant, visitor.event
    done = request.args.get("done")
    return render_visit(
        "registration/own.html",
        visitor,
        done=done if done in _DONE else None,
        ahead=_ahead_of(person),
        until=plain_date(kept_until(event.participants_kept_until, event.last_day), visitor.lang),
        principles=[visitor.local(texts) for texts in person.principles.texts],
        again=url("registration.register", lang=visitor.lang, event=event.slug),
    )


def change_form(visitor: Visit) -> PersonForm:
    """Return the form that changes a registration, filled with what was told or was sent."""
    person = visitor.participant
    return PersonForm(
        offered=tuple(visitor.event.languages),
        reader=visitor.lang,
        data={
            "name": person.name,
            "organisation": person.organisation,
            "follow": person.languages,
            "interpretation": person.interpretation,
            "access_needs": person.access_needs,
        },
    )


def change_page(visitor: Visit, form: PersonForm, status: int) -> Response:
    """Return the page that changes a registration."""
    return render_visit("registration/change.html", visitor, status=status, form=form)


def question_page(visitor: Visit, name: str) -> Response:
    """Return the page that asks whether somebody means it."""
    return render_visit(f"registration/{name}.html", visitor)


def confirm_it(visitor: Visit) -> None:
    """Confirm a registration."""
    operations.confirm(visitor.participant.id)


def change_it(visitor: Visit, form: PersonForm) -> None:
    """Change a registration; from now on its mail is in the language of the page."""
    lang = visitor.lang if visitor.lang in INTERFACE else visitor.participant.language
    operations.change(visitor.participant.id, form.answers, language=lang)


def cancel_it(visitor: Visit) -> None:
    """Cancel a registration."""
    operations.cancel(visitor.participant.id)


def erase_it(visitor: Visit) -> None:
    """Delete a registration."""
    operations.erase(visitor.participant.id, instance=Path(current_app.instance_path))


def _ahead_of(person: Participant) -> int | None:
    """Return how many wait before somebody who waits."""
    if person.standing is not Standing.WAITING:
        return None
    return db.session.scalars(
        select(func.count(Participant.id)).where(
            Participant.event_id == person.event_id,
            Participant.standing == Standing.WAITING,
            (Participant.position < person.position)
            | ((Participant.position == person.position) & (Participant.id < person.id)),
        )
    ).one()
