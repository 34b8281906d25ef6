"""Publishing: the only way from the plan to what the public reads."""

from collections.abc import Mapping
from datetime import datetime

from planner.database import write_tx
from planner.events.models import Event
from planner.programme.document import Programme, Texts, decode
from planner.programme.succession import succeed
from planner.programme.vocabulary import Stage
from planner.readiness.binding import overriding
from planner.releases.builder import build, release_after, same_content
from planner.releases.gate import gated
from planner.releases.issuing import OtherwiseReviewedError, ground, issue
from planner.releases.models import Origin, Release
from planner.releases.queries import release_numbered
from planner.releases.review import review


class NothingToPublishError(Exception):
    """The plan says what is public already."""


class UnknownReleaseError(LookupError):
    """The event has no release of this number."""


def publish(
    slug: str,
    stage: Stage,
    *,
    note: Texts | None = None,
    at: datetime | None = None,
    user_id: int | None = None,
    reviewed: str | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Release:
    """Publish the plan of an event as its next release, in one transaction.

    ``note`` is a map from language to text. ``at`` is the moment of publication, now if it is
    left out; it becomes a second after the release before where it does not lie after that.
    ``user_id`` is None for commands of the machine. ``reviewed`` is the digest of a
    :class:`planner.releases.review.Review`; without one, whatever the plan says is published.
    ``reasons`` are why requirements that bind may stay unmet, by their keys.

    :raises UnknownEventError: when there is no such event.
    :raises OtherwiseReviewedError: when the plan, or what is public, changed since the review.
    :raises NothingToPublishError: when the public would read nothing new.
    :raises NotReadyError: when a requirement that binds is not met, and nobody said why.
    """
    with write_tx() as database:
        on = ground(database, slug)
        if reviewed is not None and review(on.plan, on.previous).digest != reviewed:
            raise OtherwiseReviewedError(slug)
        if on.previous is not None and is_public_already(on.plan, stage, on.previous):
            raise NothingToPublishError(slug)
        told = overriding(on.plan, stage, reasons or {})
        moment = on.moment(at)
        programme = build(on.plan, stage=stage, note=note or {}, at=moment, previous=on.previous)
        return issue(on, programme, user_id=user_id, reasons=told)


def is_public_already(plan: Event, stage: Stage, previous: Programme) -> bool:
    """Tell whether a release of the plan would tell the public nothing new.

    That is judged as of the release before: an event that has ended since says nothing new by
    no longer telling what was cancelled.
    """
    then = previous.release.published_at
    return same_content(previous, build(plan, stage=stage, note={}, at=then, previous=previous))


def take_back(
    slug: str,
    number: int,
    *,
    current: int,
    note: Texts | None = None,
    at: datetime | None = None,
    user_id: int | None = None,
) -> Release:
    """Publish the content of an earlier release once more, as a new one, so that calendars follow.

    People are named as far as the plan lets them be now. ``current`` is the number of the release
    that somebody saw as the public one.

    :raises UnknownEventError: when there is no such event.
    :raises UnknownReleaseError: when no earlier release has this number.
    :raises OtherwiseReviewedError: when another release became public since.
    :raises NothingToPublishError: when the public reads just that already.
    """
    with write_tx() as database:
        on = ground(database, slug, current=current)
        programme = taken_back(on.plan, on.previous, number, note=note or {}, at=on.moment(at))
        if on.previous is not None and same_content(on.previous, programme):
            raise NothingToPublishError(slug)
        return issue(on, programme, user_id=user_id, origin=Origin.TAKEN_BACK, of_number=number)


def taken_back(
    plan: Event, previous: Programme | None, number: int, *, note: Texts, at: datetime
) -> Programme:
    """Return the programme that makes an earlier release current again at ``at``.

    :raises UnknownReleaseError: when no earlier release has this number.
    """
    found = release_numbered(plan.id, number)
    if found is None or previous is None or number >= previous.release.number:
        raise UnknownReleaseError(number)
    earlier = decode(found.document)
    release = release_after(previous, earlier.release.stage, note, at)
    return succeed(gated(earlier, plan), previous, release=release)
