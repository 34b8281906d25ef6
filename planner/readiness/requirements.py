"""The requirements of both stages."""

from collections.abc import Iterable

from planner.i18n.labels import N_
from planner.programme.vocabulary import Stage
from planner.readiness.registry import requirement
from planner.readiness.state import Missing, PlanState
from planner.timetable.registry import Severity


@requirement("errors", Stage.DRAFT, N_("No error stands"))
def _errors(state: PlanState) -> Iterable[Missing]:
    for conflict in state.standing.open:
        if conflict.severity is Severity.ERROR:
            yield Missing("conflict", conflict.key)
