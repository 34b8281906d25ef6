"""The days of an event: a list, the hours and name of each, and days more or less."""

from collections import Counter
from datetime import date
from functools import partial
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.language import spoken
from planner.events import day_operations as operations
from planner.events.blueprint import bp
from planner.events.changes import Told, now_outside
from planner.events.editing import edit, render
from planner.events.forms import DayForm, RemoveForm
from planner.events.hours import Hours, clock_of, day_of, hours_of
from planner.events.models import Day, Event
from planner.events.queries import named_digest, starts, with_days
from planner.i18n.formats import short_date
from planner.journal.recording import GoneError, StaleError


@bp.get("/<event>/days")
def days(event: str) -> Response:
    """List the days of an event, with what is placed on each."""
    access = authorise(event)
    plan = with_days(access.event_id)
    hours = hours_of(plan)
    counts = Counter(day_of(start, hours) for start in starts(access.event_id))
    return render(
        "events/days.html",
        access,
        hours=hours,
        own={day.date: day for day in plan.days},
        counts=counts,
        elsewhere=sum(count for day, count in counts.items() if day not in hours),
        span=_span,
    )


@bp.route("/<event>/days/<day>", methods=["GET", "POST"])
def day(event: str, day: str) -> Response:
    """Change the name and the hours of a day; ask before sessions are outside of them."""
    access = authorise(event, Permission.PLAN)
    plan, when = _plan_and_day(access, day, gone=request.method == "POST")
    if not plan.first_day <= when <= plan.last_day:
        return _gone(access, when)
    own = operations.own_day(plan, when)
    form = DayForm(
        languages=plan.languages,
        data={**_values(plan, own), "version": own.version if own else None},
    )
    told = _told(plan, when, form) if form.validate_on_submit() else Told()
    if told and form.asked.data != told.digest:
        form.asked.data = told.digest
        return render("events/day.html", access, form=form, day=when, told=told, span=_span)
    return _edit(access, when, form)


def _edit(access: Access, when: date, form: DayForm) -> Response:
    def save() -> Any:
        return operations.change_day(
            access.event_id,
            access.user_id,
            when,
            version=form.version.data,
            name=form.entered()["name"],
            hours=form.hours,
        )

    def current() -> tuple[dict[str, Any], int | None]:
        plan = with_days(access.event_id)
        own = operations.own_day(plan, when)
        return _values(plan, own), own.version if own else None

    return edit(
        "events/day.html",
        access,
        form,
        save=save,
        current=current,
        done=lambda: url_for("events.days", event=access.event.slug),
        gone=partial(_gone, access, when),
        day=when,
        told=Told(),
        span=_span,
    )


def _gone(access: Access, when: date) -> Response:
    """Keep what was typed for a day that is taken out."""
    form = DayForm(languages=access.event.languages)
    context = {"form": form, "day": when, "told": Told(), "gone": True}
    return render("events/day.html", access, status=409, **context)


@bp.post("/<event>/days")
def add_day(event: str) -> Response:
    """Add a day before the first or after the last."""
    access = authorise(event, Permission.PLAN)
    new = operations.add_day(
        access.event_id, access.user_id, before=request.form.get("where") == "before"
    )
    flash(gettext("%(day)s is now a day of the event.", day=short_date(new, spoken().code)), "done")
    return redirect(url_for("events.days", event=event))


@bp.route("/<event>/days/<day>/remove", methods=["GET", "POST"])
def remove_day(event: str, day: str) -> Response:
    """Take out the first or the last day, once one was told what is placed there."""
    access = authorise(event, Permission.PLAN)
    plan, when = _plan_and_day(access, day)
    if when not in (plan.first_day, plan.last_day) or plan.first_day == plan.last_day:
        abort(404)
    there = operations.placed_on(plan, when)
    form = RemoveForm(data={"asked": named_digest(there)})
    status = 200
    if form.validate_on_submit():
        status = _remove(access, when, form)
        if status == 302:
            return redirect(url_for("events.days", event=event))
        there = operations.placed_on(with_days(access.event_id), when)
        form.asked.data = named_digest(there)
    told = {"form": form, "day": when, "sessions": there}
    return render("events/remove_day.html", access, status=status, **told)


def _remove(access: Access, when: date, form: RemoveForm) -> int:
    """Return the status of the answer: 302 when the day is out, 409 when others were ahead."""
    try:
        operations.remove_day(access.event_id, access.user_id, when, named=form.asked.data or "")
    except StaleError:
        return 409
    except (GoneError, operations.OnlyDayError):
        abort(404)
    flash(gettext("The day is taken out."), "done")
    return 302


def _plan_and_day(access: Access, written: str, *, gone: bool = False) -> tuple[Event, date]:
    """Return the event with its days, and one of them; with ``gone`` it may be none any more."""
    plan = with_days(access.event_id)
    try:
        when = date.fromisoformat(written)
    except ValueError:
        abort(404)
    if not gone and not plan.first_day <= when <= plan.last_day:
        abort(404)
    return plan, when


def _values(plan: Event, own: Day | None) -> dict[str, Any]:
    return {
        "name": dict(own.name) if own else {},
        "day_from": clock_of(own.day_from if own else plan.day_from),
        "day_to": clock_of(own.day_to if own else plan.day_to),
    }


def _told(plan: Event, when: date, form: DayForm) -> Told:
    before = hours_of(plan)
    outside = now_outside(plan.id, before, {**before, when: form.hours})
    return Told(outside, digest=named_digest(outside, form.hours))


def _span(hours: Hours) -> str:
    return f"{clock_of(hours.begin):%H:%M}–{clock_of(hours.end):%H:%M}"
