"""The page on which one session is placed with a form: best slots, conflicts, and what else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import abort, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.i18n.formats import short_date, time_range
from planner.timetable.board_cards import Card, Cards, Who
from planner.timetable.board_moves import Outcome
from planner.timetable.conflicts import conflicts_of
from planner.timetable.costs import Slot as Proposal
from planner.timetable.costs import best_slots
from planner.timetable.forms import MoveForm, clock_of
from planner.timetable.parts import Session
from planner.timetable.plan import Plan, plan_of
from planner.timetable.queries import Slot, days_of, moment_on
from planner.timetable.registry import Conflict, Severity
from planner.timetable.standing import standing
from planner.timetable.wording import described, reasoned


@dataclass(frozen=True)
class Best:
    """One of the best slots, as a button: what it says, and what it sends."""

    day: str
    room: str
    start: str
    across: bool
    level: str
    #: Where and when, and what speaks against it.
    label: Markup
    reasons: tuple[Markup, ...]


@dataclass(frozen=True)
class MovePage:
    """What the page shows besides the form."""

    card: Card
    place: Markup
    #: The day to go back to on the board.
    board: str
    best: tuple[Best, ...]
    found: tuple[tuple[str, Markup], ...]
    #: Sessions to swap with: ``CODE:version`` and words.
    others: tuple[tuple[str, str, str], ...]
    outcome: Outcome | None = None


class Moving:
    """One session that an organizer wants to place, in the present plan."""

    def __init__(self, access: Access, code: str) -> None:
        """Read the plan.

        :raises werkzeug.exceptions.NotFound: when there is no such session.
        """
        self.access = access
        self.plan = plan_of(access.event_id)
        self.reader = spoken().code
        self.session = self.plan.by_code.get(code) or abort(404)
        self.cards = Cards(self.plan, Who(self.reader, access.sees_names))
        self._reasons: dict[Conflict, Markup] = {}

    def form(self) -> MoveForm:
        """Return the form, with where the session stands or would stand best."""
        return MoveForm(**self.choices(), data=self.values())

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """Return the days and rooms among which one chooses."""
        return {
            "days": [(day.isoformat(), short_date(day, self.reader)) for day in self._days()],
            "rooms": [(room.slug, self.cards.local(room.name).value) for room in self.plan.rooms],
        }

    def values(self) -> dict[str, Any]:
        """Return where the session stands or would stand best, as forms have it."""
        version = self.session.version
        return {**placement_values(self.plan, self.session), "version": version}

    def slot(self, form: MoveForm) -> Slot:
        """Return the slot that a valid form names."""
        day = date.fromisoformat(form.day.data)
        return Slot(
            starts_at=moment_on(self.plan, day, form.start.data or 0),
            room=form.room.data or None,
            minutes=form.minutes.data,
            across=form.across.data,
        )

    def page(self, outcome: Outcome | None = None) -> MovePage:
        """Return what the page shows."""
        session = self.session
        day = self._day()
        return MovePage(
            card=self.cards.card(session, datetime.combine(day, time())),
            place=self.cards.place(session),
            board=day.isoformat(),
            best=tuple(self.best()),
            found=tuple(
                (conflict.severity.word, self._described(conflict))
                for conflict in standing(self.plan, conflicts_of(self.plan, session.code)).open
            ),
            others=tuple(self._others(day)),
            outcome=outcome,
        )

    def best(self, minutes: int | None = None, *, on: date | None = None) -> list[Best]:
        """Return the five best slots; those on the day ``on`` do not name it."""
        found = best_slots(self.plan, self.session.code, minutes=minutes)
        return [self._best(slot, minutes or self.session.minutes, on) for slot in found]

    def reasons(self, conflicts: Iterable[Conflict]) -> tuple[Markup, ...]:
        """Return what stands against a slot, hints left out."""
        return tuple(
            self._reason(conflict)
            for conflict in conflicts
            if conflict.severity is not Severity.INFORMATION
        )

    def _reason(self, conflict: Conflict) -> Markup:
        """Return what one conflict says; the same ones stand against many slots."""
        if conflict not in self._reasons:
            self._reasons[conflict] = reasoned(
                conflict,
                self.plan,
                self.session.code,
                self.reader,
                sees_names=self.access.sees_names,
            )
        return self._reasons[conflict]

    def _best(self, slot: Proposal, minutes: int, on: date | None) -> Best:
        room = slot.room or (self.session.room if self.session.across_rooms else None)
        name = self.cards.room_name(slot.room) if slot.room else escape(gettext("All rooms"))
        parts = [time_range(slot.start, minutes), name]
        if slot.day != on:
            parts.insert(0, escape(short_date(slot.day, self.reader)))
        label = Markup(" · ").join(parts)
        midnight = datetime.combine(slot.day, time())
        minute = (slot.start - midnight) // timedelta(minutes=1)
        return Best(
            day=slot.day.isoformat(),
            room=room or "",
            start=f"{minute // 60}:{minute % 60:02}",
            across=slot.room is None,
            level=slot.level.word,
            label=label,
            reasons=self.reasons(slot.conflicts),
        )

    def _described(self, conflict: Conflict) -> Markup:
        return described(conflict, self.plan, self.reader, sees_names=self.access.sees_names)

    def _days(self) -> list[date]:
        return days_of(self.plan)

    def _day(self) -> date:
        if self.session.starts_at is not None:
            return self.plan.day_of(self.session.starts_at)
        return self.plan.days[0].date

    def _others(self, day: date) -> Iterable[tuple[str, str, str]]:
        """Yield the sessions that this one may change places with, those of its day first."""
        placed = [item for item in self.plan.placed if item.code != self.session.code]
        placed.sort(key=lambda item: (self.plan.day_of(item.start) != day, item.start))
        for item in placed:
            title = self.cards.title(item)
            when = f"{short_date(self.plan.day_of(item.start), self.reader)} {item.start:%H:%M}"
            yield f"{item.code}:{item.version}", f"{when} · {title.value}", title.lang


def placement_values(plan: Plan, session: Session) -> dict[str, Any]:
    """Return where a session stands as the form of a move has it; for an unplaced one, the best."""
    where: dict[str, Any] = {
        "day": plan.days[0].date.isoformat(),
        "start": None,
        "room": session.room or "",
        "across": session.across_rooms,
        "minutes": session.minutes,
    }
    if session.starts_at is not None:
        day = plan.day_of(session.starts_at)
        start = session.starts_at.hour * 60 + session.starts_at.minute
        return {**where, "day": day.isoformat(), "start": start}
    found = best_slots(plan, session.code, 1)
    if found:
        slot = found[0]
        start = slot.start.hour * 60 + slot.start.minute
        where |= {"day": slot.day.isoformat(), "start": start, "room": slot.room or ""}
    return where


def board_of(access: Access, day: str, code: str | None = None) -> str:
    """Return the address of a day of the board, at a session."""
    anchor = f"session-{code}" if code else None
    return url_for("timetable.board", event=access.event.slug, day=day, _anchor=anchor)


__all__ = ["Best", "MovePage", "Moving", "board_of", "clock_of", "placement_values"]
