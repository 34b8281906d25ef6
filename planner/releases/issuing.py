"""Making a programme public: what every release does in the end, wherever its content came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import event, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import Event
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import note_down
from planner.letters.composing import compose
from planner.lib.clock import now
from planner.programme.document import Programme, decode, digest_of, encode
from planner.public import printing
from planner.releases.models import Origin, Release
from planner.releases.queries import last_release, whole_plan

PUBLISHED = words.action("release.published", N_("Release %(number)s published"))


class UnknownEventError(LookupError):
    """No event has this slug."""


class OtherwiseReviewedError(Exception):
    """The plan says something else by now than what was reviewed; nothing was published."""


@dataclass(frozen=True)
class Ground:
    """What a release stands on: the plan, locked, and the programme that is public until then."""

    database: DatabaseSession
    plan: Event
    previous: Programme | None

    @property
    def number(self) -> int:
        """The number of the release that is public, 0 for none."""
        return self.previous.release.number if self.previous else 0

    def moment(self, at: datetime | None) -> datetime:
        """Return when the next release is published: at ``at`` or now, but after the one before.

        Readers' programs ask what is newer than the second that they know.
        """
        moment = at or now()
        if self.previous is not None:
            moment = max(moment, self.previous.release.published_at + timedelta(seconds=1))
        return moment


def ground(database: DatabaseSession, slug: str, *, current: int | None = None) -> Ground:
    """Lock the plan of an event, within a transaction, and return what a release stands on.

    ``current`` is the number of the release that somebody took for the public one.

    :raises UnknownEventError: when there is no such event.
    :raises OtherwiseReviewedError: when another release is public than ``current``.
    """
    # Locked as for every change of the plan, so that two releases made at once get two numbers,
    # and none holds half of a change (on PostgreSQL; SQLite has one writer at a time anyway).
    database.execute(select(Event.id).where(Event.slug == slug).with_for_update())
    plan = whole_plan(slug)
    if plan is None:
        raise UnknownEventError(slug)
    last = last_release(plan.id)
    found = Ground(database, plan, decode(last.document) if last else None)
    if current is not None and found.number != current:
        raise OtherwiseReviewedError(slug)
    return found


def issue(
    on: Ground,
    programme: Programme,
    *,
    user_id: int | None,
    origin: Origin = Origin.PLAN,
    of_number: int | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Release:
    """Make a programme the public one, write down that it is, and the letters that say so.

    ``of_number`` is the release whose content it has. ``reasons`` are why requirements that bind
    were not met, by their keys.
    """
    content = encode(programme)
    release = Release(
        event_id=on.plan.id,
        number=programme.release.number,
        stage=programme.release.stage,
        published_at=programme.release.published_at,
        digest=digest_of(content),
        origin=origin,
        of_number=of_number,
        overridden=[{"requirement": key, "reason": why} for key, why in (reasons or {}).items()],
        document=content,
    )
    on.database.add(release)
    facts = {"number": release.number, "stage": release.stage.value, "origin": origin.value}
    note_down(on.database, on.plan.id, user_id, PUBLISHED, facts)
    on.database.flush()
    compose(on.database, on.plan, programme, release.id, user_id=user_id)
    event.listen(on.database, "after_commit", lambda _: printing.start(), once=True)
    return release
