"""Reading plans for a release, and releases for the public."""

import threading
import time
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import selectinload

from planner.events.models import Event
from planner.extensions import db
from planner.programme.document import decode
from planner.programme.published import Published
from planner.releases.models import Release
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


class ReleaseSource:
    """Give the public the current programmes, asking the database at most once a second.

    Implements :class:`planner.programme.published.Source`. Documents are immutable, so they are
    kept by their digest; only which one is current is asked again.
    """

    def __init__(self, *, seconds: float = 1.0, kept: int = 24) -> None:
        self._seconds = seconds
        self._kept = kept
        self._lock = threading.Lock()
        self._pointers: dict[str, tuple[float, Published | None]] = {}
        self._documents: dict[str, Published] = {}

    def current(self, slug: str) -> Published | None:
        """Return the programme that an event publishes now, or None."""
        pointer = self._pointers.get(slug)
        if pointer is not None and time.monotonic() < pointer[0]:
            return pointer[1]
        return self._look_up(slug)

    def history(self, slug: str) -> Iterable[Published]:
        """Return every release of an event, the newest first."""
        digests = db.session.scalars(
            select(Release.digest)
            .join(Release.event)
            .where(Event.slug == slug)
            .order_by(Release.number.desc())
        )
        return [self._document(digest) for digest in digests]

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

    def forget(self) -> None:
        """Ask the database anew for what is current, as after a release in this process."""
        self._pointers.clear()

    def _look_up(self, slug: str) -> Published | None:
        with self._lock:
            newest = (
                select(func.max(Release.number))
                .join(Release.event)
                .where(Event.slug == slug)
                .scalar_subquery()
            )
            try:
                digest = db.session.scalar(
                    select(Release.digest)
                    .join(Release.event)
                    .where(Event.slug == slug, Release.number == newest)
                )
            except SQLAlchemyError:
                # The last good programme serves a subscriber better than an error page, which
                # makes calendar programs switch the calendar off.
                stale = self._pointers.get(slug)
                if stale is None or stale[1] is None:
                    raise
                db.session.rollback()
                published: Published | None = stale[1]
            else:
                published = self._document(digest) if digest else None
            if published is not None or len(self._pointers) < 1000:
                self._pointers[slug] = (time.monotonic() + self._seconds, published)
            return published

    def _document(self, digest: str) -> Published:
        published = self._documents.get(digest)
        if published is None:
            content = db.session.scalar(
                select(Release.document).where(Release.digest == digest).limit(1)
            )
            if content is None:
                raise LookupError(f"release {digest} is gone")
            published = Published(decode(content), digest)
            while len(self._documents) >= self._kept:
                del self._documents[next(iter(self._documents))]
            self._documents[digest] = published
        return published
