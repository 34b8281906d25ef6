"""What requirements look at: the plan, its conflicts, and how far its texts have come."""

from dataclasses import dataclass
from functools import cached_property

from planner.events.models import Event
from planner.timetable.plan import Plan, plan_of
from planner.timetable.standing import Standing, standing
from planner.translating.queries import units
from planner.translating.units import Unit


@dataclass(frozen=True)
class Missing:
    """One thing that is missing for a requirement, by what it is known by where it is mended."""

    #: ``conflict``, ``session``, ``speaker``, ``text``, ``room`` or ``theme``.
    kind: str
    #: Its key, code, slug or the id of a unit; empty where there is none of the kind at all.
    key: str
    #: Of a text, the language that it is missing in; None where it is missing in all.
    lang: str | None = None


@dataclass(frozen=True)
class PlanState:
    """What is known of a plan; each part is read when it is first asked for.

    That takes twenty-one statements at most, however large the plan is.
    """

    event: Event

    @cached_property
    def plan(self) -> Plan:
        """The plan as rules see it."""
        return plan_of(self.event.id)

    @cached_property
    def standing(self) -> Standing:
        """Its conflicts."""
        return standing(self.plan)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """All that is to be translated, also of people who are named to few: only to be judged."""
        return tuple(units(self.event.id, sees_names=True))
