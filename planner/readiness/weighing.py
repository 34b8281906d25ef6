"""Weighing the plan of an event against a stage."""

from collections.abc import Container
from dataclasses import dataclass

from planner.events.models import Event
from planner.programme.vocabulary import Stage
from planner.readiness import requirements as _registered  # noqa: F401 -- registers them
from planner.readiness.registry import Requirement, asked_by
from planner.readiness.state import Missing, PlanState


@dataclass(frozen=True)
class Finding:
    """What became of one requirement: what is missing for it, nothing when it is met."""

    requirement: Requirement
    missing: tuple[Missing, ...]
    is_binding: bool

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True)
class Readiness:
    """What stands between a plan and a stage."""

    stage: Stage
    findings: tuple[Finding, ...]

    @property
    def is_ready(self) -> bool:
        """Whether every requirement is met."""
        return not self.unmet

    @property
    def unmet(self) -> tuple[Finding, ...]:
        """The requirements that are not met."""
        return tuple(found for found in self.findings if not found.is_met)

    @property
    def hindrances(self) -> tuple[Finding, ...]:
        """The requirements that bind and are not met."""
        return tuple(found for found in self.unmet if found.is_binding)


def weigh(
    event: Event,
    stage: Stage,
    state: PlanState | None = None,
    *,
    only: Container[str] | None = None,
) -> Readiness:
    """Return what stands between the plan of an event and a stage.

    ``only`` are the keys of the requirements that are looked at, all when it is left out.
    """
    known = state or PlanState(event)
    return Readiness(
        stage,
        tuple(
            Finding(asked, tuple(asked.judge(known)), asked.key in event.binding)
            for asked in asked_by(stage)
            if only is None or asked.key in only
        ),
    )
