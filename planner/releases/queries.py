"""Reading plans for a release, and releases for the public."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload, selectinload, undefer

from planner.accounts.models import User
from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry
from planner.programme.document import Texts, decode
from planner.programme.published import Published
from planner.programme.vocabulary import Stage, Status
from planner.releases.models import Appointment, Origin, Release, ScheduledRelease
from planner.sessions.models import Session
from planner.speakers.models import Speaker


def whole_plan(slug: str) -> Event | None:
    """Return an event with everything that is in its plan, in eight statements."""
    return db.session.scalar(
        select(Event)
        .where(Event.slug == slug)
        .options(
            selectinload(Event.themes),
            selectinload(Event.rooms),
            selectinload(Event.speakers).selectinload(Speaker.texts),
            selectinload(Event.sessions).selectinload(Session.texts),
            selectinload(Event.sessions).selectinload(Session.people),
        )
    )


def last_release(event_id: int) -> Release | None:
    """Return the release that is public, or None."""
    return db.session.scalar(
        select(Release).where(Release.event_id == event_id).order_by(Release.number.desc()).limit(1)
    )


def release_numbered(event_id: int, number: int) -> Release | None:
    """Return a release of an event with its document, or None."""
    return db.session.scalar(
        select(Release)
        .where(Release.event_id == event_id, Release.number == number)
        .options(undefer(Release.document))
    )


@dataclass(frozen=True)
class Told:
    """A release as the desk lists it."""

    number: int
    stage: Stage
    published_at: datetime
    digest: str
    note: Texts
    #: How many sessions it has that take place, and how many that are cancelled.
    sessions: int
    cancelled: int
    #: Requirements that it did not meet, each ``{"requirement": key, "reason": text}``.
    overridden: Sequence[Mapping[str, str]]
    origin: Origin
    #: The number of the earlier release whose content it has.
    of_number: int | None
    #: The organizer who published it; none where a command of the machine did.
    by: str | None


class _Note(msgspec.Struct):
    note: Texts


class _Status(msgspec.Struct):
    status: Status


class _Summary(msgspec.Struct):
    """What is read of a document for the list of releases."""

    release: _Note
    sessions: list[_Status]


#: How many releases a page of the desk lists.
PAGE = 15


def releases_of(event_id: int, *, before: int | None = None) -> list[Told]:
    """Return a page of the releases of an event, the newest first, and one more if there is.

    ``before`` is the number from which to go on. Two statements.
    """
    wanted = select(Release).where(Release.event_id == event_id)
    if before is not None:
        wanted = wanted.where(Release.number < before)
    found = db.session.scalars(
        wanted.options(undefer(Release.document)).order_by(Release.number.desc()).limit(PAGE + 1)
    )
    names = _publishers(event_id)
    return [_told(release, names.get(release.number)) for release in found]


def told_release(event_id: int, number: int) -> Told | None:
    """Return one release of an event as the desk lists it, or None."""
    release = release_numbered(event_id, number)
    return _told(release, _publishers(event_id).get(number)) if release else None


def last_scheduled(event_id: int) -> ScheduledRelease | None:
    """Return the release that was put off last, unless it was published or called off since."""
    found = db.session.scalar(
        select(ScheduledRelease)
        .where(ScheduledRelease.event_id == event_id)
        .order_by(ScheduledRelease.id.desc())
        .limit(1)
        .options(joinedload(ScheduledRelease.user))
    )
    shown = {Appointment.WAITING, Appointment.MISSED}
    return found if found is not None and found.state in shown else None


def _publishers(event_id: int) -> dict[int, str]:
    """Return who published which release."""
    found = db.session.execute(
        select(Entry.facts, User.name)
        .join(Entry.user)
        .where(Entry.event_id == event_id, Entry.action == "release.published")
    )
    return {facts["number"]: name for facts, name in found}


def _told(release: Release, by: str | None) -> Told:
    summary = msgspec.json.decode(release.document, type=_Summary)
    cancelled = sum(session.status is Status.CANCELLED for session in summary.sessions)
    return Told(
        number=release.number,
        stage=release.stage,
        published_at=release.published_at,
        digest=release.digest,
        note=summary.release.note,
        sessions=len(summary.sessions) - cancelled,
        cancelled=cancelled,
        overridden=release.overridden,
        origin=release.origin,
        of_number=release.of_number,
        by=by,
    )


@dataclass(frozen=True)
class _Known:
    """What an event published when the database was last asked, and how long that is believed."""

    published: Published
    until: float


class ReleaseSource:
    """Give the public the current programmes, asking the database at most once a second.

    Implements :class:`planner.programme.published.Source`. The programmes of the ``kept`` events
    that were asked for last stay in memory; ``forget`` is called with the digest of each that does
    not.
    """

    def __init__(
        self,
        *,
        seconds: float = 1.0,
        kept: int = 64,
        forget: Callable[[str], None] = lambda _digest: None,
    ) -> None:
        self._seconds = seconds
        self._kept = kept
        self._forget = forget
        self._lock = threading.Lock()
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def current(self, slug: str) -> Published | None:
        """Return the programme that an event publishes now, or None."""
        known = self._known.get(slug)
        if known is not None and time.monotonic() < known.until:
            return known.published
        with self._lock:
            known = self._known.get(slug)
            if known is not None and time.monotonic() < known.until:
                return known.published  # another thread has asked while this one waited
            published = _current(slug, known.published if known else None)
            self._keep(slug, published)
            return published

    def history(self, slug: str) -> Iterable[Published]:
        """Return every release of an event, the newest first."""
        releases = db.session.execute(
            select(Release.document, Release.digest)
            .join(Release.event)
            .where(Event.slug == slug)
            .order_by(Release.number.desc())
        )
        return [Published(decode(content), digest) for content, digest in releases]

    def events(self) -> Iterable[Published]:
        """Return the current programme of every event that has one, the latest event first."""
        slugs = db.session.scalars(
            select(Event.slug)
            .where(Event.releases.any())
            .order_by(Event.first_day.desc(), Event.slug)
        ).all()
        found = (self.current(slug) for slug in slugs)
        return [published for published in found if published is not None]

    def answers(self) -> bool:
        """Tell whether the database answers."""
        try:
            db.session.execute(select(1))
        except SQLAlchemyError:
            return False
        return True

    def _keep(self, slug: str, published: Published | None) -> None:
        known = self._known.get(slug)
        if known is not None and (published is None or known.published.digest != published.digest):
            self._forget(self._known.pop(slug).published.digest)
        if published is None:
            return
        self._known[slug] = _Known(published, time.monotonic() + self._seconds)
        self._known.move_to_end(slug)
        if len(self._known) > self._kept:
            _, dropped = self._known.popitem(last=False)
            self._forget(dropped.published.digest)


def _current(slug: str, known: Published | None) -> Published | None:
    """Return what an event publishes, which is ``known`` when the database does not answer.

    The last good programme serves a subscriber better than an error page, which makes calendar
    programs switch the calendar off.
    """
    newest = (
        select(Release.id, Release.digest)
        .join(Release.event)
        .where(Event.slug == slug)
        .order_by(Release.number.desc())
        .limit(1)
    )
    try:
        found = db.session.execute(newest).first()
        if found is None:
            return None
        if known is not None and known.digest == found.digest:
            return known
        content = db.session.scalar(select(Release.document).where(Release.id == found.id))
    except SQLAlchemyError:
        if known is None:
            raise
        db.session.rollback()
        return known
    return Published(decode(content), found.digest) if content is not None else None
