"""What a release would change, before anybody publishes it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import msgspec

from planner.events.models import Event
from planner.programme.differences import SessionDifference, differences
from planner.programme.document import Programme, Room, Session, Speaker, Theme
from planner.programme.vocabulary import Change, Stage, Status
from planner.releases.builder import build, content_digest, same_content

#: In this order changes are told: what sends people elsewhere comes first.
_ORDER = (
    Change.CANCELLED,
    Change.MOVED,
    Change.ROOM,
    Change.LENGTH,
    Change.NEW,
    Change.RESTORED,
    Change.PEOPLE,
    Change.LANGUAGES,
    Change.TEXT,
    Change.THEME,
)

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

    @cached_property
    def by_change(self) -> Mapping[Change, list[SessionDifference]]:
        """The sessions that would change, by how; one may be there more than once."""
        return {
            change: found
            for change in _ORDER
            if (found := [told for told in self.differences if change in told.changes])
        }

    @cached_property
    def others(self) -> Mapping[str, int]:
        """How many other things differ: ``event``, ``rooms``, ``themes``, ``speakers``, and
        ``details`` of sessions that are no change of their own. What does not differ is left out.
        """
        if self.previous is None:
            return {}
        before, after = self.previous, self.programme
        found = {
            "event": int(before.event != after.event),
            "rooms": _differing(before.rooms, after.rooms),
            "themes": _differing(before.themes, after.themes),
            "speakers": _differing(before.speakers, after.speakers),
            "details": self._details(self.previous),
        }
        return {name: count for name, count in found.items() if count}

    def _details(self, previous: Programme) -> int:
        told = {difference.after.code for difference in self.differences}
        former = {session.code: _plain(session) for session in previous.sessions}
        return sum(
            session.code not in told and former.get(session.code) != _plain(session)
            for session in self.programme.sessions
        )

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


def _plain(session: Session) -> Session:
    """Return a session without what compares it with the one before."""
    return msgspec.structs.replace(
        session, sequence=0, created_at=_NEVER, changed_at=_NEVER, changes=(), formerly=None
    )


_Named = Theme | Room | Speaker


def _differing(before: Sequence[_Named], after: Sequence[_Named]) -> int:
    """Return how many things are not as they were: changed, new or gone; one for the order."""
    former, now = ({_key(thing): thing for thing in things} for things in (before, after))
    count = sum(former.get(key) != now.get(key) for key in former.keys() | now.keys())
    return count or int(tuple(before) != tuple(after))


def _key(thing: _Named) -> str:
    return thing.code if isinstance(thing, Speaker) else thing.slug
