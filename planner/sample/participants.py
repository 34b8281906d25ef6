"""Invented people who registered for the sample event."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import Event
from planner.participants.models import Participant, Standing
from planner.registration.keys import new_key
from planner.registration.principles import kept

#: Otherwise the day on which everything about them is deleted had passed long ago.
KEPT_UNTIL = date(2046, 12, 31)
_FIRST = datetime(2016, 11, 21, 9, 0, tzinfo=UTC)


def add_participants(database: DatabaseSession, event: Event, people: list[dict[str, Any]]) -> None:
    """Let invented people have registered, and all places be taken."""
    principles = kept(database, event.id, event.principles)
    for number, told in enumerate(people, start=1):
        nonce, digest = new_key(event.id)
        moment = _FIRST + timedelta(hours=7 * number)
        standing = Standing(told.get("standing", "registered"))
        is_cancelled = standing is Standing.CANCELLED
        database.add(
            Participant(
                event_id=event.id,
                standing=standing,
                name=told["name"],
                email=f"participant-{number}@example.invalid",
                organisation="" if is_cancelled else told["organisation"],
                languages=[] if is_cancelled else told["languages"],
                interpretation=[] if is_cancelled else told["into"],
                access_needs=told.get("access_needs", ""),
                language=told["language"],
                nonce=nonce,
                digest=digest,
                principles=principles,
                consented_at=moment,
                created_at=moment,
                confirmed_at=moment,
                position=None if is_cancelled else number,
            )
        )
    event.participants_kept_until = KEPT_UNTIL
    event.registration_places = sum("standing" not in told for told in people)
