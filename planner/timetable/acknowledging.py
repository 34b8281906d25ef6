"""Accepting a conflict with a reason, and no longer accepting it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.i18n.interface import speaking
from planner.i18n.labels import N_
from planner.i18n.languages import INTERFACE
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, StaleError, recorded
from planner.lib.clock import now
from planner.timetable.conflicts import conflicts
from planner.timetable.models import Acknowledgement
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, rules
from planner.timetable.standing import may_be_accepted
from planner.timetable.wording import label_of

ACKNOWLEDGED = words.action("conflict.acknowledged", N_("Conflict accepted: %(rule)s, “%(about)s”"))
REOPENED = words.action(
    "conflict.reopened", N_("Conflict no longer accepted: %(rule)s, “%(about)s”")
)


class MustBeMendedError(ValueError):
    """An error cannot be accepted."""


def acknowledge(plan: Plan, user_id: int, key: str, *, digest: str, reason: str) -> Entry | None:
    """Accept a conflict for a reason, on the facts that somebody saw.

    Should the facts change before it is written, it does not hold, as if they changed later.

    :raises GoneError: when the plan has no such conflict.
    :raises StaleError: when its facts are others than those that were seen.
    :raises MustBeMendedError: when it is an error.
    :raises ValueError: when there is no reason.
    """
    conflict = _found(plan, key)
    if not may_be_accepted(conflict):
        raise MustBeMendedError(key)
    if conflict.digest != digest:
        raise StaleError("Conflict")
    if not reason.strip():
        raise ValueError("a conflict is accepted for a reason")
    with recorded(plan.event_id, user_id, ACKNOWLEDGED, _facts(plan, conflict)) as record:
        row = _row(record.database, plan.event_id, key)
        if row is None:
            row = Acknowledgement(event_id=plan.event_id, conflict=key)
            record.database.add(row)
        row.facts, row.reason, row.user_id, row.at = digest, reason.strip(), user_id, now()
    return record.entry


def reopen(plan: Plan, user_id: int, key: str) -> Entry | None:
    """Let a conflict stand among the others again.

    :raises GoneError: when nobody accepts it, or it is gone.
    """
    with recorded(plan.event_id, user_id, REOPENED, _facts(plan, _found(plan, key))) as record:
        row = _row(record.database, plan.event_id, key)
        if row is None:
            raise GoneError(key)
        record.database.delete(row)
    return record.entry


def _found(plan: Plan, key: str) -> Conflict:
    for conflict in conflicts(plan):
        if conflict.key == key:
            return conflict
    raise GoneError(key)


def _row(database: DatabaseSession, event_id: int, key: str) -> Acknowledgement | None:
    return database.scalar(
        select(Acknowledgement).where(
            Acknowledgement.event_id == event_id, Acknowledgement.conflict == key
        )
    )


def _facts(plan: Plan, conflict: Conflict) -> dict[str, Any]:
    """Return what the journal says of a conflict: its rule, and the first thing concerned."""
    rule = rules()[conflict.rule]
    return {
        "rule": words.texts(_in_every_language(lambda: label_of(rule))),
        "about": _about(plan, conflict),
    }


def _about(plan: Plan, conflict: Conflict) -> dict[str, Any] | str:
    if conflict.sessions:
        session = plan.by_code[conflict.sessions[0]]
        if session.titles:
            return words.texts(session.titles, session.original_language)
        return session.code
    theme = plan.theme_by_slug.get(conflict.theme or "")
    return words.texts(theme.name) if theme else conflict.key


def _in_every_language(said: Callable[[], str]) -> dict[str, str]:
    found = {}
    for code in INTERFACE:
        with speaking(code):
            found[code] = said()
    return found
