"""What a good programme needs: requirements, each registered under its key.

A requirement is a small function from what is known of the plan to what is missing for it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from planner.programme.vocabulary import Stage
from planner.readiness.state import Missing, PlanState

Judge = Callable[[PlanState], Iterable[Missing]]


@dataclass(frozen=True)
class Requirement:
    """Something that a stage asks for. ``label`` is a msgid that says what is met."""

    key: str
    stage: Stage
    label: str
    judge: Judge


_REQUIREMENTS: dict[str, Requirement] = {}


def requirement(key: str, stage: Stage, label: str) -> Callable[[Judge], Judge]:
    """Register what is decorated as a requirement of a stage; a final programme needs both.

    :raises ValueError: when another one has that key.
    """

    def register(judge: Judge) -> Judge:
        if key in _REQUIREMENTS:
            raise ValueError(f"there is a requirement {key} already")
        _REQUIREMENTS[key] = Requirement(key, stage, label, judge)
        return judge

    return register


def requirements() -> Mapping[str, Requirement]:
    """Return all requirements by their keys, in the order in which they are told."""
    return _REQUIREMENTS


def asked_by(stage: Stage) -> Iterable[Requirement]:
    """Return the requirements of a stage: final asks for those of a draft as well."""
    return (
        found
        for found in _REQUIREMENTS.values()
        if stage is Stage.FINAL or found.stage is Stage.DRAFT
    )
