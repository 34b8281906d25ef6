"""Publishing: the only way from the plan to what the public reads."""

from datetime import datetime, timedelta

from sqlalchemy import select

from planner.database import write_tx
from planner.events.models import Event
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import note_down
from planner.lib.clock import now
from planner.programme.document import Programme, Texts, decode, digest_of, encode
from planner.programme.vocabulary import Stage
from planner.releases.builder import build, same_content
from planner.releases.models import Release
from planner.releases.queries import last_release, whole_plan
from planner.releases.review import review

PUBLISHED = words.action("release.published", N_("Release %(number)s published"))


class UnknownEventError(LookupError):
    """No event has this slug."""


class NothingToPublishError(Exception):
    """The plan says what is public already."""


class OtherwiseReviewedError(Exception):
    """The plan says something else by now than what was reviewed; nothing was published."""


def publish(
    slug: str,
    stage: Stage,
    *,
    note: Texts | None = None,
    at: datetime | None = None,
    user_id: int | None = None,
    reviewed: str | None = None,
) -> Release:
    """Publish the plan of an event as its next release, in one transaction.

    ``note`` is a map from language to text. ``at`` is the moment of publication, now if it is
    left out; it becomes a second after the release before where it does not lie after that.
    ``user_id`` is None for commands of the machine. ``reviewed`` is the digest of a
    :class:`planner.releases.review.Review`; without one, whatever the plan says is published.

    :raises UnknownEventError: when there is no such event.
    :raises OtherwiseReviewedError: when the plan, or what is public, changed since the review.
    :raises NothingToPublishError: when the public would read nothing new.
    """
    with write_tx() as session:
        # Locked as for every change of the plan, so that two releases made at once get two
        # numbers, and none holds half of a change (on PostgreSQL; SQLite has one writer at a
        # time anyway).
        session.execute(select(Event.id).where(Event.slug == slug).with_for_update())
        plan = whole_plan(slug)
        if plan is None:
            raise UnknownEventError(slug)
        last = last_release(plan.id)
        previous = decode(last.document) if last else None
        if reviewed is not None and review(plan, previous).digest != reviewed:
            raise OtherwiseReviewedError(slug)
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
        facts = {"number": release.number, "stage": stage.value}
        note_down(session, plan.id, user_id, PUBLISHED, facts)
    return release


def _is_public_already(plan: Event, stage: Stage, previous: Programme) -> bool:
    """Tell whether the public would read nothing new.

    That is judged as of the release before: an event that has ended since says nothing new by
    no longer telling what was cancelled.
    """
    then = previous.release.published_at
    return same_content(previous, build(plan, stage=stage, note={}, at=then, previous=previous))
