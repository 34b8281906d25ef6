"""Reading how many registered, and what they need: numbers only, never who."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from planner.extensions import db
from planner.participants.models import Participant, Standing


@dataclass(frozen=True)
class Needs:
    """By language: how many follow sessions in it, and how many need interpretation into it."""

    people: int
    follow: dict[str, int]
    interpretation: dict[str, int]


def counts(event_id: int) -> dict[Standing, int]:
    """Return how many registrations of an event stand how, in one statement; 0 for none."""
    found = db.session.execute(
        select(Participant.standing, func.count())
        .where(Participant.event_id == event_id)
        .group_by(Participant.standing)
    )
    return dict.fromkeys(Standing, 0) | {row[0]: row[1] for row in found}


def needs(event_id: int) -> Needs:
    """Return which languages those need who have a place in an event, in one statement."""
    follow, interpretation = Counter[str](), Counter[str]()
    people = 0
    for understood, needed in db.session.execute(
        select(Participant.languages, Participant.interpretation).where(
            Participant.event_id == event_id, Participant.standing == Standing.REGISTERED
        )
    ):
        people += 1
        follow.update(understood)
        interpretation.update(needed)
    return Needs(people, dict(follow), dict(interpretation))
