"""Holding a release to the requirements that bind."""

from collections.abc import Mapping

from planner.events.models import Event
from planner.programme.vocabulary import Stage
from planner.readiness.weighing import weigh


class NotReadyError(Exception):
    """Requirements that bind are not met, and nobody said why; ``requirements`` are their keys."""

    def __init__(self, requirements: tuple[str, ...]) -> None:
        super().__init__(", ".join(requirements))
        self.requirements = requirements


def overriding(event: Event, stage: Stage, reasons: Mapping[str, str]) -> dict[str, str]:
    """Return why the requirements that bind and are not met may stay so, by their keys.

    :raises NotReadyError: when one of them has no reason.
    """
    held = weigh(event, stage, only=event.binding).hindrances
    unmet = [found.requirement.key for found in held]
    told = {key: reasons.get(key, "").strip() for key in unmet}
    missing = tuple(key for key, why in told.items() if not why)
    if missing:
        raise NotReadyError(missing)
    return told
