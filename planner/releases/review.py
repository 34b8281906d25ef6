"""What a release would change, before anybody publishes it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from planner.events.models import Event
from planner.programme.differences import SessionDifference, differences
from planner.programme.document import Programme
from planner.programme.vocabulary import Stage, Status
from planner.releases.builder import build, content_digest, same_content

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Review:
    """The programme that the plan would become, beside the one that is public."""

    previous: Programme | None
    programme: Programme
    #: Names what was reviewed: the content, and the release that it would follow.
    digest: str

    @property
    def number(self) -> int:
        """The number that the release would have."""
        return self.programme.release.number

    @property
    def session_count(self) -> int:
        """How many sessions would take place."""
        return sum(s.status is not Status.CANCELLED for s in self.programme.sessions)

    @cached_property
    def differences(self) -> tuple[SessionDifference, ...]:
        """The sessions that would change; none for the first release, in which all is new."""
        return differences(self.previous, self.programme) if self.previous else ()

    @property
    def changes_something(self) -> bool:
        """Tell whether the public would read anything new, apart from the stage."""
        return self.previous is None or not same_content(self.previous, self.programme)


def review(plan: Event, previous: Programme | None) -> Review:
    """Return what a release of the plan would publish.

    The stage and the moment are those of the release before, so that neither is a difference:
    an event that has ended since says nothing new by no longer telling what was cancelled.
    """
    stage = previous.release.stage if previous else Stage.DRAFT
    at = previous.release.published_at if previous else _NEVER
    programme = build(plan, stage=stage, note={}, at=at, previous=previous)
    named = f"{programme.release.number} {content_digest(programme)}"
    return Review(previous, programme, hashlib.sha256(named.encode()).hexdigest())
