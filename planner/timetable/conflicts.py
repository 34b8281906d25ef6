"""Every rule that a plan breaks, in one pass."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time

from planner.timetable import rules as _all_rules  # noqa: F401 -- they register themselves
from planner.timetable.parts import Session
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Place, Rule, Severity, rules
from planner.timetable.wording import described, label_of, reasoned

__all__ = [
    "Conflict",
    "Place",
    "Rule",
    "Severity",
    "by_session",
    "conflicts",
    "conflicts_of",
    "described",
    "label_of",
    "reasoned",
    "rules",
]


def conflicts(plan: Plan) -> list[Conflict]:
    """Return every conflict of a plan, the worst first, then by rule and time."""
    found: dict[tuple[str, tuple[str, ...]], Conflict] = {}
    for rule in rules().values():
        for conflict in _all_of(rule, plan):
            found.setdefault((rule.name, conflict.parties), conflict)
    return _sorted(plan, found.values())


def conflicts_of(plan: Plan, code: str) -> list[Conflict]:
    """Return the conflicts that one session has a part in, in the same order.

    :raises KeyError: when there is no such session.
    """
    session = plan.by_code[code]
    if session.is_withdrawn:
        return []
    found = (
        conflict
        for rule in rules().values()
        if _applies(rule, session)
        for conflict in rule.judge(plan, session)
    )
    return _sorted(plan, found)


def by_session(found: Iterable[Conflict]) -> Mapping[str, list[Conflict]]:
    """Return conflicts by the codes of the sessions that have a part in them."""
    by_code: dict[str, list[Conflict]] = {}
    for conflict in found:
        for code in conflict.sessions:
            by_code.setdefault(code, []).append(conflict)
    return by_code


def _all_of(rule: Rule, plan: Plan) -> Iterator[Conflict]:
    if rule.whole is not None:
        yield from rule.whole(plan)
        return
    for session in plan.active:
        if _applies(rule, session):
            yield from rule.judge(plan, session)


def _applies(rule: Rule, session: Session) -> bool:
    """Tell whether a rule has anything to say: nothing of a place where there is none."""
    return rule.place is Place.NOTHING or session.starts_at is not None


def _sorted(plan: Plan, found: Iterable[Conflict]) -> list[Conflict]:
    order = {name: place for place, name in enumerate(rules())}
    by_code = plan.by_code

    def key(conflict: Conflict) -> tuple[int, int, datetime, tuple[str, ...]]:
        starts = (by_code[code].starts_at for code in conflict.sessions)
        first = min((start for start in starts if start), default=None)
        if first is None:
            first = datetime.combine(conflict.day or date.max, time.min)
        return conflict.severity, order[conflict.rule], first, conflict.parties

    return sorted(found, key=key)
