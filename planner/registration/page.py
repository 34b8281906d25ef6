"""The public page of registration: before it opens, while it is open, full, and when it has ended.

What it says of the event is what the public knows of it; from the plan come only how many places
there are, and until when is kept what one tells.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app, make_response
from sqlalchemy import select
from werkzeug.wrappers import Response

from planner.accounts.throttling import TooManyAttemptsError
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.formats import plain_date
from planner.lib.clock import now
from planner.participants.models import Standing
from planner.participants.queries import counts
from planner.programme.document import EventInfo
from planner.programme.published import Published
from planner.public.call import moment_told
from planner.public.layout import reader, render_page
from planner.registration import guards
from planner.registration.forms import RegistrationForm
from planner.registration.moments import Period, Stage, kept_until
from planner.registration.operations import register
from planner.registration.principles import digest_of


@dataclass(frozen=True)
class Asking:
    """Somebody who looks at the registration of an event."""

    published: Published
    period: Period
    lang: str

    @property
    def event(self) -> EventInfo:
        """The event, as the public knows it."""
        return self.published.event

    @property
    def wording(self) -> str:
        """What names the principles as they are public now."""
        return digest_of(self.event.principles)

    def form(self) -> RegistrationForm:
        """Return the form, filled with whatever was sent."""
        return RegistrationForm(
            offered=self.event.languages,
            reader=self.lang,
            has_principles=bool(self.event.principles),
        )


def answer(asking: Asking, form: RegistrationForm) -> Response | None:
    """Take a form that was sent; return the page that says what hinders it, None if nothing does.

    Nothing that was typed is lost.
    """
    slug = asking.event.slug
    agreed = form.agreed_to.data
    is_right = form.validate()
    if agreed != asking.wording:
        form.agree.data = False
        return form_page(asking, form, 409, notice="principles")
    if not is_right:
        return form_page(asking, form, 422)
    if not guards.is_by_hand(slug, form.stamp.data or ""):
        return form_page(asking, form, 422, notice="again")
    try:
        register(
            slug,
            form.email.data,
            form.answers,
            agreed_to=asking.event.principles,
            language=asking.lang,
        )
    except TooManyAttemptsError as error:
        minutes = max(1, -(-error.seconds // 60))
        response = form_page(asking, form, 429, notice="many", minutes=minutes)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    return None


def form_page(
    asking: Asking, form: RegistrationForm, status: int = 200, **context: Any
) -> Response:
    """Return the page with the form. It is made now, whatever it was before."""
    local = reader(asking.lang, asking.published)
    plan = db.session.scalars(select(Event).where(Event.slug == asking.event.slug)).one()
    notice = context.get("notice")
    # Who read it before need not wait until they may press the button again.
    ago = guards.SOONEST if notice or status != 200 else timedelta()
    form.stamp.data, form.stamp.raw_data = guards.stamp(asking.event.slug, ago=ago), None
    form.agreed_to.data, form.agreed_to.raw_data = asking.wording, None
    return _page(
        asking,
        Stage.OPEN,
        status,
        form=form,
        principles=[local(principle) for principle in asking.event.principles],
        trap=guards.TRAP,
        is_full=_is_full(plan),
        kept_until=plain_date(kept_until(plan.participants_kept_until, plan.last_day), asking.lang),
        **context,
    )


def closed_page(asking: Asking, stage: Stage) -> Response:
    """Return the page that says when registration opens, or that it has ended."""
    return _page(asking, stage, 200)


def sent_page(asking: Asking) -> Response:
    """Return the page that says what to do next; it is the same for everybody."""
    return _page(asking, Stage.OPEN, 200, sent=True)


def stage_of(asking: Asking) -> Stage:
    """Return how far the registration is now."""
    return asking.period.stage(now())


def _page(asking: Asking, stage: Stage, status: int, **context: Any) -> Response:
    event, lang = asking.event, asking.lang
    closes = asking.period.closes
    body = render_page(
        "registration/register.html",
        lang,
        asking.published,
        stage=stage.value,
        opens=moment_told(event, asking.period.opens, lang),
        closes=moment_told(event, closes, lang) if closes else None,
        has_mail=bool(current_app.config["SMTP_URL"]),
        **context,
    )
    response = make_response(body, status)
    response.headers["Content-Language"] = lang
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_full(plan: Event) -> bool:
    """Tell whether the next who registers will have to wait."""
    standing = counts(plan.id)
    places = plan.registration_places
    return places is not None and (
        standing[Standing.REGISTERED] >= places or standing[Standing.WAITING] > 0
    )
