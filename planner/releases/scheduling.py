"""Publishing at a certain hour: prepared and reviewed now, made public by ``planner tick``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select, update

from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import note_down
from planner.lib.clock import now
from planner.programme.document import Programme, Texts, decode, encode
from planner.programme.succession import succeed
from planner.programme.vocabulary import Stage
from planner.readiness.binding import NotReadyError, overriding
from planner.releases.builder import build, release_after
from planner.releases.gate import gated
from planner.releases.issuing import Ground, OtherwiseReviewedError, ground, issue
from planner.releases.models import Appointment, Release, ScheduledRelease
from planner.releases.operations import NothingToPublishError, is_public_already
from planner.releases.review import review

SCHEDULED = words.action("release.scheduled", N_("Release to be published %(time)s"))
UNSCHEDULED = words.action("release.unscheduled", N_("Release of %(time)s called off"))
MISSED = words.action("release.missed", N_("Release of %(time)s not published"))


class PastError(ValueError):
    """The hour has passed."""


class UnknownAppointmentError(LookupError):
    """No release waits for that hour (any more)."""


@dataclass(frozen=True)
class Outcome:
    """What became of a release whose hour had come."""

    slug: str
    publish_at: datetime
    #: None when it was missed; then ``missed`` says why.
    number: int | None
    missed: str | None = None


def schedule(
    slug: str,
    stage: Stage,
    publish_at: datetime,
    *,
    reviewed: str,
    user_id: int,
    note: Texts | None = None,
    is_latest: bool = False,
    reasons: Mapping[str, str] | None = None,
) -> ScheduledRelease:
    """Put a release off to ``publish_at`` (aware), in place of one that waits already.

    It publishes what was reviewed, or with ``is_latest`` whatever the plan says at that hour.
    The others are as in :func:`planner.releases.operations.publish`.

    :raises PastError: when that hour has passed.
    :raises UnknownEventError: when there is no such event.
    :raises OtherwiseReviewedError: when the plan, or what is public, changed since the review.
    :raises NotReadyError: when a requirement that binds is not met, and nobody said why.
    :raises NothingToPublishError: when the public would read nothing new.
    """
    if publish_at <= now():
        raise PastError(publish_at.isoformat())
    with write_tx() as database:
        on = ground(database, slug)
        if review(on.plan, on.previous).digest != reviewed:
            raise OtherwiseReviewedError(slug)
        is_empty = on.previous is not None and is_public_already(on.plan, stage, on.previous)
        if is_empty and not is_latest:
            raise NothingToPublishError(slug)
        told = overriding(on.plan, stage, reasons or {})
        programme = build(
            on.plan, stage=stage, note=note or {}, at=publish_at, previous=on.previous
        )
        database.execute(
            update(ScheduledRelease)
            .where(
                ScheduledRelease.event_id == on.plan.id,
                ScheduledRelease.state == Appointment.WAITING,
            )
            .values(state=Appointment.WITHDRAWN, content=None)
        )
        waiting = ScheduledRelease(
            event_id=on.plan.id,
            publish_at=publish_at,
            stage=stage,
            note=programme.release.note,
            is_latest=is_latest,
            content=None if is_latest else encode(programme),
            after_number=on.number,
            overridden=[{"requirement": key, "reason": why} for key, why in told.items()],
            user_id=user_id,
            created_at=now(),
        )
        database.add(waiting)
        note_down(database, on.plan.id, user_id, SCHEDULED, _facts(on.plan, publish_at))
    return waiting


def call_off(event_id: int, user_id: int, appointment_id: int) -> None:
    """Let a release that waits for its hour not be published.

    :raises UnknownAppointmentError: when it does not wait any more.
    """
    with write_tx() as database:
        waiting = database.scalar(
            select(ScheduledRelease)
            .where(ScheduledRelease.id == appointment_id, ScheduledRelease.event_id == event_id)
            .with_for_update()
        )
        if waiting is None or waiting.state is not Appointment.WAITING:
            raise UnknownAppointmentError(appointment_id)
        waiting.state, waiting.content = Appointment.WITHDRAWN, None
        facts = _facts(waiting.event, waiting.publish_at)
        note_down(database, event_id, user_id, UNSCHEDULED, facts)


def publish_due() -> list[Outcome]:
    """Publish every release whose hour has come, each in a transaction of its own.

    Any number of processes may do so at once; each release is published once.
    """
    due = db.session.scalars(
        select(ScheduledRelease.id)
        .where(ScheduledRelease.state == Appointment.WAITING, ScheduledRelease.publish_at <= now())
        .order_by(ScheduledRelease.publish_at, ScheduledRelease.id)
    ).all()
    db.session.rollback()
    found = (_keep(number) for number in due)
    return [outcome for outcome in found if outcome is not None]


def _keep(appointment_id: int) -> Outcome | None:
    """Publish one release, if nobody else did meanwhile."""
    with write_tx() as database:
        waiting = database.get(ScheduledRelease, appointment_id)
        if waiting is None:
            return None
        on = ground(database, waiting.event.slug)
        database.refresh(waiting, with_for_update=True)
        if waiting.state is not Appointment.WAITING:
            return None
        found = _programme(on, waiting)
        if not isinstance(found, Programme):
            waiting.state, waiting.missed = Appointment.MISSED, found
            waiting.content = None
            facts = _facts(on.plan, waiting.publish_at)
            note_down(database, on.plan.id, waiting.user_id, MISSED, facts)
            return Outcome(on.plan.slug, waiting.publish_at, None, str(found["why"]))
        reasons = {told["requirement"]: told["reason"] for told in waiting.overridden}
        release: Release = issue(on, found, user_id=waiting.user_id, reasons=reasons)
        waiting.state, waiting.release_number = Appointment.PUBLISHED, release.number
        waiting.content = None  # the release has it
        return Outcome(on.plan.slug, waiting.publish_at, release.number)


def _programme(on: Ground, waiting: ScheduledRelease) -> Programme | dict[str, object]:
    """Return what is to be published, or why it cannot be."""
    moment = on.moment(None)
    if waiting.is_latest:
        return _latest(on, waiting, moment)
    if on.number != waiting.after_number:
        # What was reviewed would take back what was published since.
        return {"why": "released", "number": on.number}
    try:
        content = decode(waiting.content or b"")
    except msgspec.DecodeError:  # another version of the program prepared it
        return {"why": "unreadable"}
    release = release_after(on.previous, waiting.stage, waiting.note, moment)
    return succeed(gated(content, on.plan), on.previous, release=release)


def _latest(
    on: Ground, waiting: ScheduledRelease, moment: datetime
) -> Programme | dict[str, object]:
    if on.previous is not None and is_public_already(on.plan, waiting.stage, on.previous):
        return {"why": "nothing"}
    reasons = {told["requirement"]: told["reason"] for told in waiting.overridden}
    try:
        overriding(on.plan, waiting.stage, reasons)
    except NotReadyError as error:
        return {"why": "unmet", "requirements": list(error.requirements)}
    return build(on.plan, stage=waiting.stage, note=waiting.note, at=moment, previous=on.previous)


def _facts(plan: Event, publish_at: datetime) -> dict[str, object]:
    there = publish_at.astimezone(ZoneInfo(plan.time_zone)).replace(tzinfo=None)
    return {"time": words.moment(there)}
