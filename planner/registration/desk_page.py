"""The pages of participants in the desk: counts for everybody, names for who may know them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Response as FlaskResponse
from flask import current_app, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.entering.lists import Asked, holds, page_of
from planner.i18n.formats import clock, plain_date
from planner.i18n.languages import name_of
from planner.lib.clock import now
from planner.lib.text import fold
from planner.notices.models import Notice
from planner.participants.models import Participant, Standing
from planner.participants.queries import counts, needs
from planner.public.programmes import source
from planner.registration import desk_queries
from planner.registration.desk_queries import Line
from planner.registration.export import EXCEL, separated, workbook
from planner.registration.labels import message_label, standing_label
from planner.registration.moments import Stage, kept_until, period_of

_CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Filters(Asked):
    """What the list of participants is asked for."""

    standing: str = ""
    into: str = ""
    needs: str = ""


def index_page(access: Access) -> Response:
    """Return how many registered and what they need; the list for who may know names."""
    event, reader = access.event, spoken().code
    standing = counts(event.id)
    needed = needs(event.id)
    codes = [
        *event.languages,
        *sorted({*needed.follow, *needed.interpretation} - {*event.languages}),
    ]
    filters = Filters.of(request.args)
    total = sum(standing.values())
    found = _matching(desk_queries.lines(event.id), filters) if access.sees_names else []
    return render_desk(
        "registration/desk_index.html",
        access,
        counts=[(standing_label(one), number) for one, number in standing.items()],
        registered=standing[Standing.REGISTERED],
        total=total,
        needed=[
            (name_of(code, reader), needed.follow.get(code, 0), needed.interpretation.get(code, 0))
            for code in codes
        ],
        page=page_of(found, filters.page, total=total),
        filters=filters,
        standings=[(one.value, standing_label(one)) for one in Standing],
        languages=[(code, name_of(code, reader)) for code in codes],
        standing_label=standing_label,
        told=_teller(access),
        unsent=desk_queries.unsent(event.id),
        **_about(access),
    )


def show_page(access: Access, person: Participant) -> Response:
    """Return one registration."""
    return render_desk(
        "registration/desk_show.html",
        access,
        person=person,
        standing_label=standing_label,
        told=_teller(access),
        messages=list(map(_message, desk_queries.messages_to(person.id))),
        **_about(access),
    )


def question_page(access: Access, person: Participant, name: str) -> Response:
    """Return the page that asks whether an organizer means it."""
    return render_desk(f"registration/desk_{name}.html", access, person=person)


def file_of(access: Access, kind: str) -> Response:
    """Return all registrations as a file."""
    lines = desk_queries.lines(access.event_id)
    zone = ZoneInfo(access.event.time_zone)
    content = (
        workbook(lines, spoken().code, zone)
        if kind == "xlsx"
        else separated(lines, spoken().code, zone)
    )
    response = FlaskResponse(content, content_type=EXCEL if kind == "xlsx" else _CSV)
    name = f"{access.event.slug}-participants.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{quote(name)}"'
    return response


def settings_context(access: Access) -> dict[str, Any]:
    """Return what the page of settings says besides its form."""
    return _about(access)


def _about(access: Access) -> dict[str, Any]:
    """Return what hinders people from registering, and until when is kept what they told."""
    event = access.event
    day = kept_until(event.participants_kept_until, event.last_day)
    published = source().current(event.slug)
    period = period_of(published.event) if published else None
    return {
        "has_mail": bool(current_app.config["SMTP_URL"]),
        "until": plain_date(day, spoken().code),
        "stage": _stage_told(period.stage(now()) if period else None),
        "is_announced_otherwise": published is not None
        and (published.event.registration_opens, published.event.registration_closes)
        != (event.registration_opens, event.registration_closes),
    }


def _stage_told(stage: Stage | None) -> str:
    if stage is None:
        return str(gettext("Nobody can register: what is published says no day from which on."))
    return {
        Stage.BEFORE: gettext("Registration is not open yet."),
        Stage.OPEN: gettext("Registration is open."),
        Stage.ENDED: gettext("Registration has ended."),
    }[stage]


def _matching(lines: Iterable[Line], filters: Filters) -> list[Line]:
    words = fold(filters.q).split()
    tests: list[Callable[[Line], bool]] = []
    if filters.standing:
        tests.append(lambda line: line.standing.value == filters.standing)
    if filters.into:
        tests.append(lambda line: filters.into in line.interpretation)
    if filters.needs:
        tests.append(lambda line: bool(line.access_needs))
    if words:
        tests.append(lambda line: holds(words, (line.name, line.email, line.organisation)))
    return [line for line in lines if all(test(line) for test in tests)]


def _teller(access: Access) -> Callable[[datetime | None], str]:
    """Return what tells a moment on the venue's clock."""
    zone = ZoneInfo(access.event.time_zone)

    def told(moment: datetime | None) -> str:
        if moment is None:
            return ""
        there = moment.astimezone(zone)
        date = plain_date(there.date(), spoken().code)
        return str(gettext("%(date)s, %(time)s", date=date, time=clock(there)))

    return told


def _message(notice: Notice) -> tuple[str, Notice]:
    return message_label(notice.kind), notice
