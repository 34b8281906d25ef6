"""Reading for the board: its days, what a place would break, and what others did meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from planner.extensions import db
from planner.journal.models import Entry, Row
from planner.timetable.conflicts import conflicts_of
from planner.timetable.costs import Run, costs
from planner.timetable.parts import Session, placed
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Place, Severity, rules
from planner.timetable.standing import standing


@dataclass(frozen=True)
class Slot:
    """A place for a session: its start by the venue's wall clock, room by slug, and length."""

    starts_at: datetime
    room: str | None
    minutes: int
    across: bool = False


def days_of(plan: Plan) -> list[date]:
    """Return the days of the event, and others on which something is placed."""
    used = {plan.day_of(session.starts_at) for session in plan.sessions if session.starts_at}
    return sorted(used | set(plan.day_by_date))


def sessions_on(plan: Plan, day: date) -> list[Session]:
    """Return what is placed on a day, withdrawn sessions too, in order of time."""
    return sorted(
        (item for item in plan.sessions if item.starts_at and plan.day_of(item.starts_at) == day),
        key=lambda session: (session.start, session.code),
    )


def unplaced(plan: Plan) -> list[Session]:
    """Return the sessions that wait for a place, but those that were withdrawn."""
    return [session for session in plan.active if session.starts_at is None]


def moment_on(plan: Plan, day: date, minute: int) -> datetime:
    """Return a moment of a day of the conference, so many minutes after its midnight.

    Where the day goes on after midnight, its small hours are those of the night that follows.
    """
    midnight = datetime.combine(day, datetime.min.time())
    moment = midnight + timedelta(minutes=minute)
    hours = plan.hours(day)
    later = moment + timedelta(days=1)
    if moment < hours.starts_at and later < hours.ends_at:
        return later
    return moment


def with_slots(plan: Plan, slots: Mapping[str, Slot | None]) -> Plan:
    """Return the plan as it would be with sessions in these slots, or without a place."""
    return replace(
        plan,
        sessions=tuple(
            _in_slot(item, slots[item.code]) if item.code in slots else item
            for item in plan.sessions
        ),
    )


def errors_at(plan: Plan, slots: Mapping[str, Slot | None]) -> list[Conflict]:
    """Return the errors that sessions would be part of in these slots.

    :raises KeyError: when there is no such session.
    """
    return _errors(with_slots(plan, slots), slots)


def errors_after(plan: Plan, slots: Mapping[str, Slot | None]) -> list[Conflict]:
    """Return the errors that would be new if sessions were in these slots."""
    known = {conflict.key for conflict in _errors(plan, slots)}
    return [found for found in errors_at(plan, slots) if found.key not in known]


def troubles(plan: Plan) -> list[Conflict]:
    """Return the errors and warnings that nobody accepted, the worst first."""
    found = standing(plan).open
    return [item for item in found if item.severity is not Severity.INFORMATION]


def runs_of(plan: Plan, code: str, day: date, minutes: int | None) -> list[Run]:
    """Return what every slot of a day costs a session, in each room and across all of them.

    :raises KeyError: when there is no such session.
    """
    return [
        run
        for across in (False, True)
        for run in costs(_across(plan, code, across), code, day, minutes=minutes)
    ]


def fitting(
    plan: Plan, sessions: Iterable[Session], room: str, starts_at: datetime
) -> list[Session]:
    """Return those of unplaced sessions that would break nothing there, not even a little."""
    asked = [rule for rule in rules().values() if rule.place is not Place.NOTHING]

    def fits(session: Session) -> bool:
        standing = placed(session, room=room, starts_at=starts_at)
        return not any(
            conflict.severity is not Severity.INFORMATION
            for rule in asked
            for conflict in rule.judge(plan, standing)
        )

    return [session for session in sessions if fits(session)]


def shifted(plan: Plan, room: str, begin: datetime, end: datetime) -> list[Session]:
    """Return the sessions of a room that begin in a stretch of time, pinned ones among them.

    What is across all rooms is none of the room's.
    """
    return [
        session
        for session in sorted(plan.sessions, key=lambda item: (item.starts_at or begin, item.code))
        if session.room == room
        and not session.across_rooms
        and session.starts_at is not None
        and begin <= session.starts_at < end
    ]


def last_change(event_id: int, session_id: int) -> Entry | None:
    """Return what was done last to a session, with who did it."""
    subject = f"session:{session_id}"
    return db.session.scalar(
        select(Entry)
        .where(
            Entry.event_id == event_id,
            Entry.rows.any((Row.subject == subject) | (Row.also == subject)),
        )
        .options(selectinload(Entry.user))
        .order_by(Entry.id.desc())
        .limit(1)
    )


def codes_touched(plan: Plan, entries: Iterable[Entry]) -> list[str]:
    """Return the sessions that entries of the journal changed; their rows are loaded."""
    touched = {row.subject for entry in entries for row in entry.rows}
    return [session.code for session in plan.sessions if f"session:{session.id}" in touched]


def _in_slot(session: Session, slot: Slot | None) -> Session:
    if slot is None:
        return replace(session, starts_at=None, room=None, across_rooms=False)
    return replace(
        session,
        starts_at=slot.starts_at,
        room=slot.room,
        minutes=slot.minutes,
        across_rooms=slot.across,
    )


def _across(plan: Plan, code: str, across: bool) -> Plan:
    changed = replace(plan.by_code[code], across_rooms=across)
    return replace(
        plan, sessions=tuple(changed if item.code == code else item for item in plan.sessions)
    )


def _errors(plan: Plan, codes: Iterable[str]) -> list[Conflict]:
    found = {
        conflict.key: conflict
        for code in codes
        for conflict in conflicts_of(plan, code)
        if conflict.severity is Severity.ERROR
    }
    return list(found.values())
