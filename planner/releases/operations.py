"""Publishing: the only way from the plan to what the public reads."""

from datetime import datetime, timedelta

from sqlalchemy import select

from planner.database import write_tx
from planner.events.models import Event
from planner.lib.clock import now
from planner.programme.document import Programme, Texts, decode, digest_of, encode
from planner.programme.vocabulary import Stage
from planner.releases.builder import build, same_content
from planner.releases.models import Release
from planner.releases.queries import last_release, whole_plan


class UnknownEventError(LookupError):
    """No event has this slug."""


class NothingToPublishError(Exception):
    """The plan says what is public already."""


def publish(
    slug: str, stage: Stage, *, note: Texts | None = None, at: datetime | None = None
) -> Release:
    """Publish the plan of an event as its next release, in one transaction.

    ``note`` is a map from language to text. ``at`` is the moment of publication, now if it is
    left out; it becomes a second after the release before where it does not lie after that.

    :raises UnknownEventError: when there is no such event.
    :raises NothingToPublishError: when the public would read nothing new.
    """
    with write_tx() as session:
        # Locked, so that two releases made at once get two numbers (on PostgreSQL; SQLite has
        # one writer at a time anyway).
        session.execute(select(Event.id).where(Event.slug == slug).with_for_update())
        plan = whole_plan(slug)
        if plan is None:
            raise UnknownEventError(slug)
        last = last_release(plan.id)
        previous = decode(last.document) if last else None
        if previous is not None and _is_public_already(plan, stage, previous):
            raise NothingToPublishError(slug)
        moment = at or now()
        if previous is not None:
            # Readers' programs ask what is newer than the second that they know.
            moment = max(moment, previous.release.published_at + timedelta(seconds=1))
        programme = build(plan, stage=stage, note=note or {}, at=moment, previous=previous)
        content = encode(programme)
        release = Release(
            event_id=plan.id,
            number=programme.release.number,
            stage=stage,
            published_at=moment,
            digest=digest_of(content),
            document=content,
        )
        session.add(release)
    return release


def _is_public_already(plan: Event, stage: Stage, previous: Programme) -> bool:
    """Tell whether the public would read nothing new.

    That is judged as of the release before: an event that has ended since says nothing new by
    no longer telling what was cancelled.
    """
    then = previous.release.published_at
    return same_content(previous, build(plan, stage=stage, note={}, at=then, previous=previous))
