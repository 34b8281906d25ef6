"""What requirements look at: the plan, its conflicts, and how far its texts have come."""

from dataclasses import dataclass

from planner.timetable.plan import Plan
from planner.timetable.standing import Standing


@dataclass(frozen=True)
class Missing:
    """One thing that is missing for a requirement, by what it is known by where it is mended."""

    #: ``conflict``, ``session``, ``speaker``, ``text``, ``room``, ``day`` or ``theme``.
    kind: str
    key: str


@dataclass(frozen=True)
class PlanState:
    """What is known of a plan, read in a fixed number of statements."""

    plan: Plan
    standing: Standing
