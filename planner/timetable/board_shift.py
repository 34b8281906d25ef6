"""Moving the sessions of a room between two times: what would happen is shown before it does."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request
from markupsafe import Markup
from werkzeug.wrappers import Response

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.i18n.formats import long_date, time_range
from planner.timetable import operations
from planner.timetable.board_cards import Cards, Who
from planner.timetable.board_moves import Outcome, attempt
from planner.timetable.forms import ShiftForm
from planner.timetable.operations import Shift
from planner.timetable.parts import Session
from planner.timetable.plan import plan_of
from planner.timetable.queries import moment_on, shifted


@dataclass(frozen=True)
class Line:
    """A session that would move, or one that stays."""

    title: Markup
    now: Markup
    then: Markup


class Shifting:
    """The sessions of a day that an organizer wants to move at once."""

    def __init__(self, access: Access, day: date) -> None:
        self._access = access
        self._day = day
        self._plan = plan_of(access.event_id)
        self._cards = Cards(self._plan, Who(spoken().code, access.sees_names))

    def tried(self) -> Outcome | None:
        """Move them as the form says; None when the form is not valid."""
        form = self._form()
        if not form.validate():
            return None
        versions = dict(pair.split(":") for pair in (form.versions.data or "").split())
        return attempt(
            self._access,
            next(iter(versions), ""),
            lambda: operations.shift(
                self._access.event_id,
                self._access.user_id,
                self._wanted(form),
                versions={code: int(version) for code, version in versions.items()},
                anyway=form.anyway.data,
            ),
        )

    def shown(self, outcome: Outcome | None = None) -> Response:
        """Return the page, with what would happen once one has chosen."""
        form = self._form()
        asked = request.method == "POST" or "minutes" in request.args
        valid = asked and form.validate()
        moving: list[Session] = []
        staying: list[Session] = []
        if valid:
            wanted = self._wanted(form)
            for session in shifted(self._plan, wanted.room, wanted.begin, wanted.end):
                (staying if session.pinned else moving).append(session)
            form.versions.data = " ".join(f"{item.code}:{item.version}" for item in moving)
        by = form.minutes.data if valid else 0
        return render_desk(
            "timetable/board_shift.html",
            self._access,
            status=outcome.status if outcome else 422 if asked and not valid else 200,
            form=form,
            day=self._day.isoformat(),
            heading=long_date(self._day, spoken().code),
            valid=valid,
            moving=[self._line(session, by) for session in moving],
            staying=[self._line(session, 0) for session in staying],
            outcome=outcome,
        )

    def _form(self) -> ShiftForm:
        rooms = [(room.slug, self._cards.local(room.name).value) for room in self._plan.rooms]
        # Looking changes nothing, and needs no token; the token of a POST was checked before.
        sent = request.form if request.method == "POST" else request.args
        return ShiftForm(
            sent if "minutes" in sent else None,
            rooms=rooms,
            meta={"csrf": request.method == "POST"},
            data=self._usual(),
        )

    def _usual(self) -> dict[str, Any]:
        hours = self._plan.hours(self._day)
        begin = hours.starts_at.hour * 60 + hours.starts_at.minute
        end = max(begin + 60, 13 * 60)
        return {"room": request.args.get("room"), "begin": begin, "end": end, "minutes": 15}

    def _wanted(self, form: ShiftForm) -> Shift:
        return Shift(
            room=form.room.data,
            begin=moment_on(self._plan, self._day, form.begin.data or 0),
            end=moment_on(self._plan, self._day, form.end.data or 0),
            minutes=form.minutes.data,
        )

    def _line(self, session: Session, by: int) -> Line:
        return Line(
            self._cards.title(session).__html__(),
            time_range(session.start, session.minutes),
            time_range(session.start + timedelta(minutes=by), session.minutes),
        )
