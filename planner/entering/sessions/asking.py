"""Asking something of two sessions: one before the other, apart in time, or in one room."""

from sqlalchemy import select

from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, recorded
from planner.sessions.models import Session
from planner.sessions.texts import title_fact
from planner.timetable.models import Constraint, Relation

ASKED = {
    Relation.BEFORE: words.action(
        "session.asked_before", N_("“%(session)s” asked to be before “%(other)s”")
    ),
    Relation.APART: words.action(
        "session.asked_apart",
        N_("“%(session)s” asked to be not at the same time as “%(other)s”"),
    ),
    Relation.SAME_ROOM: words.action(
        "session.asked_same_room", N_("“%(session)s” asked to be in the same room as “%(other)s”")
    ),
}
UNASKED = words.action(
    "session.unasked", N_("What was asked of “%(session)s” and “%(other)s” dropped")
)


class AskedAlreadyError(ValueError):
    """This, or the opposite of it, is asked of both sessions already."""


def ask(event_id: int, user_id: int, first: str, relation: Relation, other: str) -> Entry | None:
    """Ask something of two sessions, by their codes.

    :raises GoneError: when one of them is gone, or both are the same.
    :raises AskedAlreadyError: when it is asked already, or its opposite.
    """
    with recorded(event_id, user_id, ASKED[relation]) as record:
        both = {
            session.code: session
            for session in record.database.scalars(
                select(Session).where(
                    Session.event_id == event_id, Session.code.in_({first, other})
                )
            )
        }
        if len(both) != 2:
            raise GoneError(other)
        session, second = both[first], both[other]
        ids = {session.id, second.id}
        asked = record.database.scalar(
            select(Constraint.id).where(
                Constraint.relation == relation,
                Constraint.session_id.in_(ids),
                Constraint.other_id.in_(ids),
            )
        )
        if asked is not None:
            raise AskedAlreadyError(other)
        record.database.add(
            Constraint(
                event_id=event_id, relation=relation, session_id=session.id, other_id=second.id
            )
        )
        record.facts |= {"session": title_fact(session), "other": title_fact(second)}
    return record.entry


def unask(event_id: int, user_id: int, constraint_id: int) -> Entry | None:
    """Ask something of two sessions no more.

    :raises GoneError: when it was not asked.
    """
    with recorded(event_id, user_id, UNASKED) as record:
        constraint = record.database.get(Constraint, constraint_id)
        if constraint is None or constraint.event_id != event_id:
            raise GoneError(str(constraint_id))
        session = record.database.get_one(Session, constraint.session_id)
        other = record.database.get_one(Session, constraint.other_id)
        record.facts |= {"session": title_fact(session), "other": title_fact(other)}
        record.database.delete(constraint)
    return record.entry
